"""What exposes a file with secrets beyond its being there, where git is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ionapi_tui.files.reading import Exposure, ExposureKind, exposures
from ionapi_tui.usecases.scan.git import Past, Repository


def exposures_of_file(path: Path) -> Iterator[Exposure]:
    """Yield what exposes the file at ``path``."""
    return exposures(path, path.stat(), _in_work_tree)


def exposures_of_past(repository: Repository, past: Past) -> Iterator[Exposure]:
    """Yield what exposes a version of a file that only git has."""
    yield Exposure(ExposureKind.HISTORY, str(repository.top), past.commit)
    if past.pushed:
        yield Exposure(ExposureKind.PUSHED)


def _in_work_tree(path: Path, folder: Path) -> Exposure | None:
    repository = Repository(folder)
    if repository.tracks(path):
        return Exposure(ExposureKind.TRACKED, str(folder))
    return None if repository.ignores(path) else Exposure(ExposureKind.UNTRACKED, str(folder))
