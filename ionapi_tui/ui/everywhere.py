"""Keys that work on every page: what there is to press, help, and the looks."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from ionapi_tui.base.language import N_, _
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.theme import THEMES


class Everywhere(App[None]):
    """The part of the app that explains itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "keys", N_("Keys"), key_display="?"),
        Binding("f1", "help", N_("Help"), show=False),
        Binding("ctrl+t", "change_theme", N_("Light, dark, high contrast"), show=False),
    ]

    def action_keys(self) -> None:
        """Show every key that works here."""
        from ionapi_tui.ui.dialogs.reading import Reading, all_keys

        if not isinstance(self.screen, Reading):
            self.push_screen(Reading(_("Keys"), all_keys(self.screen)))

    def action_help(self) -> None:
        """Show the help of this page."""
        from ionapi_tui.ui.dialogs.reading import Reading

        if isinstance(self.screen, Page):
            self.push_screen(Reading(_("Help"), _(self.screen.HELP_TEXT)))

    def action_change_theme(self) -> None:
        """Change to the next colour scheme."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def get_key_display(self, binding: Binding) -> str:
        """Return what a key is called; Textual knows the names in English."""
        shown = super().get_key_display(binding)
        return _("space") if shown == "space" else shown
