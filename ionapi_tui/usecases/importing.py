"""Importing what Infor handed out: one file, a folder of them, the entries of a bundle, and deleting what was imported.

Commands, screens and plain mode ask for a ``Plan`` (what storing would do), show it, and call ``store``. Of a whole
folder ``plan_folder`` makes the plans; ``import_folder`` stores them one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError, ProfileError, ProfileExists, StoreError, StoreLocked, UnusableFile
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile, is_retired, propose_name

if TYPE_CHECKING:
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.profile_store.store import ProfileStore, StoredProfile
    from ionapi_tui.usecases.services import Services


class NameTaken(ProfileExists):
    """A profile has the name already, and nobody wished to replace it."""

    def __init__(self, name: str, *, same_app: bool) -> None:
        super().__init__(_("There is already a profile {name}.").format(name=safe(name, 60)))
        self.name = name
        self.same_app = same_app
        """Whether it holds credentials of the same authorized app."""


class NotDeleted(IonApiError):
    """A file that was to be deleted, or the link to it, is still there."""

    def __init__(self, message: str, why: str, *, secrets_gone: bool) -> None:
        super().__init__(message)
        self.why = why
        """What the operating system said."""
        self.secrets_gone = secrets_gone
        """Whether only a link is left, which leads nowhere."""


class Replacing(Enum):
    """Whose credentials may be replaced."""

    NOTHING = "nothing"
    SAME_APP = "same app"
    """Those of the same authorized app, whose profile has the name."""
    ANYTHING = "anything"
    """Those of whatever profile has the name."""


@dataclass(frozen=True)
class Plan:
    """What storing credentials would do, by the list of profiles at one moment."""

    credentials: Credentials
    name: str
    """The name that is proposed: that of the profile of the same app and tenant, or else a free one."""
    alike: tuple[Profile, ...]
    """The profiles that hold credentials of the same authorized app (the same client id) already, the likest first."""
    named: Mapping[str, Profile] = field(repr=False, compare=False)
    """Every profile by its name."""
    request: str = ""
    """The id of the file request that storing them answers; empty for a file that was not encrypted."""

    @property
    def same(self) -> Profile | None:
        """The likest of the profiles of the same app; None if there is none."""
        return self.alike[0] if self.alike else None

    @property
    def replaced(self) -> Profile | None:
        """The profile that these would replace under the proposed name; None if that name is free."""
        return self.named.get(self.name) if self.replaces(self.name) else None

    def replaces(self, name: str) -> bool:
        """Return whether a profile of that name holds credentials of the same app, which these would replace."""
        profile = self.named.get(name)
        return profile is not None and profile.client_id == self.credentials.client_id


def plan(profiles: ProfileStore, credentials: Credentials, request: str = "", file: str = "") -> Plan:
    """Return what storing ``credentials`` would do; the list of profiles is read once.

    Args:
        profiles: where to.
        credentials: what an inspection found.
        request: the file request that the inspection names.
        file: what the file is called; empty if that is not known.

    Raises:
        RegistryError: it cannot be read.
    """
    return _Planner(profiles.profiles()).plan(credentials, request, file)


def store(
    profiles: ProfileStore, plan: Plan, name: str | None = None, *, replacing: Replacing = Replacing.SAME_APP
) -> StoredProfile:
    """Store the credentials of ``plan``; they are read back and compared. May wait for a password.

    A file request that they answer is closed afterwards, and its key deleted.

    Args:
        profiles: where to.
        plan: what storing does.
        name: the profile's name; None for the proposed one.
        replacing: what is replaced when a profile has the name already.

    Raises:
        UsageError: ``name`` cannot be one.
        NameTaken: it is taken, and that profile was not to be replaced.
        StoreError: the store or the list of profiles failed; nothing has changed then.
    """
    name = plan.name if name is None else name
    taken, same_app = name in plan.named, plan.replaces(name)
    if taken and replacing is not Replacing.ANYTHING and not (same_app and replacing is Replacing.SAME_APP):
        raise NameTaken(name, same_app=same_app)
    stored = profiles.put(plan.credentials, name, replace=taken)
    close_request(profiles, plan.request)
    return replace(stored, profile=_noted(profiles, stored.profile))


def close_request(profiles: ProfileStore, request: str) -> None:
    """Close the file request that stored credentials answer; empty for none.

    The credentials are stored by then. If the list of requests cannot be written, the request stays open, where the
    user can withdraw it.
    """
    if request:
        with suppress(StoreError):
            profiles.file_requests.answered(request)


def _noted(profiles: ProfileStore, profile: Profile) -> Profile:
    """Return a stored profile with the notes that the tenant plan has for it.

    The credentials are stored by then: a plan or a list that fails changes nothing about that.
    """
    tenant_plan = profiles.plan
    if tenant_plan is None:
        return profile
    from ionapi_tui.domain.notes import completed_notes

    with suppress(StoreError, ProfileError):
        planned = tenant_plan.find(profile.tenant)
        notes = completed_notes(profile, planned.service_user, planned.contact) if planned else profile.notes
        if notes != profile.notes:
            return profiles.set_notes(profile.name, notes)
    return profile


@dataclass(frozen=True)
class Wishes:
    """How somebody wants files to be imported."""

    name: str | None = None
    """The profile's name; None for the proposed one."""
    replace: bool = False
    """Whether credentials may take the place of those that a profile of the name has."""
    delete_file: bool = False
    """Whether the file is deleted once its secrets are stored."""
    verify: bool = False
    """Whether they are verified afterwards; then a file is deleted by ``delete_imported`` only, not before."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file: str
    inspection: Inspection
    stored: StoredProfile | None = None
    """None when nothing was."""
    unchanged: Profile | None = None
    """The profile that has the same credentials already; then nothing was stored, and nothing is wrong."""
    deleted: bool = False
    kept: str = ""
    """Why the file was not deleted although that was wished, as a sentence; empty if it was, or if it was not."""
    error: IonApiError | None = None
    """Why it was not stored, or not deleted, though the file is good."""
    newer: str = ""
    """The name of a newer file of the same app, which is taken instead; then nothing is wrong."""
    replaced: bool = False
    """Whether credentials of a profile were replaced, which are gone."""
    beside: str = ""
    """The name of another profile with credentials of the same app, when they were stored under a new name."""

    @property
    def profile(self) -> Profile | None:
        """The profile that has the credentials; None when they are not stored."""
        return self.stored.profile if self.stored else self.unchanged

    @property
    def exit_code(self) -> int:
        """The exit code of a command, were this its only file."""
        if not self.inspection.ok:
            return UnusableFile.exit_code
        return self.error.exit_code if self.error else 0


class Comparer:
    """Compares credentials with stored ones; a password store that stays locked is asked only once."""

    def __init__(self, profiles: ProfileStore) -> None:
        self._profiles = profiles
        self._locked: set[str] = set()

    def same(self, profile: Profile, credentials: Credentials) -> bool:
        """Return whether a profile has exactly these credentials; False if its secret cannot be read.

        May wait for a password.
        """
        if profile.store in self._locked:
            return False
        try:
            stored = self._profiles.credentials(profile)
        except StoreLocked:
            self._locked.add(profile.store)
            return False
        except (ProfileError, StoreError):
            return False
        return stored.public == credentials.public and stored.secret_part() == credentials.secret_part()

    def first(self, profiles: Iterable[Profile], credentials: Credentials) -> Profile | None:
        """Return the first of ``profiles`` that has exactly these credentials; None if none has.

        May wait for a password.
        """
        return next((profile for profile in profiles if self.same(profile, credentials)), None)


def import_file(
    profiles: ProfileStore,
    file: str,
    inspection: Inspection,
    wishes: Wishes,
    planned: Plan | None = None,
    comparer: Comparer | None = None,
) -> Outcome:
    """Store what ``inspection`` found in ``file``, delete the file if that is wished, and return what became of it.

    Args:
        profiles: where to.
        file: what it is called; it is not read any more.
        inspection: what is in it.
        wishes: how.
        planned: what storing it does; None when that is not known yet.
        comparer: compares it with what is stored; None for one file alone.

    Raises:
        UsageError: the name that is wished for cannot be one.
    """
    if inspection.credentials is None:
        return Outcome(file, inspection)
    replacing = Replacing.ANYTHING if wishes.replace else Replacing.NOTHING
    try:
        planned = planned or plan(profiles, inspection.credentials, inspection.request, file)
        stored = store(profiles, planned, wishes.name or None, replacing=replacing)
    except NameTaken as error:
        assert planned is not None
        # Without a name that is wished for, any profile that has them will do.
        named = (planned.named[error.name],) if wishes.name else planned.alike
        unchanged = (comparer or Comparer(profiles)).first(named, inspection.credentials) if error.same_app else None
        if unchanged is None:
            return Outcome(file, inspection, error=error)
        close_request(profiles, planned.request)
        outcome = Outcome(file, inspection, unchanged=unchanged)
    except (ProfileError, StoreError) as error:
        return Outcome(file, inspection, error=error)
    else:
        same = planned.same
        beside = same.name if same and same.name != stored.profile.name else ""
        outcome = Outcome(file, inspection, stored, replaced=stored.profile.name in planned.named, beside=beside)
    return _deleted(outcome) if wishes.delete_file and not wishes.verify else outcome


def delete_imported(outcomes: Sequence[Outcome], working: Container[str] | None = None) -> list[Outcome]:
    """Delete the files of ``outcomes`` whose credentials are stored, and return the outcomes with that.

    A file with several outcomes, which is a bundle, is deleted if that applies to all of them.

    Args:
        outcomes: what became of each file, or of each profile in it.
        working: the names of the profiles that were verified and work; None if nothing was to be verified.
    """
    files: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        files.setdefault(outcome.file, []).append(outcome)
    done = {file: _kept_or_deleted(of_file, working) for file, of_file in files.items()}
    return [done[outcome.file](outcome) for outcome in outcomes]


def _kept_or_deleted(outcomes: Sequence[Outcome], working: Container[str] | None) -> Callable[[Outcome], Outcome]:
    """Delete the file of all of ``outcomes`` if it is not needed; return what to do with each of them."""
    stored = [outcome.profile for outcome in outcomes if outcome.profile is not None]
    failing = next((one.name for one in stored if working is not None and one.name not in working), None)
    file = safe(outcomes[0].file)
    if not stored:
        return lambda outcome: outcome
    if len(stored) < len(outcomes):
        kept = _("{file} was kept, because not everything in it is stored.").format(file=file)
    elif failing is not None:
        sentence = _("{file} was kept, because the verification of {name} failed.")
        kept = sentence.format(file=file, name=safe(failing, 60))
    else:
        first = _deleted(outcomes[0])
        return lambda outcome: replace(outcome, deleted=first.deleted, error=first.error)
    return lambda outcome: replace(outcome, kept=kept)


def _deleted(outcome: Outcome) -> Outcome:
    try:
        delete_download(Path(outcome.file))
    except NotDeleted as error:
        return replace(outcome, error=error)
    return replace(outcome, deleted=True)


class Verdict(Enum):
    """What is to become of a file among others."""

    GOOD = "good"
    """It can be stored."""
    BROKEN = "broken"
    """Its findings say why not."""
    STORED = "stored"
    """A profile of the tenant has credentials of the same authorized app already."""
    SUPERSEDED = "superseded"
    """A newer file in the folder is of the same authorized app."""


@dataclass(frozen=True)
class Candidate:
    """One file of several."""

    path: Path
    inspection: Inspection
    plan: Plan | None = None
    """What storing it would do; None when it is broken."""
    newer: str = ""
    """The name of the newest file of the same app, when that is another one."""

    @property
    def verdict(self) -> Verdict:
        """What is to become of it, when nothing is replaced."""
        if self.plan is None:
            return Verdict.BROKEN
        if self.plan.replaced is not None:
            return Verdict.STORED
        return Verdict.SUPERSEDED if self.newer else Verdict.GOOD

    @property
    def name(self) -> str:
        """The name of the profile that is proposed; empty when there is nothing to store."""
        return self.plan.name if self.plan and self.verdict is Verdict.GOOD else ""

    @property
    def other(self) -> str:
        """The profile, or the file, that has credentials of the same app."""
        return self.plan.replaced.name if self.plan and self.plan.replaced else self.newer


def plan_files(
    files: Iterable[Path], inspect_file: Callable[[Path], Inspection], profiles: Iterable[Profile]
) -> tuple[Candidate, ...]:
    """Look at ``files`` and return what could become of each; nothing is stored.

    Args:
        files: what to look at, the newest first: of two files of the same app that one counts.
        inspect_file: reads and inspects one.
        profiles: what is stored already.
    """
    planner = _Planner(profiles)
    seen: dict[str, str] = {}
    candidates = []
    for path in files:
        inspection = inspect_file(path)
        credentials = inspection.credentials
        if credentials is None:
            candidates.append(Candidate(path, inspection))
            continue
        newer, planned = seen.get(credentials.client_id, ""), planner.plan(credentials, inspection.request, path.name)
        if not newer:
            seen[credentials.client_id] = path.name
            planner.taken.add(planned.name)
        candidates.append(Candidate(path, inspection, planned, newer))
    return tuple(candidates)


def plan_folder(services: Services, folder: Path) -> tuple[Candidate, ...]:
    """Look at every ``.ionapi`` file of ``folder``, the newest first, and return what could become of each.

    Raises:
        UnusableFile: the folder cannot be read.
        RegistryError: the list of profiles cannot be read.
    """
    from ionapi_tui.files.downloads import everything

    try:
        files = everything(folder)
    except OSError as error:
        sentence = _("The folder {folder} cannot be read: {why}.")
        message = sentence.format(folder=safe(folder), why=safe(error.strerror or error))
        raise UnusableFile(message) from error
    return plan_files(files, services.inspect_file, services.profiles.profiles())


def import_folder(profiles: ProfileStore, candidates: Iterable[Candidate], wishes: Wishes) -> Iterator[Outcome]:
    """Import ``candidates`` in the order of their names, and yield what became of each as soon as it is known.

    Of several files of one app the newest is stored; what is stored already is unchanged. A store that fails ends it:
    the next file would fail in the same way, perhaps after the same long wait.
    """
    comparer = Comparer(profiles)
    for candidate in sorted(candidates, key=lambda one: one.path):
        file, is_stored = str(candidate.path), candidate.verdict is Verdict.STORED
        if candidate.newer and (wishes.replace or not is_stored):
            yield Outcome(file, candidate.inspection, newer=candidate.newer)
            continue
        outcome = import_file(profiles, file, candidate.inspection, wishes, candidate.plan, comparer)
        if candidate.newer and isinstance(outcome.error, NameTaken):
            # The newer file of the app is what is compared with the profile.
            outcome = Outcome(file, candidate.inspection, newer=candidate.newer)
        yield outcome
        if isinstance(outcome.error, StoreError):
            return


def delete_download(path: Path) -> None:
    """Delete the file behind ``path`` and, when that is a link, the link. A file that is gone already is deleted.

    Raises:
        NotDeleted: it could not be.
    """
    is_link, real = path.is_symlink(), Path(os.path.realpath(path))
    was_there = True
    try:
        try:
            real.unlink()
        except FileNotFoundError:
            was_there = False
        if is_link:
            path.unlink(missing_ok=True)
    except OSError as error:
        why = safe(error.strerror or error)
        gone = is_link and was_there and not os.path.lexists(real)
        if gone:
            sentence = _("The file {file} is deleted, but the link {link} that leads to it could not be: {why}.")
            message = sentence.format(file=safe(real), link=safe(path), why=why)
        else:
            message = _("The file could not be deleted: {why}.").format(why=why)
        raise NotDeleted(message, why, secrets_gone=gone) from error


class _Planner:
    """Makes plans by one list of profiles."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._named = {profile.name: profile for profile in profiles}
        self._by_client_id: dict[str, list[Profile]] = {}
        for profile in self._named.values():
            self._by_client_id.setdefault(profile.client_id, []).append(profile)
        self.taken = set(self._named)
        """Names that are not free: those of profiles, and those that are proposed already."""

    def plan(self, credentials: Credentials, request: str, file: str) -> Plan:
        alike = self._alike(credentials, Path(file).stem)
        # A file that somebody has changed by hand may have the client id of another tenant, whose profile must stay.
        if alike and _is_of_tenant(alike[0], credentials) and not is_retired(alike[0].name):
            name = alike[0].name
        else:
            name = propose_name(credentials.tenant, credentials.app_name, self.taken)
        return Plan(credentials, name, alike, self._named, request)

    def _alike(self, credentials: Credentials, stem: str) -> tuple[Profile, ...]:
        """Return the profiles of the same app: first those of the tenant, then those in use, then those that are equal,
        as far as that shows without secrets, and of those the one that the file is named after."""

        def unlike(profile: Profile) -> tuple[bool, bool, bool, bool]:
            return (
                not _is_of_tenant(profile, credentials),
                is_retired(profile.name),
                profile.public != credentials.public,
                profile.name != stem,
            )

        # Of those that are equal the newest, which is in use: an older one was kept when its keys were replaced.
        newest_first = sorted(self._by_client_id.get(credentials.client_id, ()), key=_created, reverse=True)
        return tuple(sorted(newest_first, key=unlike))


def _created(profile: Profile) -> str:
    return profile.created


def _is_of_tenant(profile: Profile, credentials: Credentials) -> bool:
    return profile.tenant.upper() == credentials.tenant.upper()
