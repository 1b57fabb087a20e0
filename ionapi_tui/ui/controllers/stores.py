"""What the app does about stores: it asks for passphrases, says what is waited for, and makes vaults."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.secret_stores.settings import is_vault
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.base import Errands
from ionapi_tui.ui.state import StoreStatus

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.secret_stores.unlocking import Question


class StoreErrands(Errands):
    """The part of the app that deals with stores."""

    @work(exclusive=True, group="store")
    async def look_for_store(self) -> None:
        """Find out where secrets go on this machine."""
        choice = await in_background(lambda: self.services.stores.choice)
        if choice.store is None:
            reason = choice.brief or choice.reason
            told = f"{reason} {_('F2 shows every way out.')}"
            status = StoreStatus(known=True, reason=told, vault=bool(choice.brief))
        else:
            status = StoreStatus(known=True, label=choice.store.label, key=choice.store.key, reason=choice.reason)
        self.tell(store=status)
        # What was chosen a moment ago is there, unless it is a file that somebody has moved.
        others = {
            profile.store for profile in self.told.profiles if profile.store != status.key or is_vault(status.key)
        }
        if others:
            stores = self.services.stores
            self.tell(store=replace(status, away=await in_background(lambda: stores.away(others))))

    def serve_stores(self) -> None:
        """Let the stores ask their questions here."""
        stores = self.services.stores
        stores.ask = self.ask_passphrase
        stores.announce = self._announce

    def ask_passphrase(self, question: Question) -> Secret | None:
        """Ask for a passphrase; called from a thread, which waits for the answer."""
        from ionapi_tui.ui.dialogs.unlock import UnlockDialog

        answer: Future[Secret | None] = Future()
        dialog = UnlockDialog(question.store, question.complaint)
        self.call_from_thread(self.push_screen, dialog, answer.set_result)
        return answer.result()

    def _announce(self, sentence: str) -> None:
        self.call_from_thread(self.notify, sentence, markup=False, timeout=15)

    def action_stores(self) -> None:
        """Show where secrets go, above whatever is being done."""
        from ionapi_tui.ui.screens.store import StorePage

        if not isinstance(self.screen, StorePage):
            page = StorePage(self.services)
            page.told = self.told
            self.push_screen(page)

    @on(messages.StoresChanged)
    def stores_changed(self) -> None:
        """Tell every page where secrets go now."""
        self.look_for_store()
        self.reload_profiles()

    @on(messages.MakeVault)
    @work(exclusive=True, group="vault")
    async def make_vault(self) -> None:
        """Make the vault in our own folder and let new secrets go there."""
        from ionapi_tui.secret_stores.settings import VAULT
        from ionapi_tui.ui.dialogs.new_passphrase import NewPassphrase
        from ionapi_tui.ui.screens.store import StorePage

        stores = self.services.stores
        vault = stores.vaults.of(VAULT)
        if not vault.exists():
            explained = _(
                "A vault is a KeePass file on this machine. Its passphrase cannot be recovered: without it the secrets"
                " have to be downloaded from Infor anew."
            )
            passphrase = await self.push_screen_wait(NewPassphrase(_("Make a vault"), explained))
            if passphrase is None:
                return
        try:
            if not vault.exists():
                await in_background(lambda: vault.create(passphrase))
            await in_background(lambda: stores.use(VAULT))
        except IonApiError as error:
            self.complain(error)
            return
        self.notify(_("New secrets go to {store}.").format(store=vault.label), markup=False)
        if isinstance(self.screen, StorePage):
            self.screen.action_look()
        self.stores_changed()
