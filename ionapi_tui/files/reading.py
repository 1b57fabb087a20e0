"""Reading an ``.ionapi`` file from disk: never blocking, never more than is needed, and telling who else can."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ionapi_tui.base.language import _
from ionapi_tui.domain.findings import Code, Finding, worst
from ionapi_tui.domain.inspection import MAX_SIZE, Inspection, inspect
from ionapi_tui.domain.inspection.inspector import too_large
from ionapi_tui.files.exposure import exposures

# A pipe must not be waited for, a terminal not become ours, and a child not inherit the file.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class FileReading:
    """The content of a file, and what is to be said about the file itself."""

    raw: bytes | None
    """The content; None when it could not be read (then a finding says why)."""
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        # The content is secret; a traceback that prints local variables must not show it.
        size = "None" if self.raw is None else f"<{len(self.raw)} bytes>"
        return f"FileReading(raw={size}, findings={self.findings!r})"


def read_file(path: Path) -> FileReading:
    """Return the content of ``path`` if it is a regular file of at most ``MAX_SIZE`` bytes.

    Symbolic links are followed. Pipes, devices and sockets are not even opened, since opening alone can block or act.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _failed(Code.NOT_A_FILE, path, kind=_kind(status.st_mode))
        raw = None if status.st_size > MAX_SIZE else _content(path)
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
    """Return the inspection of the file at ``path``, with what is to be said about the file itself."""
    reading = read_file(path)
    if reading.raw is None:
        return Inspection(None, reading.findings)
    inspection = inspect(reading.raw)
    return replace(inspection, findings=tuple(worst([*inspection.findings, *reading.findings])))


def _content(path: Path) -> bytes | None:
    """Return at most one byte more than ``MAX_SIZE``; sizes that the system reports may be wrong or growing."""
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
