"""Pictures inside the terminal, where it has a graphics protocol.

Checked with textual-image 0.12.0 and 0.14.2, of whose private names it uses ``_terminal``. It does not concern Textual.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final, TextIO

_GRAPHICS: Final = ("kitty", "ghostty", "wezterm", "foot", "mlterm", "contour", "konsole", "iterm")

_PLACEHOLDERS: Final = (0, 28)
"""The version of Kitty from which on it draws pictures in place of characters."""


_CURSOR: Final = re.compile(rb"\x1b\[\d+;\d+R")
"""The answer to the question for the position of the cursor."""
_SILENCE: Final = 0.3
"""Seconds."""


def has_graphics(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal says of itself that it can draw pictures.

    Only then is it asked which protocol it speaks: asking takes time and confuses terminals that speak none. Over a
    network an answer may come so late that it would be taken for keys.
    """
    if any(environ.get(name) for name in ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY")):
        return False
    names = (environ.get(name, "").lower() for name in ("TERM", "TERM_PROGRAM", "LC_TERMINAL"))
    known = any(word in name for name in names for word in _GRAPHICS)
    return known or any(
        name in environ for name in ("KITTY_WINDOW_ID", "WEZTERM_PANE", "KONSOLE_VERSION", "WT_SESSION")
    )


def prepare() -> None:
    """Ask the terminal for its graphics protocol; it has to be done before the app takes the terminal over."""
    if not has_graphics(os.environ):
        return
    with suppress(ImportError):
        # Importing it asks.
        from textual_image import renderable

        if renderable.Image is renderable.TGPImage and _kitty() < _PLACEHOLDERS:
            # It would draw a box for each placeholder.
            renderable.Image = renderable.HalfcellImage
        discard_answers()


def discard_answers() -> None:
    """Read everything that the terminal has still to say, so that nothing of it is taken for keys.

    A terminal answers in the order in which it is asked. Once it has said where the cursor is, which nobody else asks,
    no earlier answer can follow. One that does not say so is waited for until it has been silent for a while.
    """
    if sys.__stdin__ is None or sys.__stdout__ is None or not (sys.__stdin__.isatty() and sys.__stdout__.isatty()):
        return
    sys.__stdout__.write("\x1b[6n")
    sys.__stdout__.flush()
    with _unbuffered(sys.__stdin__):
        said = b""
        while not _CURSOR.search(said) and (more := _next(sys.__stdin__)):
            said += more


if sys.platform == "win32":

    @contextmanager
    def _unbuffered(_stream: TextIO) -> Iterator[None]:
        yield

    def _next(_stream: TextIO) -> bytes:
        """Return a character that was typed or answered; nothing after a while without one."""
        import msvcrt
        import time

        end = time.monotonic() + _SILENCE
        while time.monotonic() < end:
            if msvcrt.kbhit():
                return msvcrt.getch()
            time.sleep(0.01)
        return b""

else:

    @contextmanager
    def _unbuffered(stream: TextIO) -> Iterator[None]:
        """Give characters out at once, unseen, within the ``with`` block."""
        import termios
        import tty

        before = termios.tcgetattr(stream)
        try:
            tty.setcbreak(stream)
            yield
        finally:
            termios.tcsetattr(stream, termios.TCSANOW, before)

    def _next(stream: TextIO) -> bytes:
        """Return what was typed or answered; nothing after a while without anything."""
        ready = select.select([stream], [], [], _SILENCE)[0]
        return os.read(stream.fileno(), 1024) if ready else b""


def _kitty() -> tuple[int, ...]:
    """Return the version of Kitty that this terminal says it is; a high one when it is none, or does not say."""
    from textual_image._terminal import TerminalError, capture_terminal_response

    with suppress(TerminalError, TimeoutError), capture_terminal_response("\x1bP>|", "\x1b\\", 0.1) as response:
        # The writer of the escape sequence for the name and version of a terminal.
        sys.__stdout__.write("\x1b[>q")  # type: ignore[union-attr]
        sys.__stdout__.flush()  # type: ignore[union-attr]
    found = re.search(r"kitty\((\d+)\.(\d+)", response.sequence)
    return tuple(map(int, found.groups())) if found else (999,)


def draws_pictures() -> bool:
    """Return whether pictures can be drawn as pictures here.

    Raises:
        ImportError: the package that draws them is not installed.
    """
    from textual_image import renderable

    return renderable.Image in (renderable.SixelImage, renderable.TGPImage)
