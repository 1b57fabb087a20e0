"""Messages for a moment: how long each is shown, and on which page."""

from __future__ import annotations

from typing import Final

from textual.app import App
from textual.notifications import SeverityLevel

from ionapi_tui.ui.messages import Notice
from ionapi_tui.ui.widgets.frame import NoticeBar

SECONDS: Final = 6.0
"""For which a message is shown that needs no answer."""

_MOST = 3
"""The most messages at a time; the newest count."""


class Notices:
    """The messages of the moment.

    Information goes after some seconds. Warnings and errors stay until a key is pressed. A page that somebody leaves
    takes its messages with it, except for those that came with the key that leads on.
    """

    def __init__(self, app: App[None], seconds: float = SECONDS) -> None:
        """Begin without any.

        Args:
            app: it shows them on the screen in front.
            seconds: for which information is shown.
        """
        self._app, self._seconds = app, seconds
        self.keys = 0
        """How often somebody has done something."""
        self.shown: tuple[Notice, ...] = ()

    def notice(self, text: str, severity: SeverityLevel, *, lasts: bool = False) -> Notice:
        """Return a message of this moment; one that ``lasts`` is shown until it is cleared."""
        return Notice(text, severity, self.keys, lasts)

    def add(self, notice: Notice) -> None:
        """Show a message below the others; it replaces one that says the same."""
        others = [one for one in self.shown if one.text != notice.text]
        self._show((*others, notice)[-_MOST:])
        if not (notice.stays or notice.lasts):
            self._app.set_timer(
                self._seconds, lambda: self._show(tuple(one for one in self.shown if one is not notice))
            )

    def pressed(self) -> None:
        """Drop what stays until a key is pressed: one is."""
        self._show(tuple(one for one in self.shown if not one.stays))

    def turn(self) -> None:
        """Show on the screen that is in front now what came with the key that led there, and nothing else."""
        self.shown = tuple(one for one in self.shown if one.keys == self.keys)
        self._paint()

    def clear(self) -> None:
        """Drop them all."""
        self._show(())

    def paint(self, bar: NoticeBar) -> None:
        """Show them in ``bar`` if its screen is in front."""
        bar.notices = self.shown if bar.screen is self._app.screen else ()

    def _show(self, notices: tuple[Notice, ...]) -> None:
        if notices != self.shown:
            self.shown = notices
            self._paint()

    def _paint(self) -> None:
        # What a dialog lies above shows nothing: the same words twice would be two messages.
        for screen in self._app.screen_stack:
            for bar in screen.query(NoticeBar):
                self.paint(bar)
