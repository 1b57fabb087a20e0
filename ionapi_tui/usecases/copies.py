"""The downloaded files that still contain the secrets of stored profiles in plain text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import RegistryError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import is_retired

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.usecases.services import Services


def copies(services: Services, profiles: Iterable[Profile], known: Iterable[Path] = ()) -> dict[str, tuple[Path, ...]]:
    """Return the plain-text files of the apps of ``profiles``, by the profile's id; profiles without one are left out.

    Encrypted files and files on loan do not count: nobody else can read the former, and the latter are deleted anyway.

    Args:
        services: everything this machine has.
        profiles: whose files; a file belongs to each profile that has its client ID and was not replaced.
        known: files outside the Downloads folder to look at as well.
    """
    from ionapi_tui.files.downloads import find
    from ionapi_tui.files.reading import inspect_file

    candidates = dict.fromkeys([*known, *(one.path for one in find(services.paths.downloads))])
    by_client: dict[str, list[Path]] = {}
    for path in without_loans(services, candidates):
        credentials = inspect_file(path).credentials if path.is_file() else None
        if credentials is not None:
            by_client.setdefault(credentials.client_id, []).append(path)
    # Nobody knows without secrets whose keys they have, but hardly those that were replaced.
    named = (one for one in profiles if not is_retired(one.name))
    return {one.id: tuple(by_client[one.client_id]) for one in named if one.client_id in by_client}


def stored_and_others(
    services: Services, profile: Profile, files: Iterable[Path]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Divide downloaded files of one app into those with exactly the credentials of a profile, and the others.

    Each download has its own keys, which cannot be downloaded again: a file of the same app whose keys are not stored
    must not be taken for a copy. May wait for a password.

    Raises:
        ProfileError, StoreError: the credentials of the profile cannot be read.
    """
    from ionapi_tui.files.reading import inspect_file

    kept = services.profiles.credentials(profile)
    stored: list[Path] = []
    others: list[Path] = []
    for path in files:
        found = inspect_file(path).credentials if path.is_file() else None
        is_copy = found is not None and found.public == kept.public and found.secret_part() == kept.secret_part()
        (stored if is_copy else others).append(path)
    return tuple(stored), tuple(others)


def other_keys(profile: Profile, files: Iterable[Path]) -> str:
    """Return a sentence about files of the same app that are kept, because their content is not stored."""
    names = ", ".join(safe(path.name, 60) for path in files)
    sentence = _("Not deleted, because the profile {name} does not have the same content: {files}")
    return sentence.format(name=safe(profile.name, 60), files=names)


def without_loans(services: Services, paths: Iterable[Path]) -> list[Path]:
    """Return those of ``paths`` that are not on loan."""
    lent = set()
    with suppress(RegistryError):
        lent = {os.path.realpath(loan.path) for loan in services.loans.load()}
    return [path for path in paths if os.path.realpath(path) not in lent]
