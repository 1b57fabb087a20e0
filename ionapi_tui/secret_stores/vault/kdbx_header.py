"""The cost of opening a KeePass file, read from its header before anything is computed with it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_START: Final = 12
"""Bytes of the signatures and the version."""
_VERSION: Final = 4
_KDF: Final = 11
"""The id of the header field with the parameters of the key derivation."""
_DICTIONARY_START: Final = 2
"""Bytes of the version of a dictionary of parameters."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one guess at the passphrase (Argon2id)."""

    memory: int = 64
    """MiB."""
    rounds: int = 10
    lanes: int = 2

    @property
    def work(self) -> int:
        """What the time grows with: MiB that are passed through."""
        return self.memory * self.rounds

    @property
    def is_too_low(self) -> bool:
        """Whether a new vault costs more, in memory or in time."""
        new = Cost()
        return self.memory < new.memory or self.work < new.work

    @classmethod
    def stated_in(cls, data: bytes) -> Cost | None:
        """Return the cost that a KeePass file of version 4 states; None for any other file.

        The format: https://keepass.info/help/kb/kdbx.html
        """
        if len(data) < _START or struct.unpack_from("<H", data, _START - 2)[0] != _VERSION:
            return None
        try:
            kdf = next(content for field, content in _fields(data) if field == _KDF)
            parameters = dict(_parameters(kdf))
            memory, rounds, lanes = (int.from_bytes(parameters[name], "little") for name in (b"M", b"I", b"P"))
        except (struct.error, KeyError, StopIteration):
            return None
        return cls(memory >> 20, rounds, lanes)


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = _START
    while True:
        field, length = struct.unpack_from("<BI", data, position)
        position += 5
        yield field, data[position : position + length]
        position += length


def _parameters(dictionary: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = _DICTIONARY_START
    while dictionary[position : position + 1] not in (b"", b"\0"):
        (length,) = struct.unpack_from("<I", dictionary, position + 1)
        position += 5
        name = dictionary[position : position + length]
        position += length
        (length,) = struct.unpack_from("<I", dictionary, position)
        position += 4
        yield name, dictionary[position : position + length]
        position += length
