"""A probe: what the examination of one layer found."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from ionapi_tui.base.paths import Paths
    from ionapi_tui.secret_stores.stores import Stores


class Status(StrEnum):
    """What a probe found."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Probe:
    """The state of one layer."""

    id: str
    title: str
    status: Status
    detail: str
    """Nothing in it tells whose machine this is."""
    fix: str = ""
    """What to do about it; empty when nothing is to be done."""

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape of one probe in ``doctor --json``."""
        return {
            "id": self.id,
            "title": self.title,
            "status": self.status.value,
            "detail": self.detail,
            "fix": self.fix or None,
        }


@dataclass(frozen=True)
class Surroundings:
    """What is examined."""

    paths: Paths
    """Where our own files are."""
    stores: Stores
    environ: Mapping[str, str]
    output: TextIO
    """Where the program draws."""
    now: Callable[[], datetime]


def reason(error: OSError) -> str:
    """Return why something failed, without the path that Python puts into the message."""
    return f"{os.strerror(error.errno)} ({errno.errorcode.get(error.errno, '?')})" if error.errno else "?"


def worst(probes: Iterable[Probe]) -> Status:
    """Return the worst status there is."""
    found = {probe.status for probe in probes}
    return next((status for status in (Status.ERROR, Status.WARNING) if status in found), Status.OK)
