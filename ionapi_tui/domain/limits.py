"""Numbers that more than one part of the program has to agree on."""

from __future__ import annotations

from typing import Final

UNDO_SECONDS: Final = 10.0
"""Seconds in which a removal can be undone."""

MIN_WIDTH: Final = 60
MIN_HEIGHT: Final = 16
"""The smallest window that the app draws in, in columns and lines."""

WIDE: Final = 100
"""From this many columns on, a page of the app has a rail and two columns."""

ROOMY: Final = 120
"""From this many columns on, the facts of a profile stand beside the list of profiles."""
