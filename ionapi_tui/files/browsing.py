"""What is in a folder, for somebody who looks for a file."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ionapi_tui.files.downloads import is_named_so
from ionapi_tui.files.reading import Kind, kind_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder, or a file, in a folder."""

    path: Path
    is_folder: bool
    modified: float
    """When it was last written, in seconds since the epoch; 0 when nobody can tell."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a folder."""

    folder: Path
    """Absolute."""
    entries: tuple[Entry, ...]
    """Folders by name, then files, newest first. What is hidden is left out."""
    readable: bool = True
    """Whether the folder could be read."""

    @property
    def files(self) -> int:
        """How many of the entries are files."""
        return sum(not entry.is_folder for entry in self.entries)


def look_into(folder: Path, *, every: bool = False) -> Listing:
    """Return the folders and the files in ``folder``. No file is opened.

    Args:
        folder: what to list; not what is in its folders.
        every: whether to list every file, not only ``.ionapi`` files.
    """
    folder = folder.absolute()
    try:
        with os.scandir(folder) as scan:
            found = list(scan)
    except OSError:
        return Listing(folder, (), readable=False)
    entries = []
    for one in found:
        if one.name.startswith("."):
            continue
        is_folder, modified = False, 0.0
        with suppress(OSError):
            is_folder = one.is_dir()
            modified = one.stat().st_mtime
        if is_folder or every or is_named_so(one.name):
            entries.append(Entry(Path(one.path), is_folder, modified))
    return Listing(folder, tuple(sorted(entries, key=_order)))


def nearest_folder(path: Path) -> Path:
    """Return ``path``, or the nearest folder above it that is there."""
    path = path.absolute()
    return next((one for one in (path, *path.parents) if kind_of(one) is Kind.FOLDER), path)


def _order(entry: Entry) -> tuple[bool, float, str]:
    return not entry.is_folder, 0 if entry.is_folder else -entry.modified, entry.path.name.casefold()
