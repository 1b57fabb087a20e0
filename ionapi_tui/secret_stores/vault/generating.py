"""A passphrase for those who do not want to think of one: groups of letters that can be pronounced, and typed on any
keyboard."""

from __future__ import annotations

import math
import secrets
from typing import Final

from ionapi_tui.base.secret import Secret

_CONSONANTS: Final = "bdfghjklmnprstv"
_VOWELS: Final = "aeiou"
"""Without letters that are elsewhere on other keyboards (``y``, ``z``, ``q``, ``w``), or sound like another."""

_GROUP: Final = (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)
_GROUPS: Final = 5

BITS: Final = _GROUPS * sum(math.log2(len(letters)) for letters in _GROUP)
"""The entropy: about 80 bits, as many as six words of a list with ten thousand have."""


def generate() -> Secret:
    """Return a new passphrase, such as ``bodak-lifen-tasur-gomil-pevan``, from the random numbers of the system."""
    return Secret("-".join("".join(map(secrets.choice, _GROUP)) for _group in range(_GROUPS)))
