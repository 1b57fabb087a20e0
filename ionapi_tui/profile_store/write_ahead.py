"""The order of writes, so that no instant of failure loses a profile or forgets where a secret is.

Each change is written down in the registry before the secret store is touched, and crossed out after; ``recovery``
reads those notes. The caller holds the lock throughout.
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
    """Store a new profile: intent, secret, read back, listed.

    Raises:
        StoreError: nothing has changed, or ``recovery`` will undo it.
    """
    _write_secret(registry, contents, store, Intent(Action.ADD, profile), secret, contents.put(profile))


def replace(
    registry: Registry, contents: Contents, store: SecretStore, old: Profile, new: Profile, secret: Secret
) -> None:
    """Put ``new`` in place of ``old``: intent, secret, read back, switched, old secret removed.

    Raises:
        StoreError: the old profile is as it was, or ``recovery`` will undo the rest.
    """
    forget = Intent(Action.FORGET, old)
    switched = contents.put(new, instead_of=old).intending(forget)
    _write_secret(registry, contents, store, Intent(Action.REPLACE, new), secret, switched)
    # The new credentials are stored and listed: what fails from here on is left to the next start.
    with suppress(StoreError):
        delete_items(store, old)
        registry.save(switched.settled(forget))


def remove(registry: Registry, contents: Contents, store: SecretStore, profile: Profile) -> None:
    """Remove a profile: intent, secret, no longer listed.

    Raises:
        StoreError: the profile is as it was; or it is gone from the store already, and ``recovery`` will take it off
            the list.
    """
    # Ask the store for something first: a refused password then leaves no traces.
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
    """Put ``new``, which has another id and another store, in place of ``old``: intent, secret, read back, switched,
    removed where it was.

    The other id makes it safe that two keys stand for the same store: what is removed is never what was written.

    Args:
        registry: the list.
        contents: what it holds.
        stores: the one of ``old`` and the one of ``new``.
        old: the profile as it is listed.
        new: the same with another id and another store.

    Raises:
        StoreError: the profile is where it was, or ``recovery`` will undo the rest.
    """
    source, target = stores
    secret = source.get(old.id)
    if secret is None:
        sentence = _("{store} does not hold the secret of {name} any more, so it cannot be moved.")
        raise StoreFailed(sentence.format(store=source.label, name=old.name))
    leave = Intent(Action.LEAVE, old)
    switched = contents.put(new, instead_of=old).intending(leave)
    _write_secret(registry, contents, target, Intent(Action.MOVE, new), secret, switched)
    # The secret is in its new place and listed there: what fails from here on is left to the next start.
    with suppress(StoreError):
        token = source.get(token_item(old.id))
        if token is not None:
            target.set(token_item(new.id), token)
        delete_items(source, old)
        registry.save(switched.settled(leave))


def delete_items(store: SecretStore, profile: Profile) -> None:
    """Remove everything the store holds of ``profile``, the secret last.

    Raises:
        StoreError: the store is missing or locked, or failed.
    """
    store.delete(token_item(profile.id))
    store.delete(profile.id)


def _write_secret(
    registry: Registry, contents: Contents, store: SecretStore, intent: Intent, secret: Secret, listed: Contents
) -> None:
    """Write the secret of the profile in ``intent``, then the contents ``listed``; undo both when one fails."""
    item = intent.profile.id
    # Ask the store for something first: a refused password then leaves no traces.
    store.get(item)
    registry.save(contents.intending(intent))
    try:
        store.set(item, secret)
        if store.get(item) != secret:
            sentence = _("{store} did not give back what was written to it. Nothing has been stored.")
            raise StoreFailed(sentence.format(store=store.label))
        registry.save(listed)
    except StoreError:
        with suppress(StoreError):
            store.delete(item)
            registry.save(contents)
        raise
