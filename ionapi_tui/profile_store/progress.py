"""The progress in a guide, which survives restarts and crashes."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.files import atomic
from ionapi_tui.files.quarantine import quarantine

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress in a guide: screens and ticks, never what was typed."""

    guide: str = ""
    """The name of the guide; empty if none was started."""
    step: str = ""
    """The id of the current screen."""
    done: frozenset[str] = frozenset()
    """The ids of all ticked items."""
    version: int = VERSION


class ProgressFile:
    """The file ``progress.json``."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = path
        self._clock = clock

    def load(self) -> Progress:
        """Return the saved progress; an empty one if there is none or the file is damaged.

        A damaged file is moved to quarantine.
        """
        try:
            raw = self.path.read_bytes()
        except OSError:
            return Progress()
        try:
            return _parsed(raw)
        except (ValueError, KeyError, TypeError, RecursionError):
            with suppress(OSError):
                quarantine(self.path, self._clock())
            return Progress()

    def save(self, progress: Progress) -> None:
        """Replace the content of the file by ``progress``.

        Raises:
            StoreFailed: it cannot be written, and is unchanged.
        """
        document = {
            "version": VERSION,
            "guide": progress.guide,
            "step": progress.step,
            "done": sorted(progress.done),
        }
        try:
            atomic.write(self.path, json.dumps(document).encode())
        except OSError as error:
            sentence = _("Your progress cannot be written to {path}: {why}.")
            raise StoreFailed(sentence.format(path=safe(self.path), why=safe(error.strerror or error))) from error


def _parsed(raw: bytes) -> Progress:
    document = json.loads(raw)
    guide, step, done = document["guide"], document["step"], document["done"]
    names = [guide, step, *done]
    if document["version"] != VERSION or not isinstance(done, list) or not all(isinstance(one, str) for one in names):
        raise ValueError
    return Progress(guide, step, frozenset(done))
