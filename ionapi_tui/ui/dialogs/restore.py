"""The question before profiles are listed again as their secrets were stored."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.profile_store.binding import Difference
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.usecases.restoring import lines_of


class ConfirmRestore(Dialog[bool]):
    """Whether to restore what was stored; if that is a production profile, its name has to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the key of the line that is typed in, which has no name in the footer.
        Binding("enter", "restore", N_("Restore"), priority=True),
        Binding("escape", "close", N_("Close")),
    ]

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        count = len(differences)
        super().__init__(n_("Restore {n} profile?", "Restore {n} profiles?", count))
        self._differences = differences
        production = (one for one in differences if one.stored.is_production)
        self._typed = next((one.stored.name for one in production), "")

    def content(self) -> ComposeResult:
        """Show the stored values and those that were found."""
        for one in self._differences:
            lines = [safe(one.listed.name, 60), *(f"  {line}" for line in lines_of(one))]
            yield Static("\n".join(lines), classes="address", markup=False)
        yield Static(
            _(
                "These values were changed outside ionapi-tui. Nothing is sent while they differ. Restoring lists them "
                "again as they were stored with the secrets. If the new values are correct, close this and import the "
                "new file."
            ),
            markup=False,
        )
        if self._typed:
            question = _("This is production. Type {name} to restore it:").format(name=self._typed)
            yield Static(question, markup=False)
            yield Line(id="typed")

    def on_mount(self) -> None:
        """Start where the name is typed."""
        if self._typed:
            self.query_one("#typed").focus()

    def action_restore(self) -> None:
        """Confirm, if the name was typed correctly."""
        if self._typed and self.query_one("#typed", Input).value.strip() != self._typed:
            self.notify(_("That is not the name. Nothing was restored."), severity="warning", markup=False)
            return
        self.dismiss(True)
