"""Who an access list of Windows lets read, from its text."""

from __future__ import annotations

import re
from typing import Final

EVERYBODY: Final = frozenset(["S-1-1-0", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-546", "S-1-5-4", "S-1-5-7"])
"""Everyone, authenticated users, users, guests, interactive and anonymous log-ons (Microsoft's well-known SIDs)."""

TRUSTED: Final = frozenset(["S-1-5-18", "S-1-5-32-544", "S-1-3-0", "S-1-3-4"])
"""The system and its administrators, from whom nothing can be kept, and the two names for the owner."""

_ENTRY: Final = re.compile(r"\((X?A|OA|XU|ZA);([A-Z]*);([^;]*);[^;]*;[^;]*;([^;)]*)")
"""An entry of an access list that allows something, in Microsoft's security descriptor definition language."""

_READING: Final = frozenset(["GA", "GR", "FA", "FR", "CC", "RP"])
"""Rights to read the content, by their letters; ``CC`` is the lowest bit of a mask, which reads data of a file."""
_GENERIC: Final = 0x1 | 0x80000000 | 0x10000000


def readers_in(descriptor: str) -> tuple[str, ...]:
    """Return who is allowed to read by a security descriptor of Windows, as SIDs or their two-letter names.

    Args:
        descriptor: in the security descriptor definition language, as in ``D:P(A;;FA;;;SY)(A;;FR;;;BU)``.
    """
    _owner, found, access_list = descriptor.partition("D:")
    if not found or access_list.startswith("NO_ACCESS_CONTROL"):
        # Without a list, everything is allowed to everybody.
        return ("WD",)
    entries = _ENTRY.findall(access_list)
    return tuple(
        dict.fromkeys(who for _kind, flags, rights, who in entries if "IO" not in _pairs(flags) and _reads(rights))
    )


def _reads(rights: str) -> bool:
    if rights.startswith("0x"):
        return bool(int(rights, 16) & _GENERIC)
    return not _READING.isdisjoint(_pairs(rights))


def _pairs(letters: str) -> list[str]:
    return re.findall("..", letters)
