"""Questions before something is deleted, or sent where nobody has confirmed it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.reading import protection_note
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.widgets.hanging import PathText


class _Typed(Line):
    """What has to be typed; Enter removes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Remove"))]

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True)
        translate_bindings(self)


class ConfirmRemove(Dialog[bool]):
    """Whether to remove profiles and their secrets, all of them or none; for production something has to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "remove", N_("Remove")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, *profiles: Profile, kept: str = "", note: str = "") -> None:
        """Ask.

        Args:
            profiles: what goes.
            kept: what is highlighted and stays, because others are marked.
            note: what else there is to say, as a sentence; empty for nothing.
        """
        title = _("Remove {name}?").format(name=profiles[0].name)
        if len(profiles) > 1:
            title = n_("Remove {n} profile?", "Remove {n} profiles?", len(profiles))
        super().__init__(title)
        self._kept, self._note = kept, note
        self._count = len(profiles)
        self._production = tuple(profile.name for profile in profiles if profile.is_production)
        self._others = tuple(profile.name for profile in profiles if not profile.is_production)

    def content(self) -> ComposeResult:
        """Name what goes, production apart, and say what stays."""
        if self._kept:
            stays = _("Only what is marked is removed. {name}, which is highlighted, stays.")
            yield Static(stays.format(name=safe(self._kept, 60)), classes="names", markup=False)
        if self._count > 1:
            yield from self._names()
        yield Static(
            n_(
                "Its secrets are deleted from the password store of this computer.",
                "Their secrets are deleted from the password store of this computer.",
                self._count,
            )
            + " "
            + n_(
                "The authorized app and the service account remain in Infor, and so does every copy of the file. To "
                "turn them off: OS > Security > Manage > Service Accounts, and API Gateway > Authorized Apps.",
                "The authorized apps and service accounts remain in Infor, and so does every copy of the files. To turn"
                " them off: OS > Security > Manage > Service Accounts, and API Gateway > Authorized Apps.",
                self._count,
            ),
            markup=False,
        )
        if self._note:
            yield Static(self._note, classes="request", markup=False)
        if self._production:
            yield Static(self._request(), classes="request", markup=False)
            yield _Typed(id="typed")
            yield Static("", id="wrong", classes="complaint", markup=False)

    def _names(self) -> ComposeResult:
        for label, names, style in (
            (_("Production"), self._production, "bold $text-error"),
            (_("Others") if self._production else _("Profiles"), self._others, "bold"),
        ):
            if names:
                words = Content.assemble((f"{label} ({len(names)}): ", style), ", ".join(names))
                yield Static(words, classes="names", markup=False)

    @property
    def _expected(self) -> str:
        """What has to be typed: the name of a single production profile, or how many production profiles there are."""
        if not self._production:
            return ""
        return self._production[0] if len(self._production) == 1 else str(len(self._production))

    def _request(self) -> str:
        if self._count == 1:
            return _("This is production. Type {name} to remove it:").format(name=self._expected)
        if len(self._production) == 1:
            message = _("{name} is production. Type {name} to remove all {n} profiles:")
            return message.format(name=self._expected, n=self._count)
        message = _("{typed} of them are production. Type {typed} to remove all {n} profiles:")
        return message.format(typed=self._expected, n=self._count)

    def on_mount(self) -> None:
        """Start where something is typed."""
        if self._production:
            self.query_one("#typed").focus()

    @on(Input.Changed)
    def forget(self) -> None:
        """What was wrong is being changed."""
        self.query_one("#wrong", Static).update("")

    @on(Input.Submitted)
    def action_remove(self) -> None:
        """Confirm, if what was asked for was typed."""
        if self._expected and self.query_one("#typed", Input).value.strip() != self._expected:
            self.query_one("#typed").focus()
            message = _("Type {typed} to remove. Nothing was removed.").format(typed=self._expected)
            self.query_one("#wrong", Static).update(message)
            return
        self.dismiss(True)


class ConfirmDelete(Dialog[bool]):
    """Whether to delete plain-text files."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "delete", N_("Delete")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, *files: Path, kept: str = "") -> None:
        """Ask.

        Args:
            files: what is deleted.
            kept: what to say of files that stay; empty if there are none.
        """
        several = n_("Delete {n} downloaded file?", "Delete {n} downloaded files?", len(files))
        super().__init__(_("Delete the downloaded file?") if len(files) == 1 else several)
        self._files, self._kept = files, kept

    def content(self) -> ComposeResult:
        """Say what deleting does, and what it does not."""
        for file in self._files:
            yield PathText(file)
        for note in dict.fromkeys(filter(None, map(protection_note, self._files))):
            yield Static(note, classes="hint", markup=False)
        if self._kept:
            yield Static(self._kept, classes="request", markup=False)
        yield Static(
            _(
                "DocBits needs the file once, for the upload. If it is needed again, “Lend file” writes it anew.\n\n"
                "Deleting bypasses the recycle bin and removes only what is named here, not copies in backups and "
                "snapshots, in synced folders such as OneDrive and on the computers they sync to, in mails and "
                "chats, or what can still be read from the disk itself. If the file was in a backup, a synced folder "
                "or a mail, create a new service account and disable the old one."
            ),
            markup=False,
        )

    def action_delete(self) -> None:
        """Answer yes."""
        self.dismiss(True)


