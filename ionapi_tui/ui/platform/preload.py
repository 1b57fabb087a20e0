"""Pages that open at once: made while the one before them is read, drawn when they are whole."""

from __future__ import annotations

import gc
from typing import Final

from textual import events
from textual.app import App

from ionapi_tui.ui.page import Page

_READING: Final = 0.25
"""Seconds after which a page is there, and somebody reads it."""


class Ahead(App[None]):
    """The part of the app that spares people waiting for a page."""

    async def read_on(self) -> None:
        """Make the page ready that is likely to come next."""
        raise NotImplementedError

    async def make_ready(self, page: Page) -> None:
        """Mount ``page``, which is not shown yet, and let it know the size of the terminal."""
        _screen, mounted = self._get_screen(page)
        await mounted
        page.post_message(events.Resize(self.size, self.size))
        # Pages are kept until the end. Looking through them for garbage again and again takes longer than drawing one.
        gc.freeze()

    def bring(self, page: Page) -> None:
        """Put ``page`` above the first one, and draw it when it is laid out instead of after each of its parts."""
        self._begin_batch()
        if len(self.screen_stack) > 1:
            self.switch_screen(page)
        else:
            self.push_screen(page)
        if not self.screen.call_later(self._end_batch):
            self._end_batch()
        # Among the app's messages, so that the app does not end in the middle of it.
        self.set_timer(_READING, lambda: self.call_later(self.read_on))
