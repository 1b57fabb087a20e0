"""Asking git about files and about earlier versions of them. Nothing that a repository names is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SECONDS: Final = 30.0
_SMALLEST, _LARGEST = 100, 262_144
"""Bytes of a past version that is looked at."""
_WITHOUT_QUESTIONS: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C.UTF-8",
}
# A repository may name programs to be run for it; these switch off the ones that could be met here.
_HARMLESS: Final = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "log.showSignature=false")


@dataclass(frozen=True)
class Past:
    """Where a past version of a file is."""

    path: str
    """Its path in the repository; empty when no commit has it any more."""
    commit: str
    """The short name of the last commit that added or removed it; empty likewise."""
    pushed: bool
    """Whether a branch of a remote has that commit."""


class Repository:
    """A git repository with a work tree."""

    def __init__(self, top: Path) -> None:
        """Take the work tree whose folder is ``top``."""
        self.top = top

    @classmethod
    def around(cls, folder: Path) -> Repository | None:
        """Return the repository that ``folder`` is in; None when there is none, or no git."""
        if shutil.which("git") is None:
            return None
        top = _lines(folder, "rev-parse", "--show-toplevel")
        return cls(Path(top[0])) if top else None

    def tracks(self, path: Path) -> bool:
        """Return whether the file ``path`` is committed, or about to be."""
        return self._succeeds("ls-files", "--error-unmatch", "--", str(path))

    def ignores(self, path: Path) -> bool:
        """Return whether the file ``path`` is left out by ``.gitignore`` and the like."""
        return self._succeeds("check-ignore", "--quiet", "--", str(path))

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of every small version of a file that git keeps, in branches or not."""
        format_ = "--batch-check=%(objecttype) %(objectsize) %(objectname)"
        listed = (line.split() for line in _lines(self.top, "cat-file", "--batch-all-objects", "--unordered", format_))
        names = [name for kind, size, name in listed if kind == "blob" and _SMALLEST <= int(size) <= _LARGEST]
        command = _command(self.top, "cat-file", "--batch")
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()) as reader:  # noqa: S603
            assert reader.stdin is not None
            assert reader.stdout is not None
            # A repository that changes meanwhile, or is damaged, ends the reader early.
            with suppress(OSError, ValueError, IndexError):
                for name in names:
                    reader.stdin.write(f"{name}\n".encode())
                    reader.stdin.flush()
                    size = int(reader.stdout.readline().split()[2])
                    yield name, reader.stdout.read(size + 1)[:-1]
            reader.kill()

    def past(self, blob: str) -> Past:
        """Return where the version of a file called ``blob`` is."""
        wanted = ("log", "--all", "--reflog", "-1", "--no-ext-diff", "--no-textconv", "--name-only", "--format=%h")
        lines = [line for line in _lines(self.top, *wanted, f"--find-object={blob}") if line]
        if len(lines) < 2:
            return Past("", "", pushed=False)
        commit, path = lines[0], lines[1]
        remote = _lines(self.top, "for-each-ref", "--count=1", f"--contains={commit}", "refs/remotes")
        return Past(path, commit, pushed=bool(remote))

    def _succeeds(self, *arguments: str) -> bool:
        return _run(self.top, *arguments) is not None


def _lines(folder: Path, *arguments: str) -> list[str]:
    return (_run(folder, *arguments) or "").splitlines()


def _run(folder: Path, *arguments: str) -> str | None:
    """Return what git says; None when it fails, or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603
            _command(folder, *arguments), capture_output=True, timeout=_SECONDS, env=_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _command(folder: Path, *arguments: str) -> list[str]:
    return ["git", *_HARMLESS, "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _WITHOUT_QUESTIONS
