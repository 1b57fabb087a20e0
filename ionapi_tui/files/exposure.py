"""Who and what else can get at a file: other users, version control, synced folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe

_SYNCED: Final = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("box sync", "Box"),
)
"""How the folders of services that copy files elsewhere begin, in lower case (``OneDrive - Contoso``)."""


class ExposureKind(StrEnum):
    """A way in which others get at a file; the codes are part of the JSON of ``scan``."""

    READABLE = "readable-by-others"
    TRACKED = "git-tracked"
    UNTRACKED = "git-untracked"
    HISTORY = "git-history"
    PUSHED = "git-pushed"
    SYNCED = "synced-folder"


_REASONS: Final = {
    ExposureKind.READABLE: N_("every user of this machine can read it"),
    ExposureKind.TRACKED: N_("it is committed, or about to be, in the git repository {folder}: every clone has it"),
    ExposureKind.UNTRACKED: N_("it lies in the git work tree {folder}, so that it can be committed"),
    ExposureKind.HISTORY: N_(
        "it is in the history of the git repository {folder} (commit {commit}): every clone has it"
    ),
    ExposureKind.PUSHED: N_("that commit has been pushed: whoever may read the remote repository has it"),
    ExposureKind.SYNCED: N_("it lies in a folder that {service} copies to other machines"),
}
_DANGLING: Final = N_("git keeps it in {folder}, though no commit has it any more, until it cleans up")
"""In the history, but of no commit."""


@dataclass(frozen=True)
class Exposure:
    """One way in which a file is exposed."""

    kind: ExposureKind
    folder: str = ""
    """The work tree or repository; made safe here."""
    commit: str = ""
    service: str = ""
    """Who copies the folder elsewhere."""

    @property
    def message(self) -> str:
        """The reason, in the language in use."""
        reason = _REASONS[self.kind]
        if self.kind is ExposureKind.HISTORY and not self.commit:
            reason = _DANGLING
        return _(reason).format(folder=safe(self.folder, 100), commit=safe(self.commit, 20), service=self.service)


def in_any_work_tree(_path: Path, folder: Path) -> Exposure | None:
    """Return the exposure of a file in the work tree ``folder`` as long as git is not asked about it."""
    return Exposure(ExposureKind.UNTRACKED, str(folder))


def exposures(
    path: Path,
    status: os.stat_result,
    in_work_tree: Callable[[Path, Path], Exposure | None] = in_any_work_tree,
) -> Iterator[Exposure]:
    """Yield each way in which the file at ``path`` is exposed.

    Args:
        path: the file; links in it are resolved, because the folder that counts is the one it really is in.
        status: its status, as ``stat`` gives it.
        in_work_tree: what a git work tree (the second argument) means for a file in it (the first).
    """
    real = Path(os.path.realpath(path))
    if os.name == "posix" and others_can_read(real, status):
        yield Exposure(ExposureKind.READABLE)
    folder = repository_of(real)
    committed = in_work_tree(real, folder) if folder is not None else None
    if committed is not None:
        yield committed
    service = synced_by(real)
    if service is not None:
        yield Exposure(ExposureKind.SYNCED, service=service)


def others_can_read(path: Path, status: os.stat_result) -> bool:
    """Return whether the mode bits let everybody read the file and pass every folder above it."""
    if not status.st_mode & stat.S_IROTH:
        return False
    try:
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
    except OSError:
        return False


def repository_of(path: Path) -> Path | None:
    """Return the git work tree that the file ``path`` lies in; None when there is none."""
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def synced_by(path: Path) -> str | None:
    """Return the service that copies the folder of ``path`` elsewhere; None when none is known to."""
    folders = [folder.lower() for folder in path.parts[:-1]]
    return next((name for start, name in _SYNCED if any(folder.startswith(start) for folder in folders)), None)
