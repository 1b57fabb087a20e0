"""Importing one file: inspected, named, stored, and deleted when that is wished."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ionapi_tui.base.errors import IonApiError, ProfileError, ProfileExists, StoreError, UnusableFile
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.sources import inspected
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.inspection import Inspection
from ionapi_tui.domain.profile import Profile, propose_name
from ionapi_tui.usecases.services import Services


@dataclass(frozen=True)
class Wishes:
    """What the options of ``import`` say."""

    name: str | None = None
    replace: bool = False
    delete_file: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file: str
    inspection: Inspection
    profile: Profile | None = None
    """What was stored; None when nothing was."""
    store_label: str = ""
    """The store that has the secrets, for people."""
    deleted: bool = False
    error: IonApiError | None = None
    """Why it was not stored, or not deleted, though the file is good."""

    @property
    def exit_code(self) -> int:
        """The exit code of the command, were this its only file."""
        if not self.inspection.ok:
            return UnusableFile.exit_code
        return self.error.exit_code if self.error else 0

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        return {
            "ok": self.exit_code == 0,
            "file": self.file,
            "profile": self.profile and self.profile.as_json(),
            "deleted": self.deleted,
            "error": str(self.error) if self.error else None,
            "findings": [finding.as_json() for finding in self.inspection.findings],
        }


def import_one(services: Services, file: str, wishes: Wishes) -> Outcome:
    """Import ``file`` and return what became of it.

    Raises:
        UsageError: the name that is wished for cannot be one.
    """
    inspection = inspected(file)
    if inspection.credentials is None:
        return Outcome(file, inspection)
    try:
        profile = stored(services, inspection.credentials, wishes)
        label = services.open_store(profile.store).label
    except (ProfileError, StoreError) as error:
        return Outcome(file, inspection, error=error)
    if not wishes.delete_file:
        return Outcome(file, inspection, profile, label)
    try:
        _delete(Path(file))
    except OSError as error:
        sentence = _("The credentials are stored, but the file {file} could not be deleted: {why}.")
        told = IonApiError(sentence.format(file=safe(file), why=safe(error.strerror or error)))
        return Outcome(file, inspection, profile, label, error=told)
    return Outcome(file, inspection, profile, label, deleted=True)


def stored(services: Services, credentials: Credentials, wishes: Wishes) -> Profile:
    """Store ``credentials`` as is wished, and return the profile.

    Raises:
        UsageError: the name that is wished for cannot be one.
        ProfileExists: it is taken, and nobody wished to replace.
        StoreError: nothing has changed then.
    """
    profiles = services.profiles
    taken = {profile.name for profile in profiles.profiles()}
    same = profiles.same_app(credentials)
    name = wishes.name or (same.name if same else propose_name(credentials.tenant, credentials.app_name, taken))
    if name not in taken:
        return profiles.add(credentials, name)
    if wishes.replace:
        return profiles.replace(name, credentials)
    if same is not None and same.name == name:
        sentence = _("This app is stored already, as {name}. To put these credentials in its place add --replace.")
    else:
        sentence = _(
            "There is a profile {name} already, of another app. Choose another --name, or add --replace to put these "
            "credentials in its place."
        )
    raise ProfileExists(sentence.format(name=safe(name, 60)))


def _delete(path: Path) -> None:
    """Delete the file behind ``path`` and, when that is a link, the link."""
    real = Path(os.path.realpath(path))
    real.unlink()
    if path.is_symlink():
        path.unlink()
