"""Showing a step's screenshots: in the browser or viewer, inside the terminal, or as an address."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import Topic

if TYPE_CHECKING:
    from textual.app import App

_GRAPHICS = ("kitty", "ghostty", "wezterm", "foot", "mlterm", "contour", "konsole", "iterm")


_PLACEHOLDERS = (0, 28)
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

    with suppress(TerminalError, TimeoutError), capture_terminal_response("\x1bP>|", "\x1b\\", 0.1) as answer:
        # The writer of the escape sequence for the name and version of a terminal.
        sys.__stdout__.write("\x1b[>q")  # type: ignore[union-attr]
        sys.__stdout__.flush()  # type: ignore[union-attr]
    found = re.search(r"kitty\((\d+)\.(\d+)", answer.sequence)
    return tuple(map(int, found.groups())) if found else (999,)


def show(app: App[None], step: Topic, documentation: str, open_address: Callable[[str], bool], *, inline: bool) -> None:
    """Show the screenshots of ``step``."""
    if inline:
        _show_inline(app, step)
        return
    opened = [open_address(picture.path.as_uri()) for picture in step.pictures]
    if all(opened):
        count = len(opened)
        said = n_(
            "{n} screenshot is opening outside the terminal.",
            "{n} screenshots are opening outside the terminal.",
            count,
        )
        app.notify(said, markup=False)
        return
    from ionapi_tui.ui.dialogs.address import AddressDialog

    app.push_screen(AddressDialog(tuple(str(picture.path) for picture in step.pictures), documentation))


def _show_inline(app: App[None], step: Topic) -> None:
    cannot = _("This terminal cannot show pictures. The sketch stays; o opens the screenshot outside.")
    if not has_graphics(os.environ):
        app.notify(cannot, markup=False)
        return
    try:
        from textual_image import renderable
    except ImportError:
        app.notify(_("Pictures need one more package: pip install 'ionapi-tui[images]'."), markup=False)
        return
    if renderable.Image not in (renderable.SixelImage, renderable.TGPImage):
        app.notify(cannot, markup=False)
        return
    from ionapi_tui.ui.dialogs.picture import PictureDialog

    app.push_screen(PictureDialog(step))
