"""Names of files that Windows does not allow, and paths that it takes only in a longer form."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

DEVICES: Final = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{kind}{n}" for kind in ("com", "lpt") for n in "0123456789¹²³"),
    ]
)
"""Names that mean a device in every folder, whatever ending they have (Microsoft, “Naming Files, Paths, and
Namespaces”)."""

_FORBIDDEN: Final = frozenset('<>:"|?*/\\')
_LONGEST: Final = 247
"""Characters from which on a path, or the name of a file in that folder, may be longer than Windows takes as it is."""


def is_device(name: str) -> bool:
    """Return whether Windows takes the name of a file, such as ``con.ionapi``, for a device."""
    return name.partition(".")[0].rstrip(" ").lower() in DEVICES


def is_forbidden(name: str) -> bool:
    """Return whether Windows refuses a name, drops its end, or takes it for a device or for a part of another file."""
    return (
        is_device(name)
        or name.endswith((" ", "."))
        or any(char in _FORBIDDEN or ord(char) < 32 for char in name)
        or not name
    )


def openable(path: Path) -> Path:
    """Return ``path`` in the form in which the system opens it however long it is."""
    return Path(extended(os.path.abspath(path))) if sys.platform == "win32" else path  # noqa: PTH100 - keeps links


def extended(absolute: str) -> str:
    r"""Return a path of Windows with the prefix that lifts its limit of 260 characters, if it is near it.

    Args:
        absolute: a path with a drive, or of a share (``\\server\share\...``).
    """
    if len(absolute) <= _LONGEST or absolute.startswith("\\\\?\\"):
        return absolute
    if absolute.startswith("\\\\"):
        return "\\\\?\\UNC\\" + absolute[2:]
    return "\\\\?\\" + absolute
