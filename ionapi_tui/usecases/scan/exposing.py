"""What exposes a file with secrets beyond its being there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.files.exposure import others_can_read, repository_of, synced_by
from ionapi_tui.usecases.scan.git import Past, Repository


class Way(StrEnum):
    """A way in which others get at a secret."""

    READABLE = "readable-by-others"
    TRACKED = "git-tracked"
    UNTRACKED = "git-untracked"
    HISTORY = "git-history"
    PUSHED = "git-pushed"
    SYNCED = "synced-folder"


@dataclass(frozen=True)
class Exposure:
    """One way, in words."""

    way: Way
    message: str
    """The reason, in the language in use."""


def exposures_of_file(path: Path) -> Iterator[Exposure]:
    """Yield what exposes the file at ``path``."""
    real = Path(os.path.realpath(path))
    if os.name == "posix" and others_can_read(real, real.stat()):
        yield Exposure(Way.READABLE, _("every user of this machine can read it"))
    folder = repository_of(real)
    if folder is not None:
        yield from _in_work_tree(real, folder)
    service = synced_by(real)
    if service is not None:
        sentence = _("it lies in a folder that {service} copies to other machines")
        yield Exposure(Way.SYNCED, sentence.format(service=service))


def exposures_of_past(repository: Repository, past: Past) -> Iterator[Exposure]:
    """Yield what exposes a version of a file that only git has."""
    if past.commit:
        sentence = _("it is in the history of the git repository {folder} (commit {commit}): every clone has it")
        told = sentence.format(folder=safe(repository.top, 100), commit=safe(past.commit, 20))
    else:
        sentence = _("git keeps it in {folder}, though no commit has it any more, until it cleans up")
        told = sentence.format(folder=safe(repository.top, 100))
    yield Exposure(Way.HISTORY, told)
    if past.pushed:
        yield Exposure(Way.PUSHED, _("that commit has been pushed: whoever may read the remote repository has it"))


def _in_work_tree(path: Path, folder: Path) -> Iterator[Exposure]:
    repository = Repository(folder)
    shown = safe(folder, 100)
    if repository.tracks(path):
        sentence = _("it is committed, or about to be, in the git repository {folder}: every clone has it")
        yield Exposure(Way.TRACKED, sentence.format(folder=shown))
    elif not repository.ignores(path):
        sentence = _("it lies in the git work tree {folder}, so that it can be committed")
        yield Exposure(Way.UNTRACKED, sentence.format(folder=shown))