class ConfirmMove(Dialog[bool]):
    """Whether to move the secrets of profiles to another store."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "move", N_("Move")),
        Binding("escape", "close", N_("Cancel")),
    ]

    def __init__(self, store: str, *profiles: Profile) -> None:
        count = n_("{n} profile", "{n} profiles", len(profiles))
        super().__init__(_("Move {profiles} to {store}?").format(profiles=count, store=store))
        self._names = ", ".join(profile.name for profile in profiles)

    def content(self) -> ComposeResult:
        """Name the profiles, and say how they are moved."""
        yield Static(self._names, classes="names", markup=False)
        yield Static(
            _(
                "Each secret is written there, read back and compared, and only then deleted where it is now. New"
                " secrets go where they went before; press Enter on a password store to change that."
            ),
            markup=False,
        )

    def action_move(self) -> None:
        """Answer yes."""
        self.dismiss(True)


class ConfirmHosts(Dialog[bool]):
    """Whether the hosts of a profile may have its secrets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "trust", N_("Yes, send them there")),
        Binding("escape", "close", N_("No")),
    ]

    def __init__(self, profile: Profile, hosts: tuple[str, ...], *, remembered: bool = True) -> None:
        """Ask about ``hosts``.

        Args:
            profile: whose secrets would be sent.
            hosts: where to.
            remembered: whether the answer is remembered with the profile.
        """
        super().__init__(_("Send the secrets of {name} to this host?").format(name=profile.name or _("Pasted content")))
        self._hosts, self._remembered = hosts, remembered

    def content(self) -> ComposeResult:
        """Name the hosts, and say when yes is right."""
        for host in self._hosts:
            yield Static(safe(host), classes="address", markup=False)
        yield Static(
            _(
                "This host is not in one of Infor's cloud domains that this app knows. That is normal for an "
                "on-premises installation, whose hosts have your company's name. Say yes only if you know this "
                "host. The answer is saved for this profile."
            )
            if self._remembered
            else _(
                "This host is not in one of Infor's cloud domains that this app knows. That is normal for an "
                "on-premises installation, whose hosts have your company's name. Say yes only if you know this host. "
                "The answer is not saved."
            ),
            markup=False,
        )

    def action_trust(self) -> None:
        """Answer yes."""
        self.dismiss(True)


class ConfirmStronger(Dialog[bool]):
    """Whether to encrypt a vault anew that was created for slower computers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "agree", N_("Encrypt again")),
        Binding("escape", "close", N_("Leave it")),
    ]

    def __init__(self, store: str) -> None:
        super().__init__(_("Encrypt the vault more strongly?"))
        self._store = store

    def content(self) -> ComposeResult:
        """Compose the reason."""
        yield Static(
            _(
                "{store} was created for slower computers: passphrases can be guessed faster than with a new vault. If "
                "you agree, it is encrypted again. The passphrase stays the same, and nothing in it changes."
            ).format(store=self._store),
            markup=False,
        )

    def action_agree(self) -> None:
        """Agree."""
        self.dismiss(True)
