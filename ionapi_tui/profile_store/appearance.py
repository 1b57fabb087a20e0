"""The language and the colours that were chosen in the app, which survive restarts and crashes."""

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
class Appearance:
    """What was chosen; a version of the program may not know all of it."""

    language: str = ""
    """The code of the language, such as ``de``; empty for that of the environment."""
    theme: str = ""
    """The name of the colour scheme; empty for the usual one."""


class AppearanceFile:
    """The file ``appearance.json``."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = path
        self._clock = clock

    def load(self) -> Appearance:
        """Return what was chosen; nothing if there is no file or it is damaged, which moves it to quarantine."""
        try:
            raw = self.path.read_bytes()
        except OSError:
            return Appearance()
        try:
            return _parsed(raw)
        except (ValueError, KeyError, TypeError, RecursionError):
            with suppress(OSError):
                quarantine(self.path, self._clock())
            return Appearance()

    def save(self, appearance: Appearance) -> None:
        """Replace the content of the file.

        Raises:
            StoreFailed: it cannot be written, and is unchanged.
        """
        document = {"version": VERSION, "language": appearance.language, "theme": appearance.theme}
        try:
            atomic.write(self.path, json.dumps(document).encode())
        except OSError as error:
            sentence = _("The language and the colours cannot be saved in {path}: {why}.")
            raise StoreFailed(sentence.format(path=safe(self.path), why=safe(error.strerror or error))) from error


def _parsed(raw: bytes) -> Appearance:
    document = json.loads(raw)
    language, theme = document["language"], document["theme"]
    if document["version"] != VERSION or not isinstance(language, str) or not isinstance(theme, str):
        raise ValueError
    return Appearance(language, theme)
