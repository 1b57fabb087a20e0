"""Whom a page is for, and the names that go into it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ionapi_tui.base.text import safe


@dataclass(frozen=True)
class Customer:
    """Names that somebody typed; none of them is secret. What is not known is empty."""

    name: str
    """Of the company, or of the person."""
    tenant: str = ""
    service_user: str = ""
    """The user that the service account will act as."""
    app_name: str = ""
    """What the authorized app shall be called."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            object.__setattr__(self, field.name, safe(getattr(self, field.name).strip(), 100))
