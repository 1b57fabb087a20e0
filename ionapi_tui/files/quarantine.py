"""Files that cannot be understood are kept, under a name that says since when."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path


def quarantine(path: Path, now: datetime) -> Path:
    """Rename the broken file ``path`` to a free name with the date and time in it, and return that.

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
    """Return the broken files that were once ``path`` and still wait for somebody to look at them, oldest first."""
    return tuple(sorted(path.parent.glob(f"{path.name}.broken-*")))
