"""Files that are either the old or the new one, whatever moment the power goes."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = ".ionapi-tui-"
_SUFFIX = ".tmp"
_WINDOWS_ATTEMPTS = 50
"""How often Windows is asked to replace a file that a virus scanner or a reader has open, 20 ms apart."""


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace ``path`` by a file with ``data`` that only its owner may read; on any failure it stays as it was.

    Folders on the way are made, private. A symbolic link keeps pointing where it points; its target is replaced.

    Args:
        path: the file.
        data: what it will hold.
        mode: who else may read it, for a file that others share on purpose.

    Raises:
        OSError: no room, no permission, and so on; nothing has changed then.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = _create_beside(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if mode != 0o600:
                temporary.chmod(mode)
            if sys.platform != "win32":
                # While it is open it is locked, and sweep() leaves it alone.
                temporary.replace(target)
        if sys.platform == "win32":
            _replace_on_windows(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def sweep(folder: Path) -> int:
    """Remove what writers that died left in ``folder``; return how many files that were.

    The temporary file of a writer that lives is locked (or, on Windows, cannot be removed), and stays.
    """
    removed = 0
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if sys.platform != "win32":
                descriptor = os.open(leftover, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    leftover.unlink()
                finally:
                    os.close(descriptor)
            else:
                leftover.unlink()
            removed += 1
    return removed


def _create_beside(target: Path) -> tuple[int, Path]:
    """Return a new, empty, private file in the folder of ``target``, open and locked against ``sweep``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    while True:
        temporary = target.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
        descriptor = os.open(temporary, flags, 0o600)
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if not os.fstat(descriptor).st_nlink:
                # A sweep came between making the file and locking it, and took it for a leftover.
                os.close(descriptor)
                continue
        return descriptor, temporary


def _replace_on_windows(temporary: Path, target: Path) -> None:
    for attempt in range(_WINDOWS_ATTEMPTS):
        try:
            temporary.replace(target)
        except PermissionError:
            if attempt == _WINDOWS_ATTEMPTS - 1:
                raise
            time.sleep(0.02)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    # Some network file systems cannot sync a folder; the file has been replaced all the same.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
