"""Atomic replacement of files, and locks between processes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ionapi_tui.base.errors import RegistryError, StoreLocked
from ionapi_tui.base.language import _, decimal
from ionapi_tui.base.text import safe

if sys.platform == "win32":
    from ionapi_tui.base.access import make_private_folder, restrict
    from ionapi_tui.base.windows_names import openable
else:
    import fcntl

_PREFIX = ".ionapi-tui-"
_SUFFIX = ".tmp"
_WINDOWS_ATTEMPTS = 50
"""How often to retry replacing a file that another program has open, 20 ms apart."""


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace ``path`` by a file with ``data`` that only its owner may read; on failure it is unchanged.

    Missing folders are created, private. If ``path`` is a symbolic link, its target is replaced.

    Args:
        path: the file.
        data: its new content.
        mode: its permissions, for a file that is shared on purpose.

    Raises:
        OSError: it cannot be written, and is unchanged.
    """
    target = real_path(path)
    if sys.platform == "win32":
        target = openable(target)
    _make_folder(target.parent)
    descriptor, temporary = _create_beside(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if sys.platform == "win32" and mode == 0o600:
                restrict(temporary)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if mode != 0o600:
                temporary.chmod(mode)
            if sys.platform != "win32":
                # Replace it while it is open: it is locked then, and sweep() skips it.
                temporary.replace(target)
        if sys.platform == "win32":
            _replace_on_windows(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def real_path(path: Path) -> Path:
    """Return ``path`` with its links resolved, or only made absolute where the system cannot resolve it."""
    try:
        return Path(os.path.realpath(path))
    except OSError:
        # Some file systems of Windows do not say what they call a file, above all if its path is long.
        return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute() keeps ".."


def sweep(folder: Path) -> int:
    """Remove temporary files of crashed processes from ``folder``; return their number.

    Those in use are locked (or, on Windows, cannot be removed) and are skipped.
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


def _make_folder(folder: Path) -> None:
    """Create ``folder``, private, unless it is there."""
    if sys.platform == "win32":
        make_private_folder(folder)
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _create_beside(target: Path) -> tuple[int, Path]:
    """Create an empty, private file in the folder of ``target``; it is open and locked against ``sweep``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    while True:
        temporary = target.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
        descriptor = os.open(temporary, flags, 0o600)
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if not os.fstat(descriptor).st_nlink:
                # sweep() removed it before it was locked.
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
    # Some network file systems cannot sync a folder; the file has been replaced anyway.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Busy(StoreLocked):
    """Another process, or another thread of this one, holds the lock."""


class ProcessLock:
    """A lock for threads and processes, based on a file.

    The kernel releases it when its holder dies. A holder that is only slow keeps it.
    """

    def __init__(self, path: Path, timeout: float = 30.0) -> None:
        """Use ``path`` as a lock. The file is created when the lock is first taken, and never removed.

        Args:
            path: the file.
            timeout: how many seconds to wait for another holder.
        """
        self.path = path
        self.timeout = timeout

    @contextmanager
    def held(self, timeout: float | None = None) -> Iterator[None]:
        """Hold the lock until the end of the ``with`` block. It is not re-entrant.

        Args:
            timeout: how many seconds to wait for another holder; 0 for not at all, None for the default.

        Raises:
            Busy: another process, or another thread of this one, still holds it.
            RegistryError: the file cannot be created or locked.
        """
        from filelock import FileLock, Timeout

        seconds = self.timeout if timeout is None else timeout
        # A separate lock object for each holder, so that threads exclude each other like processes.
        # A file on loan is taken back by another thread than the one that wrote it.
        lock = FileLock(self.path, mode=0o600, thread_local=False)
        try:
            _make_folder(self.path.parent)
            lock.acquire(timeout=seconds, poll_interval=0.02)
        except Timeout:
            sentence = _(
                "Another ionapi-tui is running and has not finished within {seconds} seconds. "
                "Check whether it is waiting for a password, or close it, and try again."
            )
            raise Busy(sentence.format(seconds=decimal(seconds, "g"))) from None
        except (OSError, NotImplementedError) as error:
            # NotImplementedError: the file system does not support locks.
            why = safe(getattr(error, "strerror", None) or error)
            raise RegistryError(
                _("The lock {path} cannot be used: {why}.").format(path=safe(self.path), why=why)
            ) from error
        try:
            yield
        finally:
            lock.release()
