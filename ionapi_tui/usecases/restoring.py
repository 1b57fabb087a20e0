"""Listing profiles again as their secrets were stored, after the list was changed outside this program.

A front end asks for a ``Survey`` with ``look``, shows ``lines_of`` each difference, asks, and calls ``restore``. What
was stored is the only thing that can be restored: to accept other addresses, their file is imported again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.profile_store.binding import Difference
from ionapi_tui.profile_store.survey import Survey

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.profile_store.store import ProfileStore

_MOST_NAMES = 12
"""More profiles than that are counted."""


def look(profiles: ProfileStore, can_read: Callable[[str], bool] = lambda _key: True) -> Survey:
    """Return which profiles are not listed as their secrets were stored. May wait for passwords.

    Args:
        profiles: the stored profiles.
        can_read: returns whether the secrets in the store with that key may be read.

    Raises:
        RegistryError: the list cannot be read.
    """
    return profiles.survey(can_read)


def restore(profiles: ProfileStore, differences: Iterable[Difference]) -> tuple[Profile, ...]:
    """List profiles again as their secrets were stored, and return them. May wait for passwords.

    Raises:
        ProfileExists: another profile has the name of one of them; nothing has changed.
        StoreError: the list cannot be read or written, and is unchanged.
    """
    return profiles.restore({one.listed.id for one in differences})


def lines_of(difference: Difference) -> list[str]:
    """Return what changed, one value a line, the stored one before the one that was found."""
    nothing = _("(none)")
    sentence = _("{label}: stored {stored}, found {listed}")
    return [
        sentence.format(label=one.label, stored=one.stored or nothing, listed=one.listed or nothing)
        for one in difference.changes
    ]


def summary_of(found: Survey) -> list[str]:
    """Return what ``found`` says, a sentence a line; at least one."""
    lines = []
    if found.differing:
        sentence = n_(
            "{n} profile was changed outside ionapi-tui: {{names}}.",
            "{n} profiles were changed outside ionapi-tui: {{names}}.",
            len(found.differing),
        )
        lines.append(sentence.format(names=_names(one.listed for one in found.differing)))
    if found.unbound:
        sentence = n_(
            "{n} profile is not bound to its addresses yet: {{names}}. Verify it once to bind it.",
            "{n} profiles are not bound to their addresses yet: {{names}}. Verify them once to bind them.",
            len(found.unbound),
        )
        lines.append(sentence.format(names=_names(found.unbound)))
    if found.unread:
        lines.append(
            n_(
                "The secrets of {n} profile could not be read.",
                "The secrets of {n} profiles could not be read.",
                len(found.unread),
            )
        )
    return lines or [_("No profile was changed outside ionapi-tui.")]


def as_json(found: Survey) -> dict[str, Any]:
    """Return the documented shape of ``store restore --json``."""
    return {
        "bound": [profile.name for profile in found.bound],
        "differing": [
            {
                "name": one.listed.name,
                "changes": [
                    {"field": change.key, "stored": change.stored, "found": change.listed} for change in one.changes
                ],
            }
            for one in found.differing
        ],
        "unbound": [profile.name for profile in found.unbound],
        "unread": [profile.name for profile in found.unread],
    }


def _names(profiles: Iterable[Profile]) -> str:
    names = [safe(profile.name, 60) for profile in profiles]
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
