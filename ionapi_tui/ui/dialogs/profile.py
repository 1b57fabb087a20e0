"""What is known of one profile."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ionapi_tui.language import N_, _
from ionapi_tui.profile import Profile
from ionapi_tui.text import safe
from ionapi_tui.ui import prose
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.messages import Copy, Remove, Verify
from ionapi_tui.ui.state import StoreStatus
from ionapi_tui.ui.widgets.profile_table import checked_words


class ProfileDialog(Dialog[None]):
    """The facts of a profile; none of them is secret."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "verify", N_("Verify")),
        Binding("c", "copy", N_("Copy client ID")),
        Binding("x,delete", "remove", N_("Remove"), key_display="x"),
    ]

    def __init__(self, profile: Profile, store: StoreStatus) -> None:
        super().__init__(profile.name)
        self._profile = profile
        self._where = store.label if store.key == profile.store else safe(profile.store)

    def content(self) -> ComposeResult:
        """Compose the facts."""
        for label, value in self._facts():
            yield Horizontal(
                Static(label, classes="label", markup=False),
                Static(value, classes="value", markup=False),
                classes="fact",
            )

    def _facts(self) -> list[tuple[str, Content | str]]:
        profile = self._profile
        return [
            (
                _("Tenant"),
                Content.assemble(safe(profile.tenant), "  ", prose.badge(profile)),
            ),
            (_("Authorized app"), safe(profile.app)),
            (_("Client ID"), safe(profile.client_id)),
            (_("Gateway"), safe(profile.gateway)),
            (_("Secrets in"), self._where),
            (_("Stored"), f"{datetime.fromisoformat(profile.created).astimezone():%Y-%m-%d %H:%M}"),
            (_("Checked"), checked_words(profile)),
        ]

    def action_verify(self) -> None:
        """Prove that it works."""
        self.dismiss(None)
        self.post_message(Verify(self._profile))

    def action_copy(self) -> None:
        """Copy the client id."""
        self.post_message(Copy(self._profile.client_id))

    def action_remove(self) -> None:
        """Ask to remove the profile."""
        self.dismiss(None)
        self.post_message(Remove(self._profile))
