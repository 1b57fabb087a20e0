"""Changes with a write-ahead log, so that no crash loses a profile or leaves an unknown secret behind.

An intent is recorded in the registry before the secret store is changed, and removed afterwards; ``recovery`` handles
those that remain after a crash. The caller holds the lock throughout.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import StoreError, StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.registry import Action, Contents, Intent, Registry, token_item

if TYPE_CHECKING:
    from ionapi_tui.profile_store.secret_store import SecretStore


def add(registry: Registry, contents: Contents, store: SecretStore, profile: Profile, secret: Secret) -> None:
    """Store a new profile: record the intent, write the secret, read it back, list the profile.

    Raises:
        StoreError: nothing has changed, or ``recovery`` will undo it.
    """
    _write_secret(registry, contents, store, Intent(Action.ADD, profile), secret, contents.put(profile))


def replace(
    registry: Registry, contents: Contents, store: SecretStore, old: Profile, new: Profile, secret: Secret
) -> None:
    """Replace ``old`` by ``new``: record the intent, write the secret, read it back, list ``new``, delete the old one.

    Raises:
        StoreError: the old profile is unchanged, or ``recovery`` will undo the rest.
    """
    forget = Intent(Action.FORGET, old)
    switched = contents.put(new, instead_of=old).intending(forget)
    _write_secret(registry, contents, store, Intent(Action.REPLACE, new), secret, switched)
    # The new credentials are stored and listed: a failure from here on is left to the next start.
    with suppress(StoreError):
        delete_items(store, old)
        registry.save(switched.settled(forget))


def remove(registry: Registry, contents: Contents, store: SecretStore, profile: Profile) -> None:
    """Remove a profile: record the intent, delete the secret, remove the profile from the list.

    Raises:
        StoreError: the profile is unchanged; or its secret is deleted already, and ``recovery`` will remove it from the
            list.
    """
    # Read from the store first: if its password is refused, nothing has been changed yet.
    store.get(profile.id)
    intent = Intent(Action.REMOVE, profile)
    registry.save(contents.intending(intent))
    try:
        delete_items(store, profile)
    except StoreError:
        with suppress(StoreError):
            if store.get(profile.id) is not None:
                registry.save(contents)
        raise
    registry.save(contents.without(profile))


def move(
    registry: Registry, contents: Contents, stores: tuple[SecretStore, SecretStore], old: Profile, new: Profile
) -> None:
    """Replace ``old`` by ``new``, which has another id and another store.

    The intent is recorded, the secret written and read back, ``new`` listed, and the secret deleted from the old store.
    As the id differs, the deleted item is never the written one, even if two keys identify the same store.

    Args:
        registry: the list.
        contents: its content.
        stores: the stores of ``old`` and ``new``.
        old: the listed profile.
        new: the same with another id and another store.

    Raises:
        StoreError: the profile is unchanged, or ``recovery`` will undo the rest.
    """
    source, target = stores
    secret = source.get(old.id)
    if secret is None:
        sentence = _("{store} no longer contains the secret of {name}, so it cannot be moved.")
        raise StoreFailed(sentence.format(store=source.label, name=old.name))
    leave = Intent(Action.LEAVE, old)
    switched = contents.put(new, instead_of=old).intending(leave)
    _write_secret(registry, contents, target, Intent(Action.MOVE, new), secret, switched)
    # The secret is stored and listed in the new store: a failure from here on is left to the next start.
    with suppress(StoreError):
        token = source.get(token_item(old.id))
        if token is not None:
            target.set(token_item(new.id), token)
        delete_items(source, old)
        registry.save(switched.settled(leave))


def delete_items(store: SecretStore, profile: Profile) -> None:
    """Delete all items of ``profile`` from the store, the secret last.

    Raises:
        StoreError: the store is locked, not available, or failed.
    """
    store.delete(token_item(profile.id))
    store.delete(profile.id)


def _write_secret(
    registry: Registry, contents: Contents, store: SecretStore, intent: Intent, secret: Secret, listed: Contents
) -> None:
    """Write the secret of the profile in ``intent``, then the contents ``listed``; undo both if one fails."""
    item = intent.profile.id
    # Read from the store first: if its password is refused, nothing has been changed yet.
    store.get(item)
    registry.save(contents.intending(intent))
    try:
        store.set(item, secret)
        if store.get(item) != secret:
            sentence = _("{store} did not return what was written to it. Nothing has been stored.")
            raise StoreFailed(sentence.format(store=store.label))
        registry.save(listed)
    except StoreError:
        with suppress(StoreError):
            store.delete(item)
            registry.save(contents)
        raise
