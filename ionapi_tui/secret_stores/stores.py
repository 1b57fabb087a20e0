"""The stores of this machine: found, chosen, and unlocked once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import RegistryError, StoreError
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import home_folder
from ionapi_tui.profile_store.secret_store import SecretStore
from ionapi_tui.secret_stores.choose import StoreChoice, choose, open_store
from ionapi_tui.secret_stores.settings import VAULT, SettingsFile, is_vault
from ionapi_tui.secret_stores.timeout import PatientStore

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.secret_stores.unlocking import Ask, Question
    from ionapi_tui.secret_stores.vault.vaults import Vaults


class Stores:
    """The stores of this machine, each looked for once and only when it is needed."""

    def __init__(
        self,
        patience: float | None = 30.0,
        chooser: Callable[[], StoreChoice] | None = None,
        home: Path | None = None,
        ask: Ask | None = None,
        announce: Callable[[str], None] | None = None,
    ) -> None:
        """Prepare to look for stores.

        Args:
            patience: how many seconds one call to a store may take; None for as long as it wants.
            chooser: what finds the store for new secrets; None for the user's choice, or the best there is.
            home: our own folder.
            ask: asked for the passphrase of a vault; None when nobody sits in front of this program.
            announce: told, in a sentence, when a store has not answered for a moment.
        """
        self.announce = announce
        self.ask = ask
        self._unlocking, self._refusals = threading.Lock(), 0
        self._home = home or home_folder()
        self.settings = SettingsFile(self._home / "store.json")
        self._patience = patience
        self._chooser = chooser or self._choose
        self._choice: StoreChoice | None = None
        self._found: dict[str | None, SecretStore] = {}
        self._patient: dict[str, PatientStore] = {}

    @cached_property
    def vaults(self) -> Vaults:
        """The vaults; what they are made of is imported when there is one."""
        from ionapi_tui.secret_stores.vault.vaults import Vaults

        return Vaults(self._home)

    @property
    def choice(self) -> StoreChoice:
        """The store for new secrets, and why."""
        if self._choice is None:
            choice = self._chooser()
            if choice.store is not None and is_vault(choice.store.key):
                # The object that is unlocked has to be the one that is used.
                choice = replace(choice, store=self.vaults.store(choice.store.key))
            self._choice = choice
        return self._choice

    def find(self, key: str | None) -> SecretStore:
        """Return the store of that key, locked or not; None for the one of new secrets. Nobody is asked.

        Raises:
            StoreMissing: it may not, or cannot, be used now.
            RegistryError: nobody can tell which store was chosen.
        """
        if key not in self._found:
            if key is not None and is_vault(key):
                self._found[key] = self.vaults.store(key)
            else:
                self._found[key] = open_store(key, self.choice, self.settings.load().known)
        store = self._found[key]
        if is_vault(store.key):
            self.vaults.of(store.key).check()
        return store

    def away(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of ``keys`` whose store cannot be used now. Nobody is asked for a password."""
        return frozenset(key for key in keys if not self._is_here(key))

    def open(self, key: str | None) -> SecretStore:
        """Return the store of that key; None for the one of new secrets. A locked vault is unlocked first.

        Raises:
            StoreMissing: it may not, or cannot, be used now.
            StoreLocked: it is a vault, and its passphrase was not to be had.
        """
        store = self.find(key)
        if is_vault(store.key):
            self._unlock(store.key)
            return store
        if self._patience is None:
            return store
        return self._patient.setdefault(store.key, PatientStore(store, self._patience, self._announced))

    def look_again(self) -> StoreChoice:
        """Forget what was found, because something was started or installed since; return the new choice."""
        self._choice = None
        self._found.clear()
        self._patient.clear()
        return self.choice

    def use(self, key: str | None) -> StoreChoice:
        """Let new secrets go to the store of that key; None leaves the choice to this program.

        Raises:
            StoreMissing: it may not, or cannot, be used now.
            RegistryError: the choice cannot be kept.
        """
        settings = self.settings.load().using(key)
        if key is not None and not is_vault(key):
            open_store(key, StoreChoice(None, ""), settings.known)
        elif key is not None:
            self.vaults.of(key).check()
        self.settings.save(settings)
        return self.look_again()

    def _is_here(self, key: str) -> bool:
        try:
            self.find(key)
        except StoreError:
            return False
        return True

    def _unlock(self, key: str) -> None:
        from ionapi_tui.secret_stores.unlocking import unlock
        from ionapi_tui.secret_stores.vault.errors import VaultLocked

        refusals = self._refusals
        # Many threads may want the same vault at once; somebody is asked once, and one "no" is for all of them.
        with self._unlocking:
            ask = self._asked if self._refusals == refusals else None
            try:
                unlock(self.vaults.of(key), ask or (lambda _question: None))
            except VaultLocked:
                self._refusals += 1
                raise

    def _asked(self, question: Question) -> Secret | None:
        return None if self.ask is None else self.ask(question)

    def _announced(self, sentence: str) -> None:
        if self.announce is not None:
            self.announce(sentence)

    def _choose(self) -> StoreChoice:
        return choose(preferred=self._preferred)

    def _preferred(self) -> StoreChoice | None:
        try:
            settings = self.settings.load()
            if settings.use is None:
                return None
            if is_vault(settings.use):
                store: SecretStore = self.vaults.store(settings.use)
            else:
                store = open_store(settings.use, StoreChoice(None, ""), settings.known)
        except (StoreError, RegistryError) as error:
            return StoreChoice(None, str(error))
        return StoreChoice(store, _("You have chosen it."))


def key_of(name: str, vaults: Vaults) -> str | None:
    """Return the key of the store that somebody calls ``name``; None for whatever this program would choose.

    Args:
        name: ``vault``, the path of a ``.kdbx`` file, ``keyring``, ``pass``, the key of a store, or the full name of a
            keyring backend's class.
        vaults: the vaults of this machine.
    """
    from ionapi_tui.secret_stores.backends import KNOWN, PASS_BACKEND

    if name in ("keyring", "auto"):
        return None
    if name in ("vault", VAULT):
        return VAULT
    if is_vault(name):
        return vaults.key_of(Path(name.partition(":")[2]))
    if name == "pass":
        return f"keyring:{PASS_BACKEND}"
    if name.lower().endswith(".kdbx") or os.sep in name:
        return vaults.key_of(Path(name))
    known = next((one.key for one in KNOWN if name.lower() in (one.key.lower(), one.key.lower()[8:])), None)
    return known or (name if name.startswith("keyring:") else f"keyring:{name}")
