"""The question before anything is sent to a host that is not Infor's."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.dialogs.dialog import Dialog


class ConfirmHosts(Dialog[bool]):
    """Whether the hosts of a profile may have its secrets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "trust", N_("Yes, send them there")),
        Binding("escape", "close", N_("No")),
    ]

    def __init__(self, profile: Profile, hosts: tuple[str, ...]) -> None:
        super().__init__(_("Send the secrets of {name} to this host?").format(name=profile.name))
        self._hosts = hosts

    def content(self) -> ComposeResult:
        """Name the hosts, and say when yes is right."""
        for host in self._hosts:
            yield Static(safe(host), classes="address", markup=False)
        yield Static(
            _(
                "This is not one of the domains of Infor's cloud that this app knows. For an on-premises installation"
                " that is as it should be: the name is your company's. Say yes only if you know this host. The answer"
                " is remembered for this profile."
            ),
            markup=False,
        )

    def action_trust(self) -> None:
        """Answer yes."""
        self.dismiss(True)
