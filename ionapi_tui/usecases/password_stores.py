"""Making the vault of this program, and moving profiles to another password store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError, NoSuchProfile, StoreLocked
from ionapi_tui.domain.profile import Profile
from ionapi_tui.secret_stores.keyring_store import VAULT

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.profile_store.store import ProfileStore
    from ionapi_tui.secret_stores.choose import StoreChoice
    from ionapi_tui.secret_stores.stores import Stores


def make_vault(stores: Stores, passphrase: Secret | None, key: str = VAULT) -> StoreChoice:
    """Use a vault for new secrets, and create its file first if there is none.

    Args:
        stores: the stores of this computer.
        passphrase: of a vault that is created; None if there is one.
        key: of the vault; by default the one in the program's own folder.

    Returns:
        The store for new secrets, which is another one if the environment names it.

    Raises:
        UsageError: the passphrase is too short.
        StoreError: the file cannot be created, or the choice cannot be saved.
    """
    vault = stores.vaults.of(key)
    if passphrase is not None and not vault.exists():
        vault.create(passphrase)
    return stores.use(key)


@dataclass(frozen=True)
class Stayed:
    """A profile that was not moved."""

    profile: Profile
    error: IonApiError
    """Why not."""


@dataclass(frozen=True)
class Moved:
    """The outcome of moving profiles."""

    moved: tuple[Profile, ...]
    """Those whose secrets were written to the other store and read back."""
    stayed: tuple[Stayed, ...]


def stored_elsewhere(profiles: Iterable[Profile], key: str) -> tuple[Profile, ...]:
    """Return those of ``profiles`` whose secrets are not in the store with that key."""
    return tuple(profile for profile in profiles if profile.store != key)


def move_all(profiles: ProfileStore, chosen: Iterable[Profile], store: SecretStore) -> Moved:
    """Move the secrets of ``chosen`` to ``store``, each as ``ProfileStore.move`` does. May wait for a password.

    One that cannot be moved does not keep the others, except that a store which stays locked is asked only once. A
    profile that is gone since it was chosen is skipped.

    Args:
        profiles: the list of profiles.
        chosen: those to move.
        store: an open store.
    """
    moved, stayed = [], []
    locked: dict[str, StoreLocked] = {}
    for profile in chosen:
        if profile.store in locked:
            stayed.append(Stayed(profile, locked[profile.store]))
            continue
        try:
            moved.append(profiles.move(profile.name, store.key))
        except NoSuchProfile:
            continue
        except IonApiError as error:
            stayed.append(Stayed(profile, error))
            if isinstance(error, StoreLocked):
                locked[profile.store] = error
    return Moved(tuple(moved), tuple(stayed))
