"""What is remembered of stored credentials that is not secret, and every change of it.

The folder is not called ``profiles``, because that is the name of a function of the library: ``ionapi_tui.profiles()``.
"""
