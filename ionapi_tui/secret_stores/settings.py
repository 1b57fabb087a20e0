"""Which store the user has chosen, kept over restarts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import RegistryError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.files import atomic

VERSION: Final = 1

VAULT: Final = "kdbx"
"""The key of the vault in our own folder; that of another one has its path behind it."""


def is_vault(key: str) -> bool:
    """Return whether a store's key stands for a vault."""
    return key.partition(":")[0] == VAULT


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choice of stores."""

    use: str | None = None
    """The key of the store for new secrets; None leaves it to this program."""
    known: tuple[str, ...] = ()
    """The keys of every store that was ever chosen, whose profiles may go on being opened."""

    def using(self, key: str | None) -> Settings:
        """Return these settings with another store for new secrets."""
        return Settings(key, self.known if key is None or key in self.known else (*self.known, key))


class SettingsFile:
    """The file ``store.json``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Settings:
        """Return what the file holds; nothing chosen when there is none.

        Raises:
            RegistryError: it cannot be read. Nothing is guessed then: another store than the chosen one would do
                what nobody asked for.
        """
        try:
            document = json.loads(self.path.read_bytes())
            use, known = document["use"], document["known"]
            if document["version"] == VERSION and all(isinstance(key, str) for key in [use or "", *known]):
                return Settings(use, tuple(known))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # Its content is told to nobody; the sentence below says all there is to do.
            pass
        sentence = _(
            "The file {path}, which says where secrets go, cannot be read. Delete it and choose again: ionapi-tui "
            "store use NAME."
        )
        raise RegistryError(sentence.format(path=safe(self.path)))

    def save(self, settings: Settings) -> None:
        """Replace the file by one that holds ``settings``.

        Raises:
            RegistryError: there is no room, or no permission; the file is as it was.
        """
        document = {"version": VERSION, "use": settings.use, "known": list(settings.known)}
        try:
            atomic.write(self.path, json.dumps(document).encode())
        except OSError as error:
            sentence = _("The file {path} cannot be written: {why}. It is as it was.")
            raise RegistryError(sentence.format(path=safe(self.path), why=safe(error.strerror or error))) from error
