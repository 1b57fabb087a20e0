"""The stores of this machine: opened once, unlocked once, each call limited in time."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from ionapi_tui.base.errors import RegistryError, StoreError, StoreLocked, StoreMissing
from ionapi_tui.base.language import _, decimal
from ionapi_tui.base.paths import Paths, home_folder
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.choose import SettingsFile, StoreChoice, choose, name_of, open_store
from ionapi_tui.secret_stores.keyring_store import VAULT, canonical_key, is_vault

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.secret_stores.vault.unlocking import Agree, Ask, Question
    from ionapi_tui.secret_stores.vault.vaults import Vaults


T = TypeVar("T")


class Stores:
    """The stores of this machine. Each is opened on first use and then kept."""

    def __init__(
        self,
        timeout: float | None = 30.0,
        chooser: Callable[[], StoreChoice] | None = None,
        home: Path | None = None,
        ask: Ask | None = None,
        announce: Callable[[str], None] | None = None,
        unlocking: AbstractContextManager[object] | None = None,
    ) -> None:
        """Configure; no store is opened.

        Args:
            timeout: the limit of one call to a store in seconds; None for no limit.
            chooser: chooses the store for new secrets; None for the user's choice, else the best available.
            home: the program's own folder.
            ask: prompts for the passphrase of a vault; None if the program is unattended.
            announce: called with a message when a store does not respond at once.
            unlocking: the lock that threads take to unlock a vault, so that only one prompts; None for a new one.
        """
        self.announce = announce
        self.ask = ask
        self.agree: Agree | None = None
        """Called when a vault that was opened can be made stronger."""
        self.unlocked: Callable[[], None] | None = None
        """Called after a vault was unlocked."""
        self._unlocking, self._refusals = unlocking or threading.Lock(), 0
        self._paths = Paths(home or home_folder())
        self.settings = SettingsFile(self._paths.settings)
        self._timeout = timeout
        self._chooser = chooser or self._choose
        self._choice: StoreChoice | None = None
        self._found: dict[str | None, SecretStore] = {}
        self._limited: dict[str, TimeLimitedStore] = {}

    @cached_property
    def vaults(self) -> Vaults:
        """The vaults; their libraries are imported on first use."""
        from ionapi_tui.secret_stores.vault.vaults import Vaults

        return Vaults(self._paths)

    @property
    def choice(self) -> StoreChoice:
        """The store for new secrets, with the reason."""
        if self._choice is None:
            choice = self._chooser()
            if choice.store is not None and is_vault(choice.store.key):
                # Use the object that ``vaults`` unlocks.
                choice = replace(choice, store=self.vaults.store(choice.store.key))
            self._choice = choice
        return self._choice

    def find(self, key: str | None) -> SecretStore:
        """Return the store with that key (None: of new secrets), locked or not. Nothing prompts.

        Raises:
            StoreMissing: it is not available, or may not be used.
            RegistryError: the user's choice cannot be read.
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

    def name_of(self, key: str) -> str:
        """Return the name of the store with that key for ``store use``: ``keyring`` for the automatic choice."""
        automatic = choose()
        if automatic.store is not None and automatic.store.key == key:
            return "keyring"
        return name_of(key)

    def label_of(self, key: str) -> str:
        """Return the display name of a store: of the one in use its own, of another one what is known of its kind."""
        from ionapi_tui.secret_stores.backends import label_of

        store = self.choice.store
        return store.label if store is not None and store.key == key else label_of(key)

    def unavailable(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of ``keys`` whose store is not available. Nothing prompts for a password."""
        return frozenset(key for key in keys if not self._is_here(key))

    def open(self, key: str | None) -> SecretStore:
        """Return the store with that key (None: of new secrets). A locked vault is unlocked first.

        Raises:
            StoreMissing: it is not available, or may not be used.
            StoreLocked: it is a vault, and nobody entered its passphrase.
        """
        store = self.find(key)
        if is_vault(store.key):
            self._unlock(store.key)
            return store
        if self._timeout is None:
            return store
        return self._limited.setdefault(store.key, TimeLimitedStore(store, self._timeout, self._announced))

    def refresh(self) -> StoreChoice:
        """Discard all opened stores, for example after a program was started; return the new choice."""
        self._choice = None
        self._found.clear()
        self._limited.clear()
        return self.choice

    def use(self, key: str | None) -> StoreChoice:
        """Use the store with that key for new secrets; None for the automatic choice.

        Raises:
            StoreMissing: it is not available, or may not be used.
            RegistryError: the choice cannot be saved.
        """
        key = None if key is None else canonical_key(key)
        before = self.settings.load()
        settings = before.using(key)
        if key is not None and not is_vault(key):
            open_store(key, StoreChoice(None, ""), settings.known, is_chosen=True)
        elif key is not None:
            self.vaults.of(key).check()
        self.settings.save(settings)
        choice = self.refresh()
        if key is None and choice.store is None and not choice.named:
            # What was chosen before still works.
            self.settings.save(before)
            self.refresh()
            raise StoreMissing(f"{choice.reason} {_('Nothing was changed.')}")
        return choice

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
        with self._unlocking:
            ask = self._asked if self._refusals == refusals else None
            vault = self.vaults.of(key)
            was_locked = vault.locked
            try:
                unlock(vault, ask or (lambda _question: None), agree=self.agree)
            except VaultLocked:
                self._refusals += 1
                raise
            if was_locked and self.unlocked is not None:
                self.unlocked()

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
    """Return the key of the store that a user calls ``name``; None for the automatic choice.

    Args:
        name: ``vault``, the path of a ``.kdbx`` file, ``keyring``, ``pass``, the key of a store, or the full name of a
            keyring backend's class.
        vaults: the vaults of this machine.

    Raises:
        StoreMissing: the name is none of these; the message lists the stores that are available.
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
    backend = name.removeprefix("keyring:")
    if known is None and "." not in backend:
        sentence = _(
            "There is no password store {name}. Available on this computer: {stores}. The path of a .kdbx file and the"
            " full class name of a keyring backend are possible too. Nothing was changed."
        )
        raise StoreMissing(sentence.format(name=safe(name, 80), stores=", ".join(_available_names())))
    return known or f"keyring:{backend}"


def _available_names() -> Iterator[str]:
    """Yield the names of the stores that can be used on this computer, the vault first, which can always be made."""
    from ionapi_tui.secret_stores.backends import KNOWN, PASS_BACKEND, load

    yield "vault"
    usable = (one for one in KNOWN if sys.platform.startswith(one.platforms))
    if any(not isinstance(load(one.backend), str) for one in usable):
        yield "keyring"
    if not isinstance(load(PASS_BACKEND), str):
        yield "pass"


_NOTICE_SECONDS: Final = 2.0
"""Seconds without a response after which ``announce`` is called."""


class TimeLimitedStore:
    """A store whose calls are limited in time.

    A call that exceeds the limit continues in its thread, because a library that waits for a password prompt cannot be
    stopped. No other call is started until it returns: each would open another prompt.
    """

    def __init__(
        self, store: SecretStore, seconds: float, announce: Callable[[str], None] = lambda _sentence: None
    ) -> None:
        """Limit the calls of ``store``.

        Args:
            store: the store itself.
            seconds: the limit of one call.
            announce: called with a message when a call does not return at once.
        """
        self._announce = announce
        self._store = store
        self._seconds = seconds
        self._abandoned: threading.Thread | None = None

    @property
    def key(self) -> str:
        """Identifies the store in a profile."""
        return self._store.key

    @property
    def label(self) -> str:
        """The display name."""
        return self._store.label

    def locked(self) -> bool | None:
        """Return whether the store is locked, without prompting; None if unknown."""
        return self._store.locked()

    def connected(self) -> AbstractContextManager[None]:
        """Keep one connection open within the block, for many calls in a row."""
        return self._store.connected()

    def read_ahead(self, items: Iterable[str]) -> dict[str, Secret]:
        """Return the secrets of those of ``items`` that the store sends in one reply; the others have to be read."""
        return self._within(lambda: self._store.read_ahead(items))

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None if there is none."""
        return self._within(lambda: self._store.get(item))

    def set(self, item: str, secret: Secret) -> None:
        """Store ``secret`` under ``item``, replacing the previous one."""
        self._within(lambda: self._store.set(item, secret))

    def delete(self, item: str) -> None:
        """Delete ``item``, if it exists."""
        self._within(lambda: self._store.delete(item))

    def _within(self, call: Callable[[], T]) -> T:
        """Return the result of ``call``, or raise its error.

        Raises:
            StoreLocked: it exceeds the limit, or an earlier one has not returned yet.
        """
        if self._abandoned is not None and self._abandoned.is_alive():
            raise self._too_long()
        results: list[T] = []
        failures: list[BaseException] = []
        abandoned = threading.Event()

        def run() -> None:
            try:
                results.append(call())
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                if not abandoned.is_set():
                    failures.append(error)

        thread = threading.Thread(target=run, name="store", daemon=True)
        thread.start()
        thread.join(min(_NOTICE_SECONDS, self._seconds))
        if thread.is_alive() and self._seconds > _NOTICE_SECONDS:
            self._announce(self._waiting())
            thread.join(self._seconds - _NOTICE_SECONDS)
        if thread.is_alive():
            abandoned.set()
            self._abandoned = thread
            raise self._too_long()
        if failures:
            raise failures.pop()
        return results[0]

    def _waiting(self) -> str:
        sentence = _("Waiting for {store}. If a window of your desktop asks for its password, enter it there.")
        return sentence.format(store=self.label)

    def _too_long(self) -> StoreLocked:
        sentence = _(
            "{store} has not answered within {seconds} seconds. It is probably waiting for its password in a "
            "window of your desktop: enter it there, or unlock the password store, and try again."
        )
        from ionapi_tui.secret_stores.unlock_advice import how_to_unlock

        advice = how_to_unlock(self.label)
        if advice:
            sentence = _("{store} has not answered within {seconds} seconds: it is waiting for its password.")
        told = sentence.format(store=self.label, seconds=decimal(self._seconds, "g"))
        return StoreLocked(f"{told} {advice}".strip())
