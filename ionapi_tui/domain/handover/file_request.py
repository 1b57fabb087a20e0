"""A file request: somebody was sent a hand-over page and is to send back an encrypted ``.ionapi`` file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

SHORT_ID: Final = 8
"""How many digits of an id are shown to people."""


class State(StrEnum):
    """What has become of a file request."""

    OPEN = "open"
    """The file has not been imported yet."""
    ANSWERED = "answered"
    """The file was stored as a profile; the key is no longer needed."""
    WITHDRAWN = "withdrawn"
    """The user has withdrawn it."""


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file request without its private key, which is in a password store."""

    id: str
    """16 hexadecimal digits; the ``kid`` of the encrypted file."""
    customer: str
    """Whom the hand-over page was written for."""
    created: str
    """When, as ISO 8601 in UTC."""
    store: str
    """The key of the password store that keeps the private key."""
    public: Mapping[str, str] = field(repr=False)
    """The public key as a JSON Web Key."""
    state: State = State.OPEN
    closed: str = ""
    """When it was answered or withdrawn, as ISO 8601 in UTC; empty while it is open."""
    has_key: bool = True
    """Whether the private key may still be in the password store."""

    @property
    def is_open(self) -> bool:
        """Whether the file is still expected."""
        return self.state is State.OPEN

    @property
    def short_id(self) -> str:
        """The beginning of the id, for people."""
        return self.id[:SHORT_ID]

    def as_json(self) -> dict[str, str]:
        """Return the documented JSON of the request."""
        return {"id": self.id, "customer": self.customer, "created": self.created, "state": self.state}
