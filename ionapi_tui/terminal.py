"""What there is in front of the user, and keeping it from showing what is pasted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO


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
    termios.tcsetattr(stream, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(stream, termios.TCSADRAIN, before)
