"""The downloaded files that still contain the secrets of stored profiles in plain text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import RegistryError

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.usecases.services import Services


def copies(services: Services, profiles: Iterable[Profile], known: Iterable[Path] = ()) -> dict[str, tuple[Path, ...]]:
    """Return the plain-text files of the apps of ``profiles``, by the profile's id; profiles without one are left out.

    Encrypted files and files on loan do not count: nobody else can read the former, and the latter are deleted anyway.

    Args:
        services: everything this machine has.
        profiles: whose files; a file belongs to each profile that has its client ID.
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
    return {one.id: tuple(by_client[one.client_id]) for one in profiles if one.client_id in by_client}


def without_loans(services: Services, paths: Iterable[Path]) -> list[Path]:
    """Return those of ``paths`` that are not on loan."""
    lent = set()
    with suppress(RegistryError):
        lent = {os.path.realpath(loan.path) for loan in services.loans.load()}
    return [path for path in paths if os.path.realpath(path) not in lent]
