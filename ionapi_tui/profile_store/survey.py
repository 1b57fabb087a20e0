"""Looking at all profiles: which are not listed as their secrets were stored, and which secrets are not bound yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import ProfileExists, StoreError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.binding import Difference, bound_in, difference_of
from ionapi_tui.profile_store.registry import Contents

if TYPE_CHECKING:
    from ionapi_tui.profile_store.secret_store import SecretStore


@dataclass(frozen=True)
class Survey:
    """What a look at the secrets of all profiles found."""

    bound: tuple[Profile, ...] = ()
    """Listed as their secrets were stored."""
    differing: tuple[Difference, ...] = ()
    """Not listed as their secrets were stored."""
    unbound: tuple[Profile, ...] = ()
    """Stored by an older version, and not verified since."""
    unread: tuple[Profile, ...] = ()
    """Their secrets could not be read, or may not be."""
    missing: tuple[Profile, ...] = ()
    """Those of the unread ones whose password store is there, but no longer contains their secrets."""


def survey(
    profiles: tuple[Profile, ...], open_store: Callable[[str | None], SecretStore], can_read: Callable[[str], bool]
) -> Survey:
    """Return what a look at the secrets of ``profiles`` finds. May prompt for passwords.

    Args:
        profiles: the list.
        open_store: returns the store with a key.
        can_read: returns whether the secrets in the store with that key may be read.
    """
    bound: list[Profile] = []
    differing: list[Difference] = []
    unbound: list[Profile] = []
    unread: list[Profile] = []
    missing: list[Profile] = []
    for profile in profiles:
        secret = None
        if can_read(profile.store):
            with suppress(StoreError):
                secret = open_store(profile.store).get(profile.id)
                if secret is None:
                    missing.append(profile)
        if secret is None:
            unread.append(profile)
            continue
        difference = difference_of(profile, secret)
        if difference is not None:
            differing.append(difference)
        elif bound_in(secret):
            bound.append(profile)
        else:
            unbound.append(profile)
    return Survey(tuple(bound), tuple(differing), tuple(unbound), tuple(unread), tuple(missing))


def check_names(contents: Contents) -> None:
    """Check that no name of the list is in use twice.

    Raises:
        ProfileExists: one is.
    """
    for name, count in Counter(profile.name for profile in contents.profiles).items():
        if count == 1:
            continue
        sentence = _("Two profiles would be called {name}. Rename or remove the other one first.")
        raise ProfileExists(sentence.format(name=safe(name, 60)))
