"""What there is in front of the user, and keeping it from showing what is pasted."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TextIO

HEARING: Final = 0.1
"""Seconds after which a Ctrl-C is heard that came in the instant before waiting began."""


def wants_lines(environ: Mapping[str, str], stdin: TextIO, stdout: TextIO) -> bool:
    """Return whether to speak line by line instead of drawing.

    So for a pipe, for a terminal that cannot draw (``TERM=dumb``), and where ``ACCESSIBLE`` is set, to anything but
    ``0``, as users of screen readers do for many programs.
    """
    if environ.get("ACCESSIBLE", "0") not in ("", "0"):
        return True
    return environ.get("TERM") == "dumb" or not (stdin.isatty() and stdout.isatty())


@contextmanager
def unechoed(stream: TextIO) -> Iterator[None]:
    """Keep the terminal behind ``stream`` from showing what is typed or pasted, for as long as it is read."""
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
    """Wait for what is typed at the terminal behind ``stream``, and return it: a line, or nothing at its end.

    Reading alone would lose a Ctrl-C that comes after Python has looked for one and before the system call waits; the
    program would go on waiting until somebody presses another key.

    Args:
        stream: standard input; nothing else may read from it.
        size: the most bytes to return at once.
    """
    if sys.platform == "win32":
        # Its consoles cannot be selected; Ctrl-C ends their read.
        return stream.buffer.readline(size)
    while not select.select([stream], [], [], HEARING)[0]:
        pass
    return os.read(stream.fileno(), size)
