"""Reading an ``.ionapi`` file from disk without blocking, and determining who else can read it."""

from __future__ import annotations

import binascii
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import SECRET_KEYS
from ionapi_tui.domain.findings import Code, Finding, Severity, worst
from ionapi_tui.domain.hosts import is_loopback
from ionapi_tui.domain.inspection import MAX_SIZE, Inspection, inspect
from ionapi_tui.domain.inspection.inspector import too_large
from ionapi_tui.files.atomic import real_path

if sys.platform == "win32":
    from ionapi_tui.base.windows_names import openable

# Do not wait for a pipe, do not acquire a terminal, and do not let child processes inherit the file.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Kind(StrEnum):
    """What a path leads to."""

    FILE = "file"
    """Anything that is there and is no folder; reading it says what it is."""
    FOLDER = "folder"
    MISSING = "missing"


def kind_of(path: Path) -> Kind:
    """Return what ``path`` leads to; what may not be looked at counts as missing."""
    try:
        if path.is_dir():
            return Kind.FOLDER
        return Kind.FILE if path.exists() else Kind.MISSING
    except (OSError, ValueError):
        return Kind.MISSING


@dataclass(frozen=True)
class FileReading:
    """The content of a file, and the findings about the file itself."""

    raw: bytes | None
    """The content; None if it could not be read. A finding says why."""
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        # The content is secret; tracebacks with local variables must not show it.
        size = "None" if self.raw is None else f"<{len(self.raw)} bytes>"
        return f"FileReading(raw={size}, findings={self.findings!r})"


def read_file(path: Path) -> FileReading:
    """Return the content of ``path`` if it is a regular file of at most ``MAX_SIZE`` bytes.

    Symbolic links are followed. Pipes, devices and sockets are not even opened, since opening alone can block or act.
    """
    try:
        opened = path
        if sys.platform == "win32":
            opened = openable(path)
        status = opened.stat()
        if not stat.S_ISREG(status.st_mode):
            return _failed(Code.NOT_A_FILE, path, kind=_kind(status.st_mode))
        raw = None if status.st_size > MAX_SIZE else _content(opened)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        # ValueError: a name with a NUL in it, which no file can have.
        return _failed(Code.NOT_FOUND, path)
    except PermissionError:
        return _failed(Code.UNREADABLE, path, reason=_("you have no permission to read it"))
    except OSError as error:
        return _failed(Code.UNREADABLE, path, reason=error.strerror or type(error).__name__)
    if raw is None or len(raw) > MAX_SIZE:
        return FileReading(None, (too_large(),))
    found = exposures(path, status)
    return FileReading(raw, tuple(Finding(Code.EXPOSED_FILE, values={"reason": one.message}) for one in found))


def inspect_file(path: Path) -> Inspection:
    """Return the inspection of the file at ``path``, with the findings about the file itself."""
    return inspect_reading(read_file(path))


def inspect_reading(reading: FileReading) -> Inspection:
    """Return the inspection of what was read, with the findings about the file itself."""
    if reading.raw is None:
        return Inspection(None, reading.findings)
    inspection = inspect(reading.raw)
    if inspection.credentials is None and not _has_secrets(reading.raw):
        # Another kind of file; who can read it does not matter.
        return inspection
    exposed = reading.findings
    if inspection.credentials is not None and is_loopback(urlsplit(inspection.credentials.gateway_url).hostname or ""):
        # The secrets of a practice tenant open nothing outside this computer.
        exposed = tuple(finding.with_severity(Severity.INFO) for finding in exposed)
    return replace(inspection, findings=tuple(worst([*inspection.findings, *exposed])))


_SECRETS: Final = re.compile(
    rb"""["'](?:%s)["']\s*:\s*["'][^"'\s]{20}|#[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])""" % "|".join(SECRET_KEYS).encode()
)
"""A field of an ``.ionapi`` file with a secret, or an access key of a service account by itself."""

_CURLY: Final = re.compile(rb"\xe2\x80[\x98-\x9f]")
"""Quotation marks as mail programs write them, in UTF-8."""


def _has_secrets(raw: bytes) -> bool:
    """Return whether values in ``raw`` look like the secrets of an ``.ionapi`` file, even a damaged one."""
    # UTF-16 has a zero byte beside each character of these.
    return _SECRETS.search(_CURLY.sub(b'"', raw.replace(b"\0", b""))) is not None


def inspect_variable(name: str, environment: Mapping[str, str]) -> Inspection | None:
    """Return the inspection of a file that is in an environment variable, as JSON or as Base64 of it.

    Args:
        name: of the variable.
        environment: where it is looked for.

    Returns:
        The inspection; None if there is no such variable.
    """
    # On Windows a name with "=" or NUL in it raises ValueError; it can be no variable.
    text = environment.get(name) if name and "=" not in name and "\0" not in name else None
    return None if text is None else inspect(_decoded(os.fsencode(text)))


def _decoded(raw: bytes) -> bytes:
    """Return the bytes that ``raw`` is Base64 of, in either alphabet and with or without padding; else ``raw``."""
    packed = b"".join(raw.split()).rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4), strict_mode=True) or raw
    except binascii.Error:
        return raw


