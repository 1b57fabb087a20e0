"""The state of every store of this machine, and the profiles whose secrets it contains."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.language import _
from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.secret_store import SecretStore
from ionapi_tui.secret_stores.backends import KNOWN, label_of, load, store_of
from ionapi_tui.secret_stores.keyring_store import VAULT
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.secret_stores.unlock_advice import how_to_unlock


class State(StrEnum):
    """The state of a store."""

    READY = "ready"
    LOCKED = "locked"
    UNAVAILABLE = "away"
    """It cannot be used at the moment; its secrets are not lost."""
    UNKNOWN = "unknown"
    """It is available; whether it is locked is unknown."""


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """One store."""

    key: str
    label: str
    state: State
    detail: str
    """Why it is not available, or how to unlock it where nothing asks for its password; empty otherwise."""
    profiles: tuple[str, ...]
    """The names of the profiles whose secrets it contains."""
    in_use: bool
    """Whether it is the store for new secrets."""

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape of one store in ``store --json``."""
        return {
            "key": self.key,
            "label": self.label,
            "state": self.state.value,
            "detail": self.detail,
            "profiles": list(self.profiles),
            "in_use": self.in_use,
        }


def state_words(state: State) -> str:
    """Return the translated name of a state."""
    return {
        State.READY: _("ready"),
        State.LOCKED: _("locked"),
        State.UNAVAILABLE: _("not available"),
        State.UNKNOWN: _("ready, or asks for a password"),
    }[state]


def overview(stores: Stores, profiles: Iterable[Profile]) -> tuple[StoreStatus, ...]:
    """Return the status of every store without prompting: the one in use, those with profiles, then the others."""
    listed = tuple(profiles)
    used = stores.choice.store.key if stores.choice.store else None
    mine = [*([used] if used else []), *(profile.store for profile in listed)]
    others = [one.key for one in KNOWN if sys.platform.startswith(one.platforms)]
    statuses = []
    for key in dict.fromkeys([*mine, VAULT, *others]):
        names = tuple(profile.name for profile in listed if profile.store == key)
        store, why = _found(stores, key)
        state = _state(store)
        if store is not None and state is State.LOCKED:
            why = how_to_unlock(store.label)
        statuses.append(StoreStatus(key, store.label if store else label_of(key), state, why, names, key == used))
    return tuple(statuses)


def _found(stores: Stores, key: str) -> tuple[SecretStore | None, str]:
    """Return the store of a key, or None and the reason."""
    known = next((one for one in KNOWN if one.key == key), None)
    try:
        if known is None or (stores.choice.store and stores.choice.store.key == key):
            return stores.find(key), ""
    except StoreError as error:
        if key == VAULT and not stores.vaults.of(VAULT).exists():
            return None, _("none exists yet; “ionapi-tui store use vault” creates one")
        return None, str(error)
    backend = load(known.backend)
    return (None, backend) if isinstance(backend, str) else (store_of(backend), "")


def _state(store: SecretStore | None) -> State:
    if store is None:
        return State.UNAVAILABLE
    locked = store.locked()
    return State.UNKNOWN if locked is None else State.LOCKED if locked else State.READY
