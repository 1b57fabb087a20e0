"""A JSON file with a version number and a list, as the lists beside ``profiles.json`` are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from ionapi_tui.base.errors import RegistryError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.files import atomic

Item = TypeVar("Item")

VERSION: Final = 1


@dataclass(frozen=True)
class Sentences:
    """What is said when the file fails, marked for translation."""

    unreadable: str
    """With ``{path}`` and ``{why}``, as the next two."""
    unwritable: str
    unmovable: str
    """It is damaged, and cannot be moved to quarantine."""
    damaged: str
    """It was, and is in quarantine at ``{path}`` now."""
    newer: str
    """A newer version has written it."""


class ListFile(Generic[Item]):
    """The file, and nothing about what its items mean. Whoever changes it holds the lock meanwhile."""

    def __init__(
        self,
        path: Path,
        key: str,
        parse: Callable[[dict[str, Any]], Item],
        document_of: Callable[[Item], dict[str, Any]],
        sentences: Sentences,
        clock: Callable[[], datetime],
    ) -> None:
        """Configure; nothing is read.

        Args:
            path: the file.
            key: the name of the list in it.
            parse: returns one item; raises ``ValueError``, ``KeyError`` or ``TypeError`` if it is damaged.
            document_of: returns the JSON of one item.
            sentences: what is said when something fails.
            clock: returns the time, in UTC, which names a file in quarantine.
        """
        self.path = path
        self._key, self._parse, self._document_of = key, parse, document_of
        self._sentences, self._clock = sentences, clock

    def load(self) -> tuple[Item, ...]:
        """Return the items; none if there is no file.

        Raises:
            RegistryError: the file cannot be read, is of a newer version, or is damaged. A damaged one is in quarantine
                then, and the next call succeeds.
        """
        items = self.examine()
        if items is None:
            raise self._quarantined()
        return items

    def examine(self) -> tuple[Item, ...] | None:
        """Return the items, or None if the file is damaged, which is left where it is.

        Raises:
            RegistryError: the file cannot be read, or is of a newer version.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._failed(self._sentences.unreadable, error) from error
        try:
            return self._parsed(raw)
        except (ValueError, KeyError, TypeError, RecursionError):
            return None

    def save(self, items: Iterable[Item]) -> None:
        """Replace the content of the file in one step.

        Raises:
            RegistryError: it cannot be written, and is unchanged.
        """
        document = {"version": VERSION, self._key: [self._document_of(item) for item in items]}
        try:
            atomic.write(self.path, json.dumps(document, indent=1).encode())
        except OSError as error:
            raise self._failed(self._sentences.unwritable, error) from error

    def delete(self) -> None:
        """Delete the file if it is there; raises what ``save`` raises."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise self._failed(self._sentences.unwritable, error) from error

    def _parsed(self, raw: bytes) -> tuple[Item, ...]:
        document = json.loads(raw)
        version = document["version"]
        if not isinstance(version, int) or isinstance(version, bool):
            raise TypeError
        if version > VERSION:
            raise RegistryError(_(self._sentences.newer))
        return tuple(map(self._parse, document[self._key]))

    def _quarantined(self) -> RegistryError:
        from ionapi_tui.files.quarantine import quarantine

        try:
            kept = quarantine(self.path, self._clock().astimezone(UTC))
        except OSError as error:
            return self._failed(self._sentences.unmovable, error)
        return RegistryError(_(self._sentences.damaged).format(path=safe(kept)))

    def _failed(self, sentence: str, error: OSError) -> RegistryError:
        return RegistryError(_(sentence).format(path=safe(self.path), why=safe(error.strerror or error)))
