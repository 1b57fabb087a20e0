"""Textual's command palette, which says in the language in use that nothing was found.

Checked with Textual 8.2.8, of which it overrides ``CommandPalette._start_no_matches_countdown``. A version without that
method says it in English.
"""

from __future__ import annotations

from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.widgets.option_list import Option

from ionapi_tui.base.language import _


class Palette(CommandPalette):
    """What Ctrl+P opens."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """After a moment, say that a search found nothing."""

        def say() -> None:
            if search_value:
                nothing = Option(Content(_("Nothing was found.")), id=self._NO_MATCHES, disabled=True)
                self.query_one(CommandList).add_option(nothing)
            self._list_visible = bool(search_value)

        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)
