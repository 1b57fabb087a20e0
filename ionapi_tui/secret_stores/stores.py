"""The stores of this machine: found, chosen, and unlocked once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from ionapi_tui.base.errors import RegistryError, StoreError, StoreLocked
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import Paths, home_folder
from ionapi_tui.secret_stores.choose import SettingsFile, StoreChoice, choose, open_store
from ionapi_tui.secret_stores.keyring_store import VAULT, canonical_key, is_vault

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.secret_stores.vault.unlocking import Ask, Question
    from ionapi_tui.secret_stores.vault.vaults import Vaults


T = TypeVar("T")


class Stores:
    """The stores of this machine, each looked for once and only when it is needed."""

    def __init__(
        self,
        timeout: float | None = 30.0,
        chooser: Callable[[], StoreChoice] | None = None,
        home: Path | None = None,
        ask: Ask | None = None,
        announce: Callable[[str], None] | None = None,
        unlocking: AbstractContextManager[object] | None = None,
    ) -> None:
        """Prepare to look for stores.

        Args:
            timeout: how many seconds one call to a store may take; None for as long as it wants.
            chooser: what finds the store for new secrets; None for the user's choice, or the best there is.
            home: our own folder.
            ask: asked for the passphrase of a vault; None when nobody sits in front of this program.
            announce: called with a sentence when a store has not answered for a moment.
            unlocking: the lock of the threads that want a vault unlocked, of which one asks; None for one of its own.
        """
        self.announce = announce
        self.ask = ask
        self.turns: AbstractContextManager[object] = threading.Lock()
        """Held by who asks for a passphrase; others who want one wait for it, and for the answer."""
        self._refusals = 0
        self._paths = Paths(home or home_folder())
        self.settings = SettingsFile(self._paths.settings)
        self._timeout = timeout
        self._chooser = chooser or self._choose
        self._choice: StoreChoice | None = None
        self._found: dict[str | None, SecretStore] = {}
        self._limited: dict[str, TimeLimitedStore] = {}

    @cached_property
    def vaults(self) -> Vaults:
        """The vaults; what they are made of is imported when there is one."""
        from ionapi_tui.secret_stores.vault.vaults import Vaults

        return Vaults(self._paths)

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
        key = None if key is None else canonical_key(key)
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
        if self._timeout is None:
            return store
        return self._limited.setdefault(store.key, TimeLimitedStore(store, self._timeout, self._announced))

    def look_again(self) -> StoreChoice:
        """Forget what was found, because something was started or installed since; return the new choice."""
        self._choice = None
        self._found.clear()
        self._limited.clear()
        return self.choice

    def use(self, key: str | None) -> StoreChoice:
        """Let new secrets go to the store of that key; None leaves the choice to this program.

        Raises:
            StoreMissing: it may not, or cannot, be used now.
            RegistryError: the choice cannot be kept.
        """
        key = None if key is None else canonical_key(key)
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
        from ionapi_tui.secret_stores.vault.errors import VaultLocked
        from ionapi_tui.secret_stores.vault.unlocking import unlock

        refusals = self._refusals
        # Many threads may want the same vault at once; somebody is asked once, and one "no" is for all of them.
        with self.turns:
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


_MOMENT: Final = 2.0
"""Seconds after which somebody should read what is waited for."""


class TimeLimitedStore:
    """A store whose calls are given up after some seconds.

    A call that is given up goes on in its thread, because nobody can stop a library that waits for a window. Until it
    comes back no other call is begun: each would only open one more window.
    """

    def __init__(
        self, store: SecretStore, seconds: float, announce: Callable[[str], None] = lambda _sentence: None
    ) -> None:
        """Limit the calls of ``store``.

        Args:
            store: what does the work.
            seconds: how long one call may take.
            announce: called with what is waited for when a call takes more than a moment.
        """
        self._announce = announce
        self._store = store
        self._seconds = seconds
        self._given_up: threading.Thread | None = None

    @property
    def key(self) -> str:
        """What a profile remembers of the store."""
        return self._store.key

    @property
    def label(self) -> str:
        """The store's name for people."""
        return self._store.label

    def locked(self) -> bool | None:
        """Return whether the store waits for a password, without asking for it; None when nobody can tell."""
        return self._store.locked()

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None when there is none."""
        return self._within(lambda: self._store.get(item))

    def set(self, item: str, secret: Secret) -> None:
        """Keep ``secret`` under ``item``, in place of what was there."""
        self._within(lambda: self._store.set(item, secret))

    def delete(self, item: str) -> None:
        """Remove ``item``; fine when there is none."""
        self._within(lambda: self._store.delete(item))

    def _within(self, call: Callable[[], T]) -> T:
        """Return what ``call`` returns, or raise what it raises.

        Raises:
            StoreLocked: it takes too long, or an earlier one has still not come back.
        """
        if self._given_up is not None and self._given_up.is_alive():
            raise self._too_long()
        answers: list[T] = []
        failures: list[BaseException] = []
        given_up = threading.Event()

        def run() -> None:
            try:
                answers.append(call())
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                if not given_up.is_set():
                    failures.append(error)

        thread = threading.Thread(target=run, name="store", daemon=True)
        thread.start()
        thread.join(min(_MOMENT, self._seconds))
        if thread.is_alive() and self._seconds > _MOMENT:
            self._announce(self._waiting())
            thread.join(self._seconds - _MOMENT)
        if thread.is_alive():
            given_up.set()
            self._given_up = thread
            raise self._too_long()
        if failures:
            raise failures.pop()
        return answers[0]

    def _waiting(self) -> str:
        sentence = _("Waiting for {store}. If a window of your desktop asks for its password, enter it there.")
        return sentence.format(store=self.label)

    def _too_long(self) -> StoreLocked:
        sentence = _(
            "{store} has not answered within {seconds:g} seconds. It probably waits for its password in a window of "
            "your desktop: enter it there, or unlock the store, and try again."
        )
        return StoreLocked(sentence.format(store=self.label, seconds=self._seconds))
