"""A simulated Infor on this machine, for practice runs and for tests.

A program of its own inside the package: it shares no code with the part that reads ``.ionapi`` files and talks to
Infor, so that the two cannot share a mistake. It listens on the loopback address only. Where Infor publishes nothing
about a behaviour, the code here says "inferred" or "unknown" beside it.
"""
