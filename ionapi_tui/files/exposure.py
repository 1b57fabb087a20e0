"""Who and what else can get at a file: other users, version control, synced folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ionapi_tui.base.language import _
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


def exposures(path: Path, status: os.stat_result) -> Iterator[str]:
    """Yield each way in which the file at ``path`` is exposed, in words.

    Args:
        path: the file; links in it are resolved, because the folder that counts is the one it really is in.
        status: its status, as ``stat`` gives it.
    """
    real = Path(os.path.realpath(path))
    if os.name == "posix" and others_can_read(real, status):
        yield _("every user of this machine can read it")
    repository = repository_of(real)
    if repository is not None:
        yield _("it lies in the git work tree {folder}, so that it can be committed").format(
            folder=safe(repository, 100)
        )
    service = synced_by(real)
    if service is not None:
        yield _("it lies in a folder that {service} copies to other machines").format(service=service)


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
