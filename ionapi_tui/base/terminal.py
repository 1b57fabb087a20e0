"""What kind of terminal the user has, and reading from it without showing what is typed."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TextIO

INTERRUPT_POLL_SECONDS: Final = 0.1
"""Seconds between two looks for a Ctrl-C that came right before a wait began, and did not end it."""


def wants_lines(environ: Mapping[str, str], stdin: TextIO, stdout: TextIO) -> bool:
    """Return whether to print lines instead of drawing screens.

    True for a pipe, for a terminal that cannot draw (``TERM=dumb``), and when ``ACCESSIBLE`` is set to anything but
    ``0``, as users of screen readers set it for many programs.
    """
    if environ.get("ACCESSIBLE", "0") not in ("", "0"):
        return True
    return environ.get("TERM") == "dumb" or not (stdin.isatty() and stdout.isatty())


@contextmanager
def unechoed(stream: TextIO) -> Iterator[None]:
    """Turn off the echo of the terminal behind ``stream`` within the ``with`` block."""
    try:
        import termios
    except ImportError:
        # Windows has no such switch for a stream.
        yield
        return
    if not stream.isatty():
        yield
        return
    before = termios.tcgetattr(stream)
    silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    try:
        termios.tcsetattr(stream, termios.TCSADRAIN, silent)
        yield
    finally:
        termios.tcsetattr(stream, termios.TCSADRAIN, before)


def typed(stream: TextIO, size: int) -> bytes:
    """Return the next line typed at the terminal behind ``stream``; empty at the end of the input.

    A plain read would miss a Ctrl-C that comes after Python has looked for one and before the system call waits; the
    program would wait until another key is pressed.

    Args:
        stream: standard input; nothing else may read from it.
        size: the most bytes to return at once.
    """
    if sys.platform == "win32":
        # Its consoles cannot be selected; Ctrl-C ends their read.
        return stream.buffer.readline(size)
    while not select.select([stream], [], [], INTERRUPT_POLL_SECONDS)[0]:
        pass
    return os.read(stream.fileno(), size)
