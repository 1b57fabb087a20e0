"""Quarantine for damaged files: they are kept under another name with the date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path


def quarantine(path: Path, now: datetime) -> Path:
    """Rename the damaged file ``path`` to an unused name with the date and time, and return it.

    Raises:
        OSError: it cannot be renamed.
    """
    stem = f"{path.name}.broken-{now:%Y%m%dT%H%M%SZ}"
    kept = path.with_name(stem)
    number = 2
    while kept.exists():
        kept = path.with_name(f"{stem}-{number}")
        number += 1
    path.rename(kept)
    return kept


def quarantined(path: Path) -> tuple[Path, ...]:
    """Return the damaged files that were called ``path`` before, oldest first."""
    return tuple(sorted(path.parent.glob(f"{path.name}.broken-*")))
