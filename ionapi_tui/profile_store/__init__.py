"""The list of profiles without their secrets, and all changes to it.

The folder is not called ``profiles`` because of the function with that name: ``ionapi_tui.profiles()``.
"""
