"""The question for another name."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.profile import check_name
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.line import Line


class RenameDialog(Dialog[str]):
    """Which name a profile shall have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the key of the line that is typed in, which has no name in the footer.
        Binding("enter", "rename", N_("Rename"), priority=True),
        Binding("escape", "close", N_("Keep the name")),
    ]

    def __init__(self, name: str, taken: Container[str], *, stored: bool = True) -> None:
        """Ask for a name.

        Args:
            name: what it is called now.
            taken: the names that others have.
            stored: whether the profile is stored, so that something may use its name.
        """
        super().__init__(_("Rename {name}").format(name=name))
        self._is_stored = stored
        self._old = name
        self._taken = taken

    def content(self) -> ComposeResult:
        """Compose the line for the name above what is wrong with it."""
        yield Line(self._old, id="name", compact=True, select_on_focus=True)
        yield Static("", id="wrong", markup=False)
        if self._is_stored:
            words = _("Scripts and commands that use the profile need the new name from then on.")
            yield Static(words, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Start where the name is typed."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def judge(self) -> None:
        """Say what is wrong with the name as it is typed."""
        self.query_one("#wrong", Static).update(self._wrong())

    def action_rename(self) -> None:
        """Answer with the name, when it can be one."""
        if not self._wrong():
            self.dismiss(self._typed)

    @property
    def _typed(self) -> str:
        return self.query_one(Input).value.strip()

    def _wrong(self) -> str:
        try:
            check_name(self._typed)
        except UsageError as error:
            return str(error)
        if self._typed != self._old and self._typed in self._taken:
            return _("There is already a profile {name}.").format(name=self._typed)
        return ""
