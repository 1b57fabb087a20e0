"""The question before profiles are removed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.dialogs.dialog import Dialog

_MOST_NAMES = 12
"""More names than that are counted."""


class ConfirmRemove(Dialog[bool]):
    """Whether to remove profiles and their secrets; for production the name has to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "remove", N_("Remove")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, *profiles: Profile) -> None:
        """Ask about ``profiles``; one that is production is asked about alone."""
        names = [profile.name for profile in profiles]
        title = _("Remove {name}?").format(name=names[0])
        if len(profiles) > 1:
            title = n_("Remove {n} profile?", "Remove {n} profiles?", len(profiles))
        super().__init__(title)
        self._names = names
        self._typing = len(profiles) == 1 and profiles[0].is_production

    def content(self) -> ComposeResult:
        """Say what goes and what stays."""
        names = ", ".join(self._names[:_MOST_NAMES]) + (" …" if len(self._names) > _MOST_NAMES else "")
        yield Static(
            _(
                "The secrets of {name} are deleted from the password store of this machine.\n\n"
                "The authorized app and its service account go on existing in Infor, and so does every copy of the"
                " file. To switch them off: OS > Security > Manage > Service Accounts, and API Gateway > Authorized"
                " Apps."
            ).format(name=names),
            markup=False,
        )
        if self._typing:
            yield Static(_("This is production. Type {name} to remove it:").format(name=names), markup=False)
            yield Input(id="typed")

    def on_mount(self) -> None:
        """Start where the name is typed."""
        if self._typing:
            self.query_one("#typed").focus()

    @on(Input.Submitted)
    def action_remove(self) -> None:
        """Answer yes, when the name is right."""
        if self._typing and self.query_one("#typed", Input).value.strip() != self._names[0]:
            self.notify(_("That is not the name. Nothing was removed."), severity="warning", markup=False)
            return
        self.dismiss(True)
