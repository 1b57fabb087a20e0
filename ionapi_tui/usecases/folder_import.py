"""Importing every ``.ionapi`` file of a folder: looked at first, all together, and stored one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ionapi_tui.domain.inspection import Inspection
from ionapi_tui.domain.profile import Profile, propose_name


class Verdict(Enum):
    """What is to become of a file."""

    GOOD = "good"
    """It can be stored."""
    BROKEN = "broken"
    """Its findings say why not."""
    STORED = "stored"
    """A profile has credentials of the same authorized app already."""
    TWICE = "twice"
    """A newer file in the folder is of the same authorized app."""


@dataclass(frozen=True)
class Candidate:
    """One file."""

    path: Path
    inspection: Inspection
    verdict: Verdict
    name: str = ""
    """The name of the profile that is proposed; empty when there is nothing to store."""
    other: str = ""
    """The profile, or the file, that has credentials of the same app."""


def survey(
    files: Iterable[Path], inspect_file: Callable[[Path], Inspection], profiles: Iterable[Profile]
) -> tuple[Candidate, ...]:
    """Look at ``files`` and return what could become of each; nothing is stored.

    Args:
        files: what to look at, the newest first: of two files of the same app that one counts.
        inspect_file: reads and inspects one.
        profiles: what is stored already.
    """
    stored, taken = dict[str, str](), set[str]()
    for profile in profiles:
        stored.setdefault(profile.client_id, profile.name)
        taken.add(profile.name)
    seen: dict[str, str] = {}
    candidates = []
    for path in files:
        inspection = inspect_file(path)
        credentials = inspection.credentials
        if credentials is None:
            candidates.append(Candidate(path, inspection, Verdict.BROKEN))
            continue
        client_id = credentials.client_id
        name = propose_name(credentials.tenant, credentials.app_name, taken)
        if client_id in stored:
            verdict, other = Verdict.STORED, stored[client_id]
        elif client_id in seen:
            verdict, other = Verdict.TWICE, seen[client_id]
        else:
            verdict, other = Verdict.GOOD, ""
            taken.add(name)
        seen.setdefault(client_id, path.name)
        candidates.append(Candidate(path, inspection, verdict, name if verdict is Verdict.GOOD else "", other))
    return tuple(candidates)
