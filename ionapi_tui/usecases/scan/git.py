"""Asking git about files and about earlier versions of them. Nothing that a repository names is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.domain.inspection import MAX_SIZE

_SECONDS: Final = 30.0
_SMALLEST, _LARGEST = 100, 262_144
"""Bytes of a past version that is looked at."""
_WITHOUT_QUESTIONS: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Before git 2.45 a missing object of a partial clone is fetched all the same, by a program the repository names.
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C.UTF-8",
}
_PLACES: Final = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"),
    *("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
)
"""Variables that tell a hook which repository and which index are meant. “git commit --all” and “git commit FILE”
commit from a temporary index, which the usual one does not show."""
_SUBMODULE: Final = "160000"
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


@dataclass(frozen=True)
class Staged:
    """A file as it is about to be committed."""

    path: str
    """Its path in the repository."""
    blob: str
    """The name of its content in git."""


class Repository:
    """A git repository with a work tree."""

    def __init__(self, top: Path, places: Mapping[str, str] | None = None) -> None:
        """Take the work tree whose folder is ``top``.

        Args:
            top: the folder.
            places: variables of git that say where its repository and index are; by default git finds them.
        """
        self.top = top
        self._places = places or {}

    @classmethod
    def of_commit(cls, folder: Path, environ: Mapping[str, str]) -> Repository | None:
        """Return the repository whose commit is being made; None when there is none, or no git.

        Args:
            folder: the folder somebody is in.
            environ: the environment, in which git names the index to a hook.
        """
        # Git is started in another folder, where a relative path would lead elsewhere.
        places = {name: str(folder / environ[name]) for name in _PLACES if environ.get(name)}
        if "GIT_ALTERNATE_OBJECT_DIRECTORIES" in places:
            # A list, which git itself writes with absolute paths.
            places["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = environ["GIT_ALTERNATE_OBJECT_DIRECTORIES"]
        if shutil.which("git") is None:
            return None
        top = _lines(folder, "rev-parse", "--show-toplevel", places=places)
        return cls(Path(top[0]), places) if top else None

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

    def staged(self) -> Iterator[tuple[Staged, bytes]]:
        """Yield every file that the next commit adds or changes, with its content in the index.

        Files that are too small for a secret, or over 1 MiB, are left out.

        Raises:
            IonApiError: git cannot say what is staged, or a content is missing.
        """
        sizes = ("cat-file", "--batch-check=%(objecttype) %(objectsize)")
        contents = ("cat-file", "--batch")
        with self._asked(*sizes) as size_of, self._asked(*contents) as content_of:
            for entry in self._staged_entries():
                kind, _space, size = size_of.line(entry.blob).partition(" ")
                if kind != "blob" or not size.isdigit():
                    raise _not_readable()
                if not _SMALLEST <= int(size) <= MAX_SIZE:
                    continue
                content_of.line(entry.blob)
                yield entry, content_of.content(int(size))

    def _staged_entries(self) -> list[Staged]:
        options = ("--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all")
        raw = _run(self.top, "diff-index", *options, self._last_commit(), "--", places=self._places)
        if raw is None:
            raise _not_readable()
        # ":100644 100644 <blob before> <blob> M", NUL, the path, NUL; see gitdiff-format.
        fields = raw.split("\0")
        entries = []
        for description, path in zip(fields[::2], fields[1::2], strict=False):
            _before, mode, _blob_before, blob, status = description.split(" ")
            if status[0] not in "DU" and mode != _SUBMODULE:
                entries.append(Staged(path, blob))
        return entries

    def _last_commit(self) -> str:
        """Return the last commit; before the first one, the tree without files."""
        if _run(self.top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", places=self._places) is not None:
            return "HEAD"
        empty = _lines(self.top, "hash-object", "-t", "tree", "/dev/null", places=self._places)
        if not empty:
            raise _not_readable()
        return empty[0]

    @contextmanager
    def _asked(self, *arguments: str) -> Iterator[_Reader]:
        """Keep a git running that answers questions about objects, until the end of the ``with`` block."""
        command, environment = _command(self.top, *arguments), _environment(self._places)
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            try:
                yield _Reader(process)
            finally:
                process.kill()

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


class _Reader:
    """The answers of ``git cat-file``, which waits for the names of objects."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input, self._output = process.stdin, process.stdout

    def line(self, name: str) -> str:
        """Return the line that describes the object ``name``.

        Raises:
            IonApiError: git has ended.
        """
        try:
            self._input.write(f"{name}\n".encode())
            self._input.flush()
        except OSError:
            raise _not_readable() from None
        return self._output.readline().decode("utf-8", "replace").rstrip("\n")

    def content(self, size: int) -> bytes:
        """Return the content, of ``size`` bytes, that follows the line of an object.

        Raises:
            IonApiError: it is shorter.
        """
        content = self._output.read(size + 1)
        if len(content) != size + 1:
            raise _not_readable()
        return content[:-1]


def _not_readable() -> IonApiError:
    return IonApiError(_("Git cannot read what is staged. Run “git fsck” in the repository, then commit again."))


def _lines(folder: Path, *arguments: str, places: Mapping[str, str] | None = None) -> list[str]:
    return (_run(folder, *arguments, places=places) or "").splitlines()


def _run(folder: Path, *arguments: str, places: Mapping[str, str] | None = None) -> str | None:
    """Return what git says; None when it fails, or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603
            _command(folder, *arguments), capture_output=True, timeout=_SECONDS, env=_environment(places), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _command(folder: Path, *arguments: str) -> list[str]:
    return ["git", *_HARMLESS, "-C", str(folder), *arguments]


def _environment(places: Mapping[str, str] | None = None) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return own | dict(places or {}) | _WITHOUT_QUESTIONS
