"""Questions before something is deleted, or sent where nobody has confirmed it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
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


class ConfirmDelete(Dialog[bool]):
    """Whether to delete plain-text files."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "delete", N_("Delete")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, *files: Path) -> None:
        several = n_("Delete {n} downloaded file?", "Delete {n} downloaded files?", len(files))
        super().__init__(_("Delete the downloaded file?") if len(files) == 1 else several)
        self._files = files

    def content(self) -> ComposeResult:
        """Say what deleting does, and what it does not."""
        for file in self._files:
            yield Static(safe(file, 300), classes="address", markup=False)
        yield Static(
            _(
                "DocBits needs this file once, for the upload: keep it until that is done.\n\n"
                "Deleting removes this one copy and bypasses the recycle bin. It does not reach copies in backups and"
                " snapshots, in synced folders such as OneDrive and on the machines they sync to, in mails and chats,"
                " or what can still be read from the disk itself. If the file was in such a place, create a new service"
                " account and disable the old one."
            ),
            markup=False,
        )

    def action_delete(self) -> None:
        """Answer yes."""
        self.dismiss(True)


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
