"""What the app does about secret stores: it asks for passphrases, says what is waited for, and makes vaults."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _
from ionapi_tui.secret_stores.keyring_store import is_vault
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.messages import StoreInUse
from ionapi_tui.ui.tasks import task

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.secret_stores.vault.unlocking import Question


class StoresController(Controller):
    """Knows where secrets go on this machine."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._is_making = False

    def serve(self) -> None:
        """Let the stores ask their questions here."""
        stores = self.context.services.stores
        stores.ask, stores.agree, stores.announce = self._ask_passphrase, self._ask_to_strengthen, self._announce
        stores.unlocked = self._unlocked

    @task("store")
    async def look(self, *, anew: bool = False) -> None:
        """Find out where secrets go on this machine.

        Args:
            anew: whether to look for the stores again, and not to take what was found before.
        """
        services = self.context.services
        choice = await in_background(lambda: services.stores.refresh() if anew else services.stores.choice)
        if choice.store is None:
            reason = choice.brief or choice.reason
            message = f"{reason} {_('Press F2 for all options.')}"
            status = StoreInUse(known=True, reason=message, vault=bool(choice.brief))
        else:
            locked = bool(await in_background(choice.store.locked))
            store = choice.store
            status = StoreInUse(known=True, label=store.label, key=store.key, reason=choice.reason, locked=locked)
        self.context.update(store=status)
        # What was chosen a moment ago is there, unless it is a file that somebody has moved.
        profiles = self.context.state.profiles
        others = {profile.store for profile in profiles if profile.store != status.key or is_vault(status.key)}
        if others:
            away = await in_background(lambda: services.stores.unavailable(others))
            self.context.update(store=replace(status, away=away))

    def show(self) -> None:
        """Show where secrets go, above whatever is being done."""
        from ionapi_tui.ui.screens.store import StorePage

        if not isinstance(self.context.app.screen, StorePage):
            self.context.open(StorePage(self.context.services))

    def changed(self) -> None:
        """Tell every page where secrets go now."""
        self.look()
        self.context.reload_profiles()

    @task("vault", exclusive=False)
    async def make_vault(
        self, then: Callable[[], None] | None = None, otherwise: Callable[[], None] | None = None
    ) -> None:
        """Make the vault in our own folder and let new secrets go there, unless that is under way.

        Args:
            then: called once it is made, before the pages know of it.
            otherwise: called when none was made.
        """
        if self._is_making:
            # Enter was pressed once more while the vault is encrypted.
            return
        self._is_making, is_made = True, False
        try:
            is_made = await self._make_vault(then)
        finally:
            self._is_making = False
            if otherwise is not None and not is_made:
                otherwise()

    async def _make_vault(self, then: Callable[[], None] | None) -> bool:
        """Return whether the vault is there now."""
        from ionapi_tui.secret_stores.keyring_store import VAULT
        from ionapi_tui.ui.dialogs.passphrase import NewPassphrase
        from ionapi_tui.ui.screens.store import StorePage
        from ionapi_tui.usecases.password_stores import make_vault

        stores = self.context.services.stores
        vault, passphrase = stores.vaults.of(VAULT), None
        was_there = vault.exists()
        if not was_there:
            explained = _("A vault is a KeePass file on this computer.")
            warning = _("Its passphrase cannot be recovered. Without it, you have to create new credentials in Infor.")
            passphrase = await self.context.ask(NewPassphrase(_("Create a vault"), explained, warning))
            if passphrase is None:
                return False
            self.notify(_("Encrypting the vault …"), lasts=True)
        try:
            await in_background(lambda: make_vault(stores, passphrase))
            screen = self.context.app.screen
            if isinstance(screen, StorePage):
                # The list says so, too, by the time the sentence does.
                await screen.list_stores()
        finally:
            self.context.app.clear_notifications()
        if was_there:
            sentence = _("{store} is there already, and a second one is not needed. New secrets are stored in it.")
        else:
            sentence = _("New secrets are stored in {store}.")
        self.notify(sentence.format(store=vault.label))
        if then is not None:
            then()
        self.changed()
        return True

    def _ask_passphrase(self, question: Question) -> Secret | None:
        """Ask for a passphrase; called from a thread, which waits for the answer."""
        from ionapi_tui.ui.dialogs.passphrase import UnlockDialog

        app = self.context.app
        answer: Future[Secret | None] = Future()
        dialog = UnlockDialog(question.store, question.complaint)
        app.call_from_thread(app.push_screen, dialog, answer.set_result)
        return answer.result()

    def _ask_to_strengthen(self, store: str) -> bool:
        """Ask whether to encrypt a vault anew; called from a thread, which waits for the answer."""
        from ionapi_tui.ui.dialogs.confirm import ConfirmStronger

        app = self.context.app
        answer: Future[bool | None] = Future()
        app.call_from_thread(app.push_screen, ConfirmStronger(store), answer.set_result)
        return bool(answer.result())

    def _unlocked(self) -> None:
        self.context.app.call_later(self.look)

    def _announce(self, message: str) -> None:
        self.context.app.call_from_thread(partial(self.notify, message, severity="warning"))
