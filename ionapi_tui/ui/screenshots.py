"""Showing a step's screenshots: in the browser or viewer, inside the terminal, or as an address."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ionapi_tui.guide import Topic
from ionapi_tui.language import _, n_

if TYPE_CHECKING:
    from textual.app import App

_GRAPHICS = ("kitty", "ghostty", "wezterm", "foot", "mlterm", "contour", "konsole", "iterm")


def has_graphics(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal says of itself that it can draw pictures.

    Only then is it asked which protocol it speaks: asking takes time and confuses terminals that speak none.
    """
    if environ.get("TMUX") or environ.get("STY"):
        return False
    names = (environ.get(name, "").lower() for name in ("TERM", "TERM_PROGRAM", "LC_TERMINAL"))
    known = any(word in name for name in names for word in _GRAPHICS)
    return known or any(
        name in environ for name in ("KITTY_WINDOW_ID", "WEZTERM_PANE", "KONSOLE_VERSION", "WT_SESSION")
    )


def prepare() -> None:
    """Ask the terminal for its graphics protocol; it has to be done before the app takes the terminal over."""
    if has_graphics(os.environ):
        from contextlib import suppress

        with suppress(ImportError):
            import textual_image.renderable  # noqa: F401 - importing it asks


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
    if not has_graphics(os.environ):
        app.notify(
            _("This terminal cannot show pictures. The sketch stays; o opens the screenshot outside."), markup=False
        )
        return
    try:
        from ionapi_tui.ui.dialogs.picture import PictureDialog
    except ImportError:
        app.notify(_("Pictures need one more package: pip install 'ionapi-tui[images]'."), markup=False)
        return
    app.push_screen(PictureDialog(step))
