"""A file that must be found out."""

from __future__ import annotations

from dataclasses import dataclass

from ionapi_tui.domain.findings import Code, Severity, Step

ERROR, WARNING, INFO = Severity


@dataclass(frozen=True)
class Case:
    """A file and the finding that has to be among what is said about it."""

    name: str
    raw: bytes
    code: Code
    field: str | None
    severity: Severity
    step: Step | None
    says: str = ""
    """A part of the message or the fix."""

    def __repr__(self) -> str:
        return self.name
