"""Choosing the language and the colours, which are remembered for the next start."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.app import SystemCommand

from ionapi_tui.base import language
from ionapi_tui.base.language import _
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.styling import THEMES, TITLES
from ionapi_tui.ui.tasks import reported
from ionapi_tui.usecases.appearance import remember

if TYPE_CHECKING:
    from ionapi_tui.ui.controllers.navigation import Navigation

_OWN_NAMES: Final = {"en": "English", "de": "Deutsch"}
"""What languages call themselves; another one is shown by its code."""


class AppearanceController(Controller):
    """The language in use and the colour scheme."""

    def __init__(self, context: Context, navigation: Navigation) -> None:
        super().__init__(context)
        self._navigation = navigation

    def begin(self) -> None:
        """Use the colours that were chosen in an earlier run."""
        chosen = self.context.services.appearance.load().theme
        self.context.app.theme = next((one.name for one in THEMES if one.name == chosen), THEMES[0].name)

    def next_theme(self) -> None:
        """Change to the next colour scheme."""
        names = [theme.name for theme in THEMES]
        current = self.context.app.theme
        self.use_theme(names[(names.index(current) + 1) % len(names)] if current in names else names[0])

    @reported
    def use_theme(self, name: str) -> None:
        """Change to a colour scheme, and remember it."""
        self.context.app.theme = name
        remember(self.context.services, theme=name)

    def next_language(self) -> None:
        """Go on in the next language there is."""
        languages = language.known()
        self.use_language(languages[(languages.index(language.current()) + 1) % len(languages)])

    @reported
    def use_language(self, code: str) -> None:
        """Go on in a language, and remember it."""
        if self._show_in(code):
            remember(self.context.services, language=code)

    @reported
    def reset(self) -> None:
        """Use the language of the environment and the usual colours again."""
        if self._show_in(language.wanted()):
            self.context.app.theme = THEMES[0].name
            remember(self.context.services, language="", theme="")

    def commands(self) -> Iterable[SystemCommand]:
        """Yield what the palette offers: everything that can be set, by words that people look for."""
        for theme in THEMES:
            yield SystemCommand(
                _("Settings: colours (theme) {name}").format(name=_(TITLES[theme.name])),
                _("Remembered for the next start"),
                partial(self.use_theme, theme.name),
            )
        for code in language.known():
            yield SystemCommand(
                _("Settings: language {name}").format(name=_OWN_NAMES.get(code, code)),
                _("Remembered for the next start"),
                partial(self.use_language, code),
            )
        yield SystemCommand(
            _("Settings: reset language and colours (theme)"),
            _("The language of the environment and the dark colours"),
            self.reset,
        )

    def _show_in(self, code: str) -> bool:
        """Show the page in front in a language; return False, and say why, where that cannot be done."""
        if code == language.current():
            return True
        # What stands above the pages was asked in the old language, and may hold what was typed.
        current = self._highlighted()
        if self._navigation.set_language(code):
            # The list of the other language begins at its first line.
            self.context.update(restored=current)
            self.context.app.post_message(messages.LanguageChanged())
            return True
        self.notify(_("Press Esc first; then the language can be changed."))
        return False

    def _highlighted(self) -> str:
        """Return what the list of profiles highlights, as ``AppState.restored`` has it; empty on another page."""
        # Imported late: the first page may have no list.
        from ionapi_tui.ui.widgets.profile_table import ProfileTable

        for table in self.context.app.screen.query(ProfileTable):
            if table.current is not None:
                return table.current.id
            if table.current_planned is not None:
                return table.current_planned.planned.tenant
        return ""
