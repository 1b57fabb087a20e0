"""Where secrets go on this machine, why, and changing that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, StoreError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.profile_store.survey import Survey
from ionapi_tui.secret_stores.keyring_store import VAULT, is_vault
from ionapi_tui.secret_stores.overview import State, StoreStatus, overview, state_words
from ionapi_tui.ui.messages import CheckAddresses, MakeVault, StoresChanged
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import report, task
from ionapi_tui.ui.widgets.choices import Choice, Choices
from ionapi_tui.usecases.password_stores import Moved, move_all, stored_elsewhere
from ionapi_tui.usecases.restoring import look, summary_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionapi_tui.usecases.services import Services


class Stores(Choices):
    """The stores to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Use this one"))]


class StorePage(Page):
    """Every store of this machine; the answer is None."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "use", N_("Use this one")),
        Binding("m", "move", N_("Move here")),
        Binding("u", "unlock", N_("Unlock")),
        Binding("n", "make", N_("Create a vault")),
        Binding("p", "passphrase", N_("New passphrase"), show=False),
        Binding("b", "addresses", N_("Check addresses"), show=False),
        Binding("r", "look", N_("Refresh"), show=False),
        # The app would offer the page that is in front.
        Binding("f2", "app.stores", show=False),
        Binding("escape", "leave", N_("Back")),
    ]
    HELP_TEXT = N_(
        "The password stores of this computer. Press Enter to use the highlighted one for new secrets; what is "
        "already stored stays where it is. Press m to move the secrets of all profiles to it, after a confirmation: "
        "each is written, read back and compared before it is deleted where it was.\n\n"
        "A vault is a KeePass file with a passphrase, for computers without a password store and for teams that "
        "share a file. Press n to create one; KeePassXC can open it too. To use a team's file: ionapi-tui store use "
        "PATH.\n\n"
        "If a password store is not available, nothing is lost: its profiles work again when it is back.\n\n"
        "Each secret belongs to the addresses it was stored with. Profiles that were changed outside this app are "
        "listed here; press b to see every change and to restore what was stored."
    )

    seen: reactive[tuple[StoreStatus, ...] | None] = reactive[tuple[StoreStatus, ...] | None](None)
    """The stores; None until somebody has looked."""
    doing: reactive[str] = reactive("")
    """What is going on, in a sentence; empty when nothing is."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Password store")

    def body(self) -> ComposeResult:
        """Compose the reason, the stores, and what is said of the highlighted one."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static("", id="reason", classes="measure", markup=False)
            yield Stores(id="stores")
            yield Static("", id="detail", classes="measure", markup=False)
            yield Static("", id="addresses", classes="measure", markup=False)
            yield Static("", id="doing", markup=False)

    def begin(self) -> None:
        """Look at the stores."""
        self.query_one(Choices).focus()
        self.action_look()

    def watch_doing(self, doing: str) -> None:
        """Say what is going on."""
        if self.is_up:
            self.query_one("#doing", Static).update(Content.styled(doing, "$text-warning"))

    def watch_seen(self, seen: tuple[StoreStatus, ...] | None) -> None:
        """List the stores."""
        if not self.is_up or seen is None:
            return
        self.query_one(Choices).show(*map(_choice, seen))
        reason = self._services.stores.choice.reason
        used = next((one.label for one in seen if one.in_use), None)
        message = _("New secrets are stored in {store}. {reason}").format(store=used, reason=reason) if used else reason
        self.query_one("#reason", Static).update(Content(message))
        self._describe()

    @on(Choices.OptionHighlighted)
    def _describe(self) -> None:
        current = self._current
        parts: tuple[str, ...] = ()
        if current is not None:
            detail = _("There is none yet. Press n to create one.") if _is_new_vault(current) else current.detail
            parts = detail, ", ".join(current.profiles)
        self.query_one("#detail", Static).update(Content.styled("\n".join(filter(None, parts)), "$dim"))

    @on(Choices.Chosen)
    def action_use(self) -> None:
        """Let new secrets go to the highlighted store; a vault that is not there is made first."""
        current = self._current
        if current is not None and current.in_use:
            self.notify(_("New secrets are already stored in {store}.").format(store=current.label), markup=False)
        elif current is not None and not self._vault_is_made_first(current):
            self.do(_("Changing …"), lambda: self._services.stores.use(current.key))

    @task("stores")
    async def action_move(self) -> None:
        """Move the secrets of every profile to the highlighted store, after a confirmation."""
        from ionapi_tui.ui.dialogs.confirm import ConfirmMove

        current, profiles = self._current, self._services.profiles
        if current is None:
            return
        listed = await in_background(profiles.profiles)
        chosen = stored_elsewhere(listed, current.key)
        if not chosen:
            words = _("All profiles are already there.") if listed else _("There are no profiles to move.")
            self.notify(words, markup=False)
            return
        if self._vault_is_made_first(current):
            return
        try:
            await in_background(lambda: self._services.stores.find(current.key))
        except StoreError as error:
            message = f"{error} {_('Nothing was moved.')}"
            self.notify(message, severity="error", markup=False)
            return
        if not await self.app.push_screen_wait(ConfirmMove(current.label, *chosen)):
            return

        outcomes: list[Moved] = []

        def move() -> None:
            outcomes.append(move_all(profiles, chosen, self._services.stores.open(current.key)))

        def tell() -> None:
            self._tell(outcomes[0], current.label)

        message = _("Moving {profiles} to {store} …")
        self.do(
            message.format(profiles=n_("{n} profile", "{n} profiles", len(chosen)), store=current.label), move, tell
        )

    def _tell(self, outcome: Moved, store: str) -> None:
        """Say what was moved, and what was not."""
        if outcome.moved:
            moved = n_("{n} profile", "{n} profiles", len(outcome.moved))
            self.notify(_("Moved to {store}: {profiles}.").format(store=store, profiles=moved), markup=False)
        if outcome.stayed:
            first = outcome.stayed[0]
            message = _("{name} stays where it is: {why}").format(name=first.profile.name, why=first.error)
            others = len(outcome.stayed) - 1
            if others:
                message += " " + n_("So does {n} other profile.", "So do {n} other profiles.", others)
            self.notify(message, severity="error", markup=False)

    def _vault_is_made_first(self, wanted: StoreStatus) -> bool:
        """Make the vault that ``wanted`` is, when there is none yet, and return whether that is so."""
        missing = is_vault(wanted.key) and wanted.state is State.UNAVAILABLE and not wanted.profiles
        if missing:
            self.post_message(MakeVault())
        return missing

    def action_unlock(self) -> None:
        """Unlock the highlighted store."""
        current = self._current
        if current is not None and not self._vault_is_made_first(current):
            store = self._services.stores
            # Asking for something makes a desktop's store ask for its password.
            self.do(
                _("Waiting for {store} …").format(store=current.label), lambda: store.open(current.key).get("nothing")
            )

    def action_make(self) -> None:
        """Make a vault."""
        self.post_message(MakeVault())

    @task("stores")
    async def action_passphrase(self) -> None:
        """Give the highlighted vault another passphrase."""
        from ionapi_tui.ui.dialogs.passphrase import NewPassphrase

        current = self._current
        if current is None or not is_vault(current.key) or current.state is State.UNAVAILABLE:
            self.notify(_("Only a vault has a passphrase of its own."), markup=False)
            return
        title = _("A new passphrase for {store}").format(store=current.label)
        warning = _(
            "It cannot be recovered. Copies of the file, in backups or with other people, still open with the old one."
        )
        chosen = await self.app.push_screen_wait(NewPassphrase(title, "", warning))
        if chosen is not None:
            stores = self._services.stores

            def change() -> None:
                stores.open(current.key)
                stores.vaults.of(current.key).change_passphrase(chosen)

            self.do(_("Changing …"), change)

    def action_look(self) -> None:
        """Look at the stores again, unless something is going on, which ends with a look."""
        if not self.doing:
            self.do("", self._services.stores.refresh)

    @task("stores")
    async def do(self, doing: str, task: Callable[[], object], then: Callable[[], None] = lambda: None) -> None:
        """Do something with a store, then look at all of them.

        Args:
            doing: what is going on, in a sentence.
            task: called in a thread.
            then: called when that has succeeded.
        """
        self.doing = doing
        try:
            await in_background(task)
            then()
        except IonApiError as error:
            report(self, error)
        await self.list_stores()
        self.doing = ""
        self.post_message(StoresChanged())

    async def list_stores(self) -> None:
        """Look at all stores, and list them."""
        services = self._services
        try:
            profiles = await in_background(services.profiles.profiles)
        except IonApiError as error:
            # The stores can be seen all the same.
            report(self, error)
            profiles = self.state.profiles
        self.seen = seen = await in_background(lambda: overview(services.stores, profiles))
        ready = {one.key for one in seen if one.state is State.READY}
        try:
            found = await in_background(lambda: look(services.profiles, ready.__contains__))
        except IonApiError:
            # It has been reported above.
            found = Survey()
        if self.is_up:
            self.query_one("#addresses", Static).update(_addresses(found))

    def action_addresses(self) -> None:
        """Compare the addresses of all profiles with those that were stored."""
        self.post_message(CheckAddresses())

    def action_leave(self) -> None:
        """Go back to where this was opened; what is under way goes on."""
        self.dismiss(None)

    @property
    def _current(self) -> StoreStatus | None:
        number = self.query_one(Choices).highlighted
        return self.seen[number] if self.seen and number is not None and number < len(self.seen) else None


def _addresses(found: Survey) -> Content:
    """Return what to say of profiles that were changed, or are not bound; nothing if all is well."""
    named = replace(found, unread=())
    if not (named.differing or named.unbound):
        return Content("")
    text = "\n".join(summary_of(named))
    if named.differing:
        text += " " + _("Press b to see and restore them.")
    return Content.styled(text, "$text-error" if named.differing else "$text-warning")


def _is_new_vault(one: StoreStatus) -> bool:
    """Return whether ``one`` is the vault in our own folder, and it has not been created yet."""
    return one.key == VAULT and one.state is State.UNAVAILABLE and not one.profiles


def _choice(one: StoreStatus) -> Choice:
    mark = "●" if one.in_use else " "
    state = _("not created yet") if _is_new_vault(one) else state_words(one.state)
    profiles = n_("{n} profile", "{n} profiles", len(one.profiles))
    return Choice(one.key, f"{mark} {one.label}", f"{state}, {profiles}")
