"""The bar below an inspection: it names the profile, and says what happens with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Button, Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.messages import StoreInUse
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line

if TYPE_CHECKING:
    from ionapi_tui.usecases.importing import Plan


@dataclass(frozen=True)
class Reviewing:
    """The file is being looked at."""


@dataclass(frozen=True)
class Storing:
    """The store is at work, or waits for somebody."""


@dataclass(frozen=True)
class Failed:
    """The store refused; nothing was lost."""

    message: str


@dataclass(frozen=True)
class Stored:
    """The secrets were written, read back and compared."""

    profile: Profile
    store_label: str
    """The store that has them, for people."""
    file_deleted: bool = False
    verify: bool = False
    """Whether to prove next that it works."""


Phase = Reviewing | Storing | Failed | Stored


class _NameInput(Line):
    """The name of the profile; Enter stores it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Store and verify"))]

    def __init__(self, id: str) -> None:
        super().__init__(id=id, select_on_focus=False, compact=True, disabled=True)
        translate_bindings(self)


class StoreBar(Vertical):
    """The name of the profile with a button, and one line on what is going on."""

    phase: reactive[Phase] = reactive[Phase](Reviewing())
    """What is happening."""
    store: reactive[StoreInUse] = reactive(StoreInUse())
    """Where it will go."""
    plan: reactive[Plan | None] = reactive["Plan | None"](None)
    """What storing would do; None before the list of profiles was read."""
    is_waiting: reactive[bool] = reactive(False)
    """Whether a vault is made for it first."""

    class Wanted(Message):
        """Store, and perhaps verify."""

        def __init__(self, name: str, verify: bool) -> None:
            super().__init__()
            self.name = name
            self.verify = verify

    def __init__(self, source: Path | None, *, encrypted: bool = False, typed: str = "") -> None:
        super().__init__()
        self._first = typed
        self._source, self._encrypted = source, encrypted

    def compose(self) -> ComposeResult:
        """Compose the line for the name above the line of words."""
        with Horizontal(id="naming"):
            yield Static(_("Profile name"), classes="label", markup=False)
            yield _NameInput(id="name")
            yield Button(_("Store and verify"), id="store-and-verify", variant="primary", compact=True, disabled=True)
            yield Button(_("Store only"), id="store", compact=True, disabled=True)
        yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        """Say what a press of Enter will do."""
        self._say()

    def watch_phase(self) -> None:
        """Say what is happening."""
        if self.is_mounted:
            self.query_one("#naming").display = isinstance(self.phase, Reviewing | Failed)
            self._enable()
            if isinstance(self.phase, Failed):
                # The line was hidden meanwhile; Enter has to try again, and the name to be there to be changed.
                self.query_one("#name").focus()
            self._say()

    def watch_plan(self, plan: Plan | None) -> None:
        """Propose the name, and let it be typed."""
        if self.is_mounted and plan is not None:
            name = self.query_one("#name", Input)
            # What was typed while the list could not be read stays.
            name.value = name.value or self._first or plan.name
            name.cursor_position = len(name.value)
            self._enable()
            name.focus()
            self._say()

    def watch_is_waiting(self) -> None:
        """Take no keys meanwhile; afterwards the line has the focus again."""
        if self.is_mounted:
            self._enable()
            if not self.is_waiting:
                self.query_one("#name").focus()

    def watch_store(self) -> None:
        """Refuse before anything is typed when there is nowhere to store."""
        if self.is_mounted:
            self._enable()
            self._say()

    @property
    def is_usable(self) -> bool:
        """Whether it can be stored, if need be after a vault was made."""
        is_ready = (self.plan is not None or isinstance(self.phase, Failed)) and not self.is_waiting
        return is_ready and (not self.store.missing or self.store.vault)

    def ask(self, *, verify: bool) -> None:
        """Ask to store under the name in the line."""
        self.post_message(self.Wanted(self._typed(), verify=verify))

    def _enable(self) -> None:
        usable = self.is_usable
        for button in self.query(Button):
            button.disabled = not usable
        self.query_one("#name", Input).disabled = not usable

    def on_input_changed(self) -> None:
        """The name decides between storing and replacing."""
        self._say()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Ask to store under the name in the line."""
        event.stop()
        self.ask(verify=event.button.id == "store-and-verify")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line stores and verifies."""
        event.stop()
        self.ask(verify=True)

    def _typed(self) -> str:
        return self.query_one("#name", Input).value.strip()

    def _say(self) -> None:
        self.query_one("#words", Static).update(self._words())

    def _words(self) -> Content:
        from ionapi_tui.secret_stores.keyring_store import is_vault

        phase = self.phase
        if isinstance(phase, Storing):
            where = self.store.label or _("the password store")
            words = _("Storing in {where}. If a window asks for its password, enter it there. Press Esc to leave.")
            if is_vault(self.store.key):
                # It asks in the app.
                words = _("Storing in {where}. Press Esc to leave.")
            return Content.styled(words.format(where=where), "$text-warning")
        if isinstance(phase, Failed):
            return Content.assemble((_("Not stored. "), "bold $text-error"), phase.message)
        if isinstance(phase, Stored):
            return self._stored(phase)
        if self.plan is None:
            # One line, so that nothing moves when there is something to say.
            return Content(" ")
        if self.store.missing:
            return no_store_text(self.store)
        return self._intent(self.plan)

    def _intent(self, plan: Plan) -> Content:
        name = self._typed()
        if plan.replaces(name):
            replace = _(
                "Enter verifies these keys and then switches {name} (tenant {tenant}) to them; Ctrl+S switches without "
                "verifying. The old keys are kept as another profile."
            )
            return Content.assemble(
                (_("This app is already stored. "), "bold $text-warning"),
                replace.format(name=name, tenant=safe(plan.named[name].tenant, 40)),
            )
        where = self.store.label or _("the password store")
        return Content.styled(
            _("Press Enter to store the secrets in {where} and verify them.").format(where=where), "$dim"
        )

    def _stored(self, phase: Stored) -> Content:
        message = _("Stored as {name} in {where}, read back and compared.").format(
            name=phase.profile.name, where=phase.store_label
        )
        if phase.file_deleted:
            after = _("The downloaded file is deleted.")
        elif self._encrypted:
            after = _("The key of the encrypted file was deleted. Nothing was written to disk in plain text.")
        elif self._source is not None:
            after = _("The downloaded file still holds the secrets in plain text.")
        else:
            after = _("Nothing was written to disk.")
        return Content.assemble(("✓ ", "bold $text-success"), (message, "bold"), "\n", (after, "$dim"))


def no_store_text(store: StoreInUse) -> Content:
    """Return why nothing can be stored on this machine, and the next key to press."""
    if not store.vault:
        return Content.assemble((_("Nothing can be stored. "), "bold $text-error"), store.reason)
    return Content.assemble(
        (_("No password store was found on this computer. "), "bold $text-warning"),
        _(
            "Press Enter to create a vault (a KeePass file with a passphrase) and store the secrets in it. Press F2 "
            "for all options."
        ),
    )