def _content(path: Path) -> bytes | None:
    """Return at most one byte more than ``MAX_SIZE``; the size that the system reports may be wrong or growing."""
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb") as file:  # noqa: PTH123 - the descriptor carries the flags
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            # Exchanged since it was looked at.
            raise FileNotFoundError
        return file.read(MAX_SIZE + 1)


def _failed(code: Code, path: Path, **values: str) -> FileReading:
    return FileReading(None, (Finding(code, values={"path": str(path), **values}),))


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return _("a folder")
    if stat.S_ISFIFO(mode):
        return _("a pipe")
    return _("a socket") if stat.S_ISSOCK(mode) else _("a device")


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
"""Prefixes of the folder names of synchronization services, in lower case (``OneDrive - Contoso``)."""


class ExposureKind(StrEnum):
    """How others can access a file; the codes are part of the JSON of ``scan``."""

    READABLE = "readable-by-others"
    TRACKED = "git-tracked"
    UNTRACKED = "git-untracked"
    HISTORY = "git-history"
    PUSHED = "git-pushed"
    STAGED = "git-staged"
    SYNCED = "synced-folder"


_REASONS: Final = {
    ExposureKind.READABLE: N_("every user of this computer can read it"),
    ExposureKind.TRACKED: N_("it is committed, or about to be, in the git repository {folder}: every clone has it"),
    ExposureKind.UNTRACKED: N_("it is in the git work tree {folder}, so it can be committed"),
    ExposureKind.HISTORY: N_(
        "it is in the history of the git repository {folder} (commit {commit}): every clone has it"
    ),
    ExposureKind.PUSHED: N_("that commit was pushed: anyone who can read the remote repository has it"),
    ExposureKind.STAGED: N_("it is staged in the git repository {folder}: the next commit adds it to the history"),
    ExposureKind.SYNCED: N_("it is in a folder that {service} copies to other computers"),
}
_ACCOUNTS: Final = N_("other accounts can read it: {accounts}")
"""Readable, not by everybody, but by the accounts that an access list names."""
_DANGLING: Final = N_("git keeps it in {folder} until its next cleanup, although no commit contains it any more")
"""In the history, but of no commit."""


@dataclass(frozen=True)
class Exposure:
    """One way in which a file is exposed."""

    kind: ExposureKind
    folder: str = ""
    """The work tree or repository; made safe here."""
    commit: str = ""
    service: str = ""
    """The service that synchronizes the folder."""
    accounts: tuple[str, ...] = ()
    """Who can read it, where that is not every user."""

    @property
    def message(self) -> str:
        """The reason, translated."""
        reason = _REASONS[self.kind]
        if self.kind is ExposureKind.HISTORY and not self.commit:
            reason = _DANGLING
        elif self.accounts:
            reason = _ACCOUNTS
        return _(reason).format(
            folder=safe(self.folder, 100),
            commit=safe(self.commit, 20),
            service=self.service,
            accounts=safe(", ".join(self.accounts), 100),
        )


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
    real = real_path(path)
    if sys.platform == "win32":
        yield from _readable_on_windows(real)
    elif others_can_read(real, status):
        yield Exposure(ExposureKind.READABLE)
    folder = repository_of(real)
    committed = in_work_tree(real, folder) if folder is not None else None
    if committed is not None:
        yield committed
    service = synced_by(real)
    if service is not None:
        yield Exposure(ExposureKind.SYNCED, service=service)


def _readable_on_windows(path: Path) -> Iterator[Exposure]:
    """Yield the exposure of a file whose access list names others.

    The folders above it do not matter: by default, Windows lets every user pass through them.
    """
    from ionapi_tui.base.access import other_readers

    with suppress(OSError):
        readers = other_readers(path)
        if readers:
            yield Exposure(ExposureKind.READABLE, accounts=() if "*" in readers else readers)


def others_can_read(path: Path, status: os.stat_result) -> bool:
    """Return whether the permissions of the file and of the folders above it let all users read it."""
    if not status.st_mode & stat.S_IROTH:
        return False
    try:
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
    except OSError:
        return False


def protection_note(path: Path) -> str:
    """Return that only its folder keeps other users from reading the file at ``path``, as with most downloads.

    Returns:
        The sentence; empty if the file's own permissions keep them out, if others can read it (which is a finding), and
        on Windows, where a folder keeps nobody out.
    """
    if sys.platform == "win32":
        return ""
    real = real_path(path)
    try:
        status = real.stat()
    except (OSError, ValueError):
        return ""
    if not status.st_mode & stat.S_IROTH or others_can_read(real, status):
        return ""
    return _("The permissions of the file let every user read it; only its folder keeps them out.")


def repository_of(path: Path) -> Path | None:
    """Return the git work tree that contains the file ``path``; None if there is none."""
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def synced_by(path: Path) -> str | None:
    """Return the service that synchronizes the folder of ``path``; None if there is none."""
    folders = [folder.lower() for folder in path.parts[:-1]]
    return next((name for start, name in _SYNCED if any(folder.startswith(start) for folder in folders)), None)
