"""The scan: where to look, files before what git remembers, each set of secrets compared with what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ionapi_tui.base.errors import ProfileError, StoreError, StoreMissing
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.reading import Exposure, ExposureKind, exposures
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.scan.content import Recognised, recognised_in
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
    """What git calls the past or staged version; empty for a file."""
    repository: Path | None = None
    """The work tree of the repository that has the past or staged version."""
    profile: str = ""
    """The stored profile of the same app; empty when there is none."""
    match: Match = Match.UNKNOWN


@dataclass(frozen=True)
class Places:
    """Where to look."""

    files: tuple[Path, ...]
    """Folders and files."""
    repositories: tuple[Repository, ...]
    """Repositories whose history is looked at."""

    @classmethod
    def named(cls, paths: Sequence[Path]) -> Places:
        """Return the places that somebody named: folders or files.

        The history belongs to it where the top of a work tree was named; repositories inside a named folder are not
        looked for.
        """
        around = (Repository.around(path) for path in paths if path.is_dir())
        tops = {one.top for one in around if one is not None}
        named = {path.resolve() for path in paths}
        return cls(tuple(paths), tuple(Repository(top) for top in sorted(tops) if top.resolve() in named))

    @classmethod
    def usual(cls, downloads: Path, current: Path) -> Places:
        """Return the places where files are forgotten: downloads, desktop, documents, the trash, and the repository.

        Args:
            downloads: the folder the browser saves to.
            current: the folder somebody is in; its git repository is looked at, with its history.
        """
        from platformdirs import user_desktop_dir, user_documents_dir

        home, around = Path.home(), Repository.around(current)
        folders = [
            downloads,
            Path(user_desktop_dir()),
            Path(user_documents_dir()),
            home / ".local/share/Trash/files",
            home / ".Trash",
        ]
        repositories = () if around is None else (around,)
        there = [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
        return cls((*there, *(one.top for one in repositories)), repositories)


def scan(profiles: ProfileStore, places: Places, walk: Walk, *, history: bool = True) -> Iterator[Hit]:
    """Yield every set of secrets in plain text: those in files, then those that only the history of git has.

    Args:
        profiles: what is stored, to compare with. The secret of a profile is read, and a password may be waited for,
            only when its app is found.
        places: where to look.
        walk: goes through folders, and knows how far it came.
        history: whether to look at what git remembers.

    Raises:
        RegistryError: the list of profiles cannot be read.
    """
    scanner = _Scanner(profiles.profiles(), profiles.credentials, walk)
    yield from scanner.files(places.files)
    for repository in places.repositories if history else ():
        yield from scanner.history(repository)


def scan_staged(profiles: ProfileStore, repository: Repository, walk: Walk) -> Iterator[Hit]:
    """Yield every set of secrets that the next commit would add. No password store is asked.

    Args:
        profiles: what is stored; named where the app is the same.
        repository: whose index is read, not the files of its work tree.
        walk: counts what was read. Its bounds do not apply: a commit is checked whole.

    Raises:
        RegistryError: the list of profiles cannot be read.
        IonApiError: git cannot read what is staged.
    """
    scanner = _Scanner(profiles.profiles(), _unasked, walk)
    for staged, raw in repository.staged():
        walk.looked_at += 1
        for recognised in recognised_in(raw):
            exposures = (Exposure(ExposureKind.STAGED, str(repository.top)),)
            yield scanner.hit(recognised, repository.top / staged.path, exposures, staged.blob, repository.top)


def _unasked(name: str) -> Credentials:
    # A commit must not wait for a password.
    raise StoreMissing(name)


class _Scanner:
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
                exposures = tuple(_exposures_of_file(path))
                if recognised.credentials is not None and any(one.kind is ExposureKind.TRACKED for one in exposures):
                    self._committed.append(recognised.credentials)
                yield self.hit(recognised, path, exposures)

    def history(self, repository: Repository) -> Iterator[Hit]:
        """Yield what only the history of ``repository`` has; call it after ``files``."""
        for blob, raw in repository.blobs():
            if not self._walk.has_time():
                return
            for recognised in recognised_in(raw):
                if any(_equal(recognised.credentials, one) for one in self._committed):
                    # It has been yielded as the file that it still is.
                    continue
                past = repository.past(blob)
                yield self._past_hit(recognised, repository, blob, past)

    def _past_hit(self, recognised: Recognised, repository: Repository, blob: str, past: Past) -> Hit:
        exposures = tuple(_exposures_of_past(repository, past))
        return self.hit(recognised, repository.top / past.path, exposures, blob, repository.top)

    def hit(
        self,
        recognised: Recognised,
        path: Path,
        exposures: tuple[Exposure, ...],
        blob: str = "",
        repository: Path | None = None,
    ) -> Hit:
        """Return what was found, with the profile of its app."""
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


def _exposures_of_file(path: Path) -> Iterator[Exposure]:
    """Yield what exposes the file at ``path``."""
    return exposures(path, path.stat(), _in_work_tree)


def _exposures_of_past(repository: Repository, past: Past) -> Iterator[Exposure]:
    """Yield what exposes a version of a file that only git has."""
    yield Exposure(ExposureKind.HISTORY, str(repository.top), past.commit)
    if past.pushed:
        yield Exposure(ExposureKind.PUSHED)


def _in_work_tree(path: Path, folder: Path) -> Exposure | None:
    repository = Repository(folder)
    if repository.tracks(path):
        return Exposure(ExposureKind.TRACKED, str(folder))
    return None if repository.ignores(path) else Exposure(ExposureKind.UNTRACKED, str(folder))
