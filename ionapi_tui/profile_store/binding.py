"""What a secret belongs to: its addresses, tenant, client ID, confirmed hosts and profile name, kept in its own item.

``profiles.json`` is a plain file: whoever can write it decides where a secret would be sent. Therefore the item of the
secret holds the values that were stored with it, and they are compared whenever the secret is handed out. The values
are not secret; they are kept in full, not as a digest, so that a difference can be named and undone.

A change that is wanted (a new name, a confirmed host) first lets the item accept both values, then changes the list,
then leaves the new value alone: a crash between them leaves an item that accepts what is listed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import BINDING_KEY, label_of
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.profile import BOUND_KEYS, Profile

if TYPE_CHECKING:
    from ionapi_tui.profile_store.registry import Contents
    from ionapi_tui.profile_store.secret_store import SecretStore

_MOST_NAMED = 2
"""The most changes that a sentence names with both values; ``Difference.changes`` has all of them."""
_LONGEST = 60
"""The maximum length of a value in a sentence, in characters."""


@dataclass(frozen=True)
class Change:
    """One value that is not the one the secret was stored with."""

    key: str
    """The key of the file, ``name`` or ``hosts``."""
    label: str
    """What people call it, translated."""
    stored: str
    """The value in the item of the secret; empty if there was none."""
    listed: str
    """The value in the list of profiles; empty if there is none."""


@dataclass(frozen=True)
class Difference:
    """A profile that is not listed as its secret was stored."""

    listed: Profile
    """The profile by the list."""
    stored: Profile
    """The same by the item of its secret: what the list would be restored to."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs, in the order of the fields of a file."""
        listed, stored = self.listed.binding, self.stored.binding
        keys = ("name", *BOUND_KEYS, "hosts")
        changed = (key for key in keys if listed.get(key) != stored.get(key) or (key in listed) != (key in stored))
        return tuple(Change(key, _label(key), _shown(stored.get(key)), _shown(listed.get(key))) for key in changed)


class AddressesChanged(StoreError):
    """A profile is not listed as its secret was stored, so the secret was not handed out and nothing was sent."""

    def __init__(self, difference: Difference) -> None:
        finding = Finding(Code.ADDRESSES_CHANGED, None, _values(difference))
        super().__init__(f"{finding.message} {finding.fix}")
        self.finding = finding
        """What changed and how to undo it, as the screens and ``--json`` show it."""
        self.difference = difference


def sealed(secret: Secret, profile: Profile, *others: Profile) -> Secret:
    """Return the content of an item: ``secret`` bound to ``profile``.

    Args:
        secret: the JSON of the secret fields, bound already or not.
        profile: what it is bound to.
        others: the same profile with other values that are accepted as well, while it is changed.
    """
    document = json.loads(secret.reveal())
    first = profile.binding
    # Of the others only what differs: an item of some stores holds little.
    further = [{key: value for key, value in other.binding.items() if first.get(key) != value} for other in others]
    document[BINDING_KEY] = [first, *further]
    return Secret(json.dumps(document, separators=(",", ":"), ensure_ascii=False))


def bound_in(secret: Secret) -> tuple[Mapping[str, Any], ...]:
    """Return the values that an item accepts, the current ones first; empty if it was written before items were bound.

    What cannot be read as such values matches no profile.
    """
    try:
        document = json.loads(secret.reveal())
    except (ValueError, RecursionError):
        return ()
    if not isinstance(document, dict) or BINDING_KEY not in document:
        return ()
    kept = document[BINDING_KEY]
    if not isinstance(kept, list) or not kept or not all(isinstance(one, dict) for one in kept):
        return ({},)
    return (kept[0], *({**kept[0], **one} for one in kept[1:]))


def difference_of(profile: Profile, secret: Secret) -> Difference | None:
    """Return how ``profile`` differs from what its item accepts; None if it does not, or the item is not bound."""
    accepted = bound_in(secret)
    if not accepted or profile.binding in accepted:
        return None
    return Difference(profile, _as_stored(profile, accepted[0]))


def check(profile: Profile, secret: Secret) -> bool:
    """Make sure that ``profile`` is listed as its secret was stored; return whether the item is bound at all.

    Raises:
        AddressesChanged: it is not.
    """
    difference = difference_of(profile, secret)
    if difference is not None:
        raise AddressesChanged(difference)
    return bool(bound_in(secret))


class Rebinding:
    """The change of one profile: ``widen`` the item, save the list, ``narrow`` the item."""

    def __init__(self, store: SecretStore, old: Profile, new: Profile, *, lenient: bool = False) -> None:
        """Read the item.

        Args:
            store: holds it.
            old: the profile as it is listed.
            new: the profile as it is going to be listed.
            lenient: leave an item alone that does not belong to ``old``; it stays refused.

        Raises:
            AddressesChanged: ``old`` is not listed as its secret was stored.
            StoreError: the store is not available or locked, or failed.
        """
        secret = store.get(old.id)
        self._store, self._old, self._new, self._secret = store, old, new, secret
        self._is_bound = secret is not None and _is_bound(old, secret, lenient=lenient)

    def widen(self) -> None:
        """Let the item accept both."""
        if self._secret is not None and self._is_bound:
            self._store.set(self._old.id, sealed(self._secret, self._old, self._new))

    def narrow(self) -> None:
        """Let the item accept the new profile alone."""
        if self._secret is not None and self._is_bound:
            self._store.set(self._old.id, sealed(self._secret, self._new))


def restored(contents: Contents, differences: tuple[Difference, ...]) -> Contents:
    """Return a copy of the list in which ``differences`` are undone.

    Profiles whose ids were exchanged get their ids back; every other one gets the values of its item.
    """
    ids = {_key(one.stored): one.listed.id for one in differences}
    for one in differences:
        own = ids.get(_key(one.listed))
        mended = one.stored if own is None else replace(one.listed, id=own)
        swapped = tuple(mended if entry == one.listed else entry for entry in contents.profiles)
        contents = replace(contents, profiles=swapped)
    return contents


def _is_bound(profile: Profile, secret: Secret, *, lenient: bool) -> bool:
    if lenient and difference_of(profile, secret) is not None:
        return False
    return check(profile, secret)


def _as_stored(profile: Profile, stored: Mapping[str, Any]) -> Profile:
    public = {key: value for key, value in profile.public.items() if key not in BOUND_KEYS}
    public |= {key: stored[key] for key in BOUND_KEYS if key in stored}
    name, hosts = stored.get("name", profile.name), stored.get("hosts", ())
    return replace(profile, name=name, public=public, trusted_hosts=tuple(hosts))


def _key(profile: Profile) -> str:
    return json.dumps(profile.binding, sort_keys=True)


def _label(key: str) -> str:
    return {"name": _("Name"), "hosts": _("Confirmed hosts")}.get(key) or label_of(key)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return safe(", ".join(map(str, value)) if isinstance(value, list) else value, 200)


def _values(difference: Difference) -> dict[str, str]:
    changes = difference.changes
    named = "; ".join(_in_words(change) for change in changes[:_MOST_NAMED])
    more = len(changes) - _MOST_NAMED
    if more > 0:
        named += " " + n_("and {n} more", "and {n} more", more)
    return {"name": safe(difference.listed.name, 60), "changes": named}


def _in_words(change: Change) -> str:
    nothing = _("(none)")
    sentence = _("{label} {stored} → {listed}")
    values = (safe(value, _LONGEST) if value else nothing for value in (change.stored, change.listed))
    stored, listed = values
    return sentence.format(label=change.label, stored=stored, listed=listed)
