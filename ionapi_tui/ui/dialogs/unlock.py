"""The question for a vault's passphrase."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.ui.dialogs.dialog import Dialog


class UnlockDialog(Dialog[Secret]):
    """The passphrase; None when somebody would rather not."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unlock", N_("Unlock")),
        Binding("escape", "close", N_("Leave it locked")),
    ]

    def __init__(self, store: str, complaint: str = "") -> None:
        """Ask.

        Args:
            store: the vault, for people.
            complaint: why the answer before did not do.
        """
        super().__init__(_("Passphrase of {store}").format(store=store))
        self._complaint = complaint

    def content(self) -> ComposeResult:
        """Compose the line for the passphrase."""
        if self._complaint:
            yield Static(self._complaint, classes="complaint", markup=False)
        yield Static(_("It is asked once; the vault stays open until you leave the app."), markup=False)
        yield Input(password=True, id="passphrase")

    @on(Input.Submitted)
    def action_unlock(self) -> None:
        """Answer with what was typed."""
        line = self.query_one(Input)
        typed, line.value = Secret(line.value), ""
        self.dismiss(typed)
