"""The signs that stand for outcomes, the same in the app and in commands."""

from __future__ import annotations

from enum import StrEnum


class Sign(StrEnum):
    """What stands before a line, so that its outcome can be seen without colours."""

    GOOD = "✓"
    NOTE = "i"
    WARNING = "!"
    ERROR = "✕"
    SKIPPED = "–"
