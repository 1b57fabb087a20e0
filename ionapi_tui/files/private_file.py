"""Files with secrets: temporary ones for a program, in memory where possible, and new ones for an export."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ionapi_tui.base.access import restrict
from ionapi_tui.base.errors import StoreFailed, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.base.windows_names import is_forbidden, openable
from ionapi_tui.files.atomic import Busy, ProcessLock

_PREFIX: Final = "ionapi-tui-exec-"
_IN_MEMORY: Final = ("tmpfs", "ramfs")
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder in it is private
_OLD: Final = 60.0
"""The age in seconds from which an unlocked folder is a leftover; a newer one may be about to be locked."""

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""How a file is created that must not be there yet."""

_MOUNTS: Final = Path("/proc/self/mountinfo")

_REMOVER: Final = 'cat; rm -rf -- "$1"'
"""Waits for the end of its input, which this process holds open, then removes a folder."""
_WINDOWS_REMOVER: Final = "set /p ended= & rd /s /q %IONAPI_TUI_LEFTOVER%"
"""The same for ``cmd.exe``, which gets the name of the folder in a variable. A file that Windows itself deletes when it
is closed would not do: most programs open files in a way that Windows refuses for such a file."""
_NEW_CONSOLE_WITHOUT_WINDOW: Final = 0x08000000
"""``CREATE_NO_WINDOW``: neither Ctrl-C nor the end of the terminal reaches the process."""


class FileInTheWay(UsageError):
    """The target file exists already."""


@dataclass(frozen=True)
class SecretFolder:
    """A folder for temporary files with secrets."""

    folder: Path
    in_memory: bool
    """Whether its content is in memory only (apart from swap)."""


def secret_folder(environ: Mapping[str, str], shared_memory: Path = _SHARED_MEMORY) -> SecretFolder:
    """Return the best folder available: private memory, shared memory, or the folder for temporary files.

    Args:
        environ: the environment.
        shared_memory: the file system in memory that all users share.
    """
    runtime = environ.get("XDG_RUNTIME_DIR")
    for folder in ([Path(runtime)] if runtime else []) + [shared_memory]:
        if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) and _is_in_memory(folder):
            return SecretFolder(folder, in_memory=True)
    return SecretFolder(Path(tempfile.gettempdir()), in_memory=False)


@contextmanager
def secret_file(where: SecretFolder, name: str, content: Secret) -> Iterator[Path]:
    """Provide ``content`` as a file that only this user can read, until the end of the ``with`` block.

    If this process is killed, a helper process removes the file. If that fails too, the next call removes it.

    Args:
        where: the folder; the file is created in a private folder within it.
        name: the name of the file.
        content: its content.

    Raises:
        StoreFailed: the file cannot be created.
    """
    _sweep(where.folder)
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=where.folder))
        restrict(folder)
    except OSError as error:
        raise _failed(where.folder, error) from error
    helper = _remover(folder)
    try:
        with ProcessLock(folder / "lock").held():
            try:
                _write(folder / name, content)
            except OSError as error:
                raise _failed(folder, error) from None
            yield folder / name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if helper is not None:
            helper.communicate()


def write_new(path: Path, content: Secret) -> None:
    """Write ``content`` to a new file that only this user can read; if that fails, the file is removed.

    Raises:
        FileInTheWay: a file or link with that name exists.
        UsageError: Windows does not allow the name.
        StoreFailed: it cannot be written.
    """
    _refuse_forbidden(path)
    try:
        _write(openable(path), content)
    except FileExistsError:
        raise FileInTheWay(_("A file {file} already exists. Choose another name.").format(file=safe(path))) from None
    except OSError as error:
        sentence = _("The file {file} cannot be written: {why}.")
        raise StoreFailed(sentence.format(file=safe(path), why=safe(error.strerror or error))) from None


class NewFile:
    """A file that is being written in pieces."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.is_wanted = False
        """Whether the file stays when the ``with`` block ends; until then it may be taken back."""

    def write(self, piece: bytes) -> None:
        """Append ``piece``.

        Raises:
            OSError: it cannot be written; ``new_file`` translates that.
        """
        self._file.write(piece)


@contextmanager
def new_file(path: Path) -> Iterator[NewFile]:
    """Create a file that only this user can read, to be written in pieces within the ``with`` block.

    It is removed if that fails, and if nobody has said that it is wanted.

    Raises:
        FileInTheWay: a file or link with that name exists.
        UsageError: Windows does not allow the name.
        StoreFailed: it cannot be written.
    """
    _refuse_forbidden(path)
    path = openable(path)
    sentence = _("The file {file} cannot be written: {why}.")
    try:
        descriptor = os.open(path, _NEW, 0o600)
    except FileExistsError:
        raise FileInTheWay(_("A file {file} already exists. Choose another name.").format(file=safe(path))) from None
    except OSError as error:
        raise StoreFailed(sentence.format(file=safe(path), why=safe(error.strerror or error))) from None
    stays = False
    try:
        with os.fdopen(descriptor, "wb") as file:
            restrict(path)
            new = NewFile(file)
            yield new
        stays = new.is_wanted
    except OSError as error:
        raise StoreFailed(sentence.format(file=safe(path), why=safe(error.strerror or error))) from None
    finally:
        if not stays:
            path.unlink(missing_ok=True)


def _refuse_forbidden(path: Path) -> None:
    if sys.platform == "win32" and is_forbidden(path.name):
        raise UsageError(_("Windows allows no file named {name}. Choose another name.").format(name=safe(path.name)))


def _write(path: Path, content: Secret) -> None:
    descriptor = os.open(path, _NEW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            restrict(path)
            file.write(content.reveal().encode())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _remover(folder: Path) -> subprocess.Popen[bytes] | None:
    if sys.platform == "win32":
        shell = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "cmd.exe")
        return subprocess.Popen(  # noqa: S603
            [shell, "/d", "/q", "/c", _WINDOWS_REMOVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder.parent,
            env=os.environ | {"IONAPI_TUI_LEFTOVER": folder.name},
            creationflags=_NEW_CONSOLE_WITHOUT_WINDOW,
        )
    command = ["/bin/sh", "-c", _REMOVER, "sh", str(folder)]
    # In its own session, so that Ctrl-C and a closed terminal do not end it.
    return subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _sweep(folder: Path) -> None:
    """Remove leftovers of killed processes from ``folder``; those in use are locked."""
    for leftover in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError, Busy, StoreFailed):
            if _is_ours_and_old(leftover):
                with ProcessLock(leftover / "lock").held(timeout=0):
                    shutil.rmtree(leftover, ignore_errors=True)
                # Windows keeps a file, and so the folder, as long as it is open: the lock was until here.
                shutil.rmtree(leftover, ignore_errors=True)


def _is_ours_and_old(folder: Path) -> bool:
    status = folder.lstat()
    is_ours = stat.S_ISDIR(status.st_mode) and (os.name != "posix" or status.st_uid == os.getuid())
    return is_ours and abs(time.time() - status.st_mtime) > _OLD


def _is_in_memory(folder: Path) -> bool:
    """Return whether ``folder`` is on a file system that Linux keeps in memory."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    device = folder.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in lines:
        # "36 35 98:0 /root /mount options ... - type source options", see proc(5).
        before, _dash, after = line.partition(" - ")
        if before.split()[2] == wanted:
            return after.split()[0] in _IN_MEMORY
    return False


def _failed(folder: Path, error: OSError) -> StoreFailed:
    sentence = _("Cannot create a private file in {folder}: {why}.")
    return StoreFailed(sentence.format(folder=safe(folder), why=safe(error.strerror or error)))
