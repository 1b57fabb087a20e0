"""Pictures inside the terminal, where it has a graphics protocol.

Checked with textual-image 0.12.0, of whose private names it uses ``_terminal``; with Textual it has nothing to do.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

_GRAPHICS: Final = ("kitty", "ghostty", "wezterm", "foot", "mlterm", "contour", "konsole", "iterm")

_PLACEHOLDERS: Final = (0, 28)
"""The version of Kitty from which on it draws pictures in place of characters."""


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
