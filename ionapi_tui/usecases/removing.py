"""Removing several profiles at once, and which ones belong to the practice tenant."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_tui.base.errors import IonApiError, NoSuchProfile
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.store import ProfileStore


def remove_all(profiles: ProfileStore, chosen: Iterable[Profile]) -> list[IonApiError]:
    """Remove each of ``chosen`` with its secret, and return what failed. May wait for a password.

    A profile that is gone, has another name or has new credentials since it was chosen is skipped: another process
    was quicker. One that cannot be removed does not keep the others.
    """
    errors: list[IonApiError] = []
    for profile in chosen:
        try:
            profiles.remove(profile)
        except NoSuchProfile:
            continue
        except IonApiError as error:
            errors.append(error)
    return errors


def of_the_same_app(removed: Iterable[Profile], profiles: Iterable[Profile]) -> str:
    """Return what to say when other profiles use an authorized app that ``removed`` use; empty if none does.

    Args:
        removed: what goes.
        profiles: what there is; ``removed`` may be among it.
    """
    gone = tuple(removed)
    apps, ids = {one.client_id for one in gone}, {one.id for one in gone}
    names = [one.name for one in profiles if one.client_id in apps and one.id not in ids]
    if not names:
        return ""
    # Which service account each has is a secret.
    sentence = _(
        "The authorized app is also used by {names}, perhaps with the same service account. In Infor, turn off nothing "
        "that is still needed there."
    )
    return sentence.format(names=safe(", ".join(names), 200))


def practice_profiles(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """Return those of ``profiles`` that lead to a practice tenant on this machine."""
    return tuple(profile for profile in profiles if profile.is_practice)
