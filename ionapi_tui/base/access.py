"""Files and folders for their owner alone: permissions on POSIX, access lists on Windows."""

from __future__ import annotations

import stat
import sys
from contextlib import suppress
from pathlib import Path


def make_private_folder(path: Path) -> None:
    """Create ``path``, with the folders above it, for this user alone; a folder that exists stays as it is.

    Raises:
        OSError: it cannot be created.
    """
    try:
        try:
            path.mkdir(mode=0o700)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    else:
        restrict(path)


def restrict(path: Path) -> None:
    """Let nobody but this user, the system and its administrators use ``path``, where permissions do not say so.

    On POSIX nothing is done: what is private has been created so. Some file systems, such as those of USB sticks, keep
    no access lists; ``is_private`` tells afterwards.

    Args:
        path: a file, or a folder with what will be created in it.
    """
    if sys.platform == "win32":
        from ionapi_tui.base import windows_access

        with suppress(OSError):
            windows_access.restrict(path)


def other_readers(path: Path) -> tuple[str, ...]:
    """Return who else may read ``path``, apart from the system and its administrators; empty for nobody.

    Returns:
        On Windows the names of accounts, ``*`` first for all users of the machine; on POSIX ``*`` for group or others.

    Raises:
        OSError: it cannot be looked at.
    """
    if sys.platform == "win32":
        from ionapi_tui.base import windows_access

        return windows_access.other_readers(path)
    return ("*",) if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) else ()


def is_private(path: Path) -> bool:
    """Return whether only this user may read ``path``; False if that cannot be determined."""
    try:
        return not other_readers(path)
    except OSError:
        return False
