"""How to get the parts of this program that are not installed."""

from __future__ import annotations

import sys
from typing import Final

IS_FROZEN: Final = bool(getattr(sys, "frozen", False))
"""Whether this is the program in a single file, which nothing can be installed into."""


def command_for(extra: str, *, frozen: bool = IS_FROZEN) -> str:
    """Return the command that installs an extra.

    Args:
        extra: its name, as in ``ionapi-tui[kdbx]``.
        frozen: whether another installation is needed for it, because this program is a single file.
    """
    return f"pipx install 'ionapi-tui[{extra}]'" if frozen else f"pip install 'ionapi-tui[{extra}]'"
