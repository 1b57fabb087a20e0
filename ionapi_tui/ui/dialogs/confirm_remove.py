"""The question before a profile is removed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.language import N_, _
from ionapi_tui.profile import Profile
from ionapi_tui.ui.dialogs.dialog import Dialog


class ConfirmRemove(Dialog[bool]):
    """Whether to remove a profile and its secrets; for production its name has to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "remove", N_("Remove")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, profile: Profile) -> None:
        super().__init__(_("Remove {name}?").format(name=profile.name))
        self._profile = profile

    def content(self) -> ComposeResult:
        """Say what goes and what stays."""
        yield Static(
            _(
                "The secrets of {name} are deleted from the password store of this machine.\n\n"
                "The authorized app and its service account go on existing in Infor, and so does every copy of the"
                " file. To switch them off: OS > Security > Manage > Service Accounts, and API Gateway > Authorized"
                " Apps."
            ).format(name=self._profile.name),
            markup=False,
        )
        if self._typing:
            yield Static(
                _("This is production. Type {name} to remove it:").format(name=self._profile.name), markup=False
            )
            yield Input(id="typed")

    def on_mount(self) -> None:
        """Start where the name is typed."""
        if self._typing:
            self.query_one("#typed").focus()

    @on(Input.Submitted)
    def action_remove(self) -> None:
        """Answer yes, when the name is right."""
        if self._typing and self.query_one("#typed", Input).value.strip() != self._profile.name:
            self.notify(_("That is not the name. Nothing was removed."), severity="warning", markup=False)
            return
        self.dismiss(True)

    @property
    def _typing(self) -> bool:
        return self._profile.environment == "PRD"
