"""What an inspection returns."""

from __future__ import annotations

from dataclasses import dataclass

from ionapi_tui.domain.credentials import Credentials, label_of
from ionapi_tui.domain.findings import Finding, ok


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the file, for people: nothing in it is secret, and all of it is safe to draw."""

    key: str
    """The key in the file, such as ``ti``."""
    value: str
    """The value; of a secret only the mask and its length."""
    secret: bool
    """Whether the value is masked."""

    @property
    def label(self) -> str:
        """What people call the field, in the language in use."""
        return label_of(self.key)


@dataclass(frozen=True)
class Inspection:
    """What was found out about a file."""

    credentials: Credentials | None
    """The file as a value; None when an error makes it unusable."""
    findings: tuple[Finding, ...]
    """Everything that is wrong or worth knowing, worst first."""
    fields: tuple[Field, ...] = ()
    """Every field that could be read, in Infor's order, unknown keys last."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return ok(self.findings)
