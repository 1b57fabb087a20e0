"""Moving profiles from one secret store to another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import NoSuchProfile
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.lock import ProcessLock
from ionapi_tui.profile_store import write_ahead
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import random_id

if TYPE_CHECKING:
    from ionapi_tui.profile_store.secret_store import SecretStore


class Mover:
    """Moves profiles, one at a time; each is in one place or the other, whatever moment it is interrupted."""

    def __init__(
        self,
        registry: Registry,
        open_store: Callable[[str | None], SecretStore],
        lock: ProcessLock,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        """Put the parts together; they are those of the ``ProfileStore``.

        Args:
            registry: ``profiles.json``.
            open_store: returns the store of a key; may wait for a password.
            lock: what every writing process takes.
            new_id: returns an id that no profile ever had.
        """
        self._registry = registry
        self._open_store = open_store
        self._lock = lock
        self._new_id = new_id

    def move(self, name: str, key: str) -> Profile:
        """Move the secrets of a profile; return the profile once they have been read back and found equal.

        Args:
            name: the profile.
            key: the key of the store they shall be in.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: a store or the registry failed; the secrets are where they were then.
        """
        # Both may wait for a password, for as long as nobody else has to wait for the lock.
        self._open_store(self._named(name).store)
        target = self._open_store(key)
        with self._lock.held():
            contents = self._registry.load()
            old = self._named(name)
            if old.store == key:
                return old
            new = dataclasses.replace(old, id=self._new_id(), store=key)
            write_ahead.move(self._registry, contents, (self._open_store(old.store), target), old, new)
            return new

    def _named(self, name: str) -> Profile:
        profile = self._registry.load().named(name)
        if profile is None:
            raise NoSuchProfile(_("There is no profile {name}.").format(name=safe(name, 80)))
        return profile
