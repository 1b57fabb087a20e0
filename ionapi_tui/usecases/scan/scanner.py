"""The scan: folders, then the history of their git repository, each set of secrets compared with what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ionapi_tui.base.errors import ProfileError, StoreError
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.reading import Exposure, ExposureKind
from ionapi_tui.usecases.scan.content import Recognised, recognised_in
from ionapi_tui.usecases.scan.exposing import exposures_of_file, exposures_of_past
from ionapi_tui.usecases.scan.git import Past, Repository
from ionapi_tui.usecases.scan.walking import Walk


class Match(StrEnum):
    """How secrets that were found compare with those of the profile of the same app."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """One of the two is not whole, or the store could not be asked."""


@dataclass(frozen=True)
class Hit:
    """Secrets in plain text."""

    recognised: Recognised
    path: Path
    """The file; for a past version, where it was."""
    exposures: tuple[Exposure, ...]
    blob: str = ""
    """What git calls the past version; empty for a file."""
    repository: Path | None = None
    """The work tree of the repository that has the past version."""
    profile: str = ""
    """The stored profile of the same app; empty when there is none."""
    match: Match = Match.UNKNOWN


class Scanner:
    """Finds secrets and says what they are."""

    def __init__(
        self,
        profiles: Iterable[Profile],
        credentials_of: Callable[[str], Credentials],
        walk: Walk,
    ) -> None:
        """Prepare.

        Args:
            profiles: the stored profiles.
            credentials_of: returns the credentials of a profile; asked only for apps that are found.
            walk: goes through folders.
        """
        self._by_client_id: Mapping[str, Profile] = {profile.client_id: profile for profile in profiles}
        self._credentials_of = credentials_of
        self._walk = walk
        self._stored: dict[str, Credentials | None] = {}
        self._committed: list[Credentials] = []

    def files(self, places: Iterable[Path]) -> Iterator[Hit]:
        """Yield what is in ``places``, folders or files."""
        for path, raw in self._walk.contents(places):
            for recognised in recognised_in(raw):
                exposures = tuple(exposures_of_file(path))
                if recognised.credentials is not None and any(one.kind is ExposureKind.TRACKED for one in exposures):
                    self._committed.append(recognised.credentials)
                yield self._hit(recognised, path, exposures)

    def history(self, repository: Repository) -> Iterator[Hit]:
        """Yield what only the history of ``repository`` has; call it after ``files``."""
        for blob, raw in repository.blobs():
            if not self._walk.has_time():
                return
            for recognised in recognised_in(raw):
                if any(_equal(recognised.credentials, one) for one in self._committed):
                    # It has been told of as the file that it still is.
                    continue
                past = repository.past(blob)
                yield self._past_hit(recognised, repository, blob, past)

    def _past_hit(self, recognised: Recognised, repository: Repository, blob: str, past: Past) -> Hit:
        exposures = tuple(exposures_of_past(repository, past))
        return self._hit(recognised, repository.top / past.path, exposures, blob, repository.top)

    def _hit(
        self,
        recognised: Recognised,
        path: Path,
        exposures: tuple[Exposure, ...],
        blob: str = "",
        repository: Path | None = None,
    ) -> Hit:
        profile = self._by_client_id.get(recognised.client_id)
        name = profile.name if profile else ""
        return Hit(recognised, path, exposures, blob, repository, name, self._match(recognised, name))

    def _match(self, recognised: Recognised, name: str) -> Match:
        if not name or recognised.credentials is None:
            return Match.UNKNOWN
        if name not in self._stored:
            try:
                self._stored[name] = self._credentials_of(name)
            except (StoreError, ProfileError):
                self._stored[name] = None
        stored = self._stored[name]
        if stored is None:
            return Match.UNKNOWN
        return Match.EQUAL if _equal(recognised.credentials, stored) else Match.DIFFERENT


def _equal(one: Credentials | None, other: Credentials) -> bool:
    """Return whether the two hold the same secrets of the same app."""
    return one is not None and one.client_id == other.client_id and one.secret_part() == other.secret_part()
