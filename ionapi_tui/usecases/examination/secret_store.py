"""The secret store: which one it is, whether it is unlocked, and whether what is written can be read back."""

from __future__ import annotations

import secrets

from ionapi_tui.base.errors import IonApiError, StoreLocked, StoreMissing
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import Secret
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.secret_store import SecretStore
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.keyring_store import is_vault
from ionapi_tui.secret_stores.overview import State, StoreStatus, overview
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.secret_stores.unlock_advice import how_to_open
from ionapi_tui.usecases.examination.probe import Probe, Status, Surroundings


def choice(machine: Surroundings) -> Probe:
    """Check which store new secrets go to."""
    title = _("Password store")
    chosen = machine.stores.choice
    if chosen.store is None:
        fix = _("Run “ionapi-tui store” to see why; “ionapi-tui store use vault” creates one that works everywhere.")
        named = _("the one that was named cannot be used") if chosen.named else _("there is none that may be used")
        return Probe("store", title, Status.ERROR, named, fix)
    return Probe("store", title, Status.OK, name_of(chosen.store))


def round_trip(machine: Surroundings) -> Probe:
    """Write a throw-away item, read it back, and remove it.

    No window is opened for a password; at a terminal the passphrase of a vault is asked for.
    """
    title = _("Writing to the password store and reading back")
    store = machine.stores.choice.store
    if store is None:
        return Probe("round-trip", title, Status.SKIPPED, _("there is no password store"))
    if store.locked() and not is_vault(store.key):
        detail = _("the password store is locked")
        return Probe("round-trip", title, Status.WARNING, detail, how_to_open(store.label))
    try:
        equal = _tried(machine.stores.open(None))
    except StoreLocked:
        detail = _("the password store is locked, or did not answer in time")
        return Probe("round-trip", title, Status.WARNING, detail, _how_to_unlock(store))
    except StoreMissing:
        return Probe(
            "round-trip",
            title,
            Status.ERROR,
            _("the password store is no longer available"),
            _("Start it and try again."),
        )
    except IonApiError:
        fix = _("Run “ionapi-tui store”; the log of the password store has its error message.")
        return Probe("round-trip", title, Status.ERROR, _("the password store answered with an error"), fix)
    if not equal:
        fix = _("Use another password store: “ionapi-tui store use vault”.")
        return Probe("round-trip", title, Status.ERROR, _("it did not return what was written"), fix)
    return Probe("round-trip", title, Status.OK, _("written, read back, compared and removed"))


def profiles(machine: Surroundings) -> Probe:
    """Check that the stores of all profiles are available."""
    title = _("Password stores of the profiles")
    try:
        listed = Registry(machine.paths.registry).load().profiles
    except IonApiError:
        return Probe("stores", title, Status.SKIPPED, _("the list of profiles cannot be read"))
    seen = [one for one in overview(machine.stores, listed) if one.profiles]
    summary = "; ".join(f"{name_of(one)}: {n_('{n} profile', '{n} profiles', len(one.profiles))}" for one in seen)
    away = [one for one in seen if one.state is State.UNAVAILABLE]
    if away:
        count = sum(len(one.profiles) for one in away)
        detail = n_(
            "the password store of {n} profile is not available",
            "the password stores of {n} profiles are not available",
            count,
        )
        fix = _("Connect its drive, start it, or select it again. The profiles are not lost.")
        return Probe("stores", title, Status.WARNING, f"{detail} ({_kinds(away)})", fix)
    return Probe("stores", title, Status.OK, summary or _("there are no profiles"))


def addresses(machine: Surroundings) -> Probe:
    """Check that every profile is listed as its secret was stored; stores that are locked are not opened."""
    title = _("Addresses of the profiles")
    stores = machine.stores
    listed = ProfileStore(Registry(machine.paths.registry), stores.open, machine.paths.lock, machine.now)
    try:
        found = listed.survey(lambda key: _is_open(stores, key))
    except IonApiError:
        return Probe("addresses", title, Status.SKIPPED, _("the list of profiles cannot be read"))
    if found.differing:
        detail = n_(
            "{n} profile was changed outside ionapi-tui",
            "{n} profiles were changed outside ionapi-tui",
            len(found.differing),
        )
        fix = _("“ionapi-tui store restore” shows every change and restores what was stored.")
        return Probe("addresses", title, Status.ERROR, detail, fix)
    if not (found.bound or found.unbound or found.unread):
        return Probe("addresses", title, Status.OK, _("there are no profiles"))
    compared = n_("{n} profile compared", "{n} profiles compared", len(found.bound))
    unread = len(found.unread) - len(found.missing)
    if found.missing:
        detail = n_(
            "the password store no longer contains the secret of {n} profile",
            "the password stores no longer contain the secrets of {n} profiles",
            len(found.missing),
        )
        fix = _("Import the file again with --replace, or remove the profile. “ionapi-tui verify --all” names it.")
        return Probe("addresses", title, Status.ERROR, f"{compared}; {detail}", fix)
    if unread:
        compared += "; " + n_(
            "{n} not checked, because its password store is locked or not available",
            "{n} not checked, because their password stores are locked or not available",
            unread,
        )
    if found.unbound:
        detail = n_("{n} not bound to its addresses yet", "{n} not bound to their addresses yet", len(found.unbound))
        fix = _(
            "Run “ionapi-tui verify --all” once: profiles that work are bound. “ionapi-tui store restore” lists the "
            "others."
        )
        return Probe("addresses", title, Status.WARNING, f"{compared}; {detail}", fix)
    return Probe("addresses", title, Status.SKIPPED if found.unread else Status.OK, compared)


def _how_to_unlock(store: SecretStore) -> str:
    """Return what to do about a store that stayed locked; for a vault no window asks."""
    if is_vault(store.key):
        from ionapi_tui.secret_stores.vault.unlocking import how_to_unlock_vault

        return how_to_unlock_vault()
    return _("Unlock it, or answer the window that asks for its password, and try again.")


def _is_open(stores: Stores, key: str) -> bool:
    try:
        return stores.find(key).locked() is not True
    except IonApiError:
        return False


def _kinds(seen: list[StoreStatus]) -> str:
    return ", ".join(sorted({name_of(one) for one in seen}))


def name_of(store: SecretStore | StoreStatus) -> str:
    """Return a store's name; a vault's file may be called after a customer, so it stays out of the report."""
    return _("KeePass vault") if is_vault(store.key) else store.label


def _tried(store: SecretStore) -> bool:
    item, secret = f"doctor-{secrets.token_hex(8)}", Secret(secrets.token_urlsafe(32))
    try:
        store.set(item, secret)
        return store.get(item) == secret
    finally:
        store.delete(item)
