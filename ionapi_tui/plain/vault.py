"""Making a vault, line by line, on a computer without a password store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.secret_stores.keyring_store import VAULT

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.plain.console import Console
    from ionapi_tui.plain.conversation import Conversation


def make_vault(conversation: Conversation) -> bool:
    """Make the vault of this program, or use the one that is there, for new secrets.

    The passphrase is asked for twice, unless the environment leads to one.

    Returns:
        Whether new secrets have a store now; False if no passphrase was entered.

    Raises:
        StoreError: the vault cannot be made, or the choice cannot be saved.
    """
    from ionapi_tui.usecases import password_stores

    console, stores = conversation.console, conversation.services.stores
    vault, passphrase = stores.vaults.of(VAULT), None
    if not vault.exists():
        passphrase = _new_passphrase(console, vault.label)
        if passphrase is None:
            return False
    choice = password_stores.make_vault(stores, passphrase)
    if choice.store is None:
        console.say(choice.reason)
        return False
    console.say(_("New secrets are stored in {store}.").format(store=choice.store.label))
    return True


def _new_passphrase(console: Console, store: str) -> Secret | None:
    """Return a passphrase that was entered twice, or that the environment leads to; None if none was entered."""
    from ionapi_tui.secret_stores.vault.passphrases import SHORTEST, check_new, given, strength_words

    found = given()
    if found is None:
        console.say(
            _(
                "Choose a passphrase of at least {shortest} characters for {store}; five or six unrelated words work "
                "well. It cannot be recovered: without it, you have to create new credentials in Infor. What you "
                "type is not shown."
            ).format(shortest=SHORTEST, store=store)
        )
    while True:
        chosen = found[0] if found else console.secret(_("New passphrase (press Enter to go back):"))
        if not chosen:
            return None
        try:
            check_new(chosen)
        except UsageError as error:
            console.say(str(error))
            if found:
                return None
            continue
        if not found and console.secret(_("Repeat passphrase:")) != chosen:
            console.say(_("The passphrases do not match."))
            continue
        sentence, is_weak = strength_words(chosen)
        console.say(sentence)
        if found or not is_weak or console.agrees(_("Use it anyway?"), _("Use it"), _("Choose another one")):
            return chosen
