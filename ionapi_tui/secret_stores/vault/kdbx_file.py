"""The content of a KeePass file (KDBX): entries in a group of our own, whatever else is in the file left alone."""

from __future__ import annotations

import base64
import io
import logging
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.vault.errors import VaultFailed, VaultLocked, VaultMissing

GROUP: Final = "ionapi-tui"
"""The group that our entries are in; a team's file has others, which are never touched."""

_SERVICE, _USER = "ionapi-tui service", "ionapi-tui user"
"""Fields of an entry that name its item; its title is for people, and they may change it."""

_NOTES: Final = N_("Written by ionapi-tui, which finds it by its attributes. Change the title as you like.")

_ENCODED: Final = "base64:"
_UNSAFE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, or does not give back as it was."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at the passphrase costs (Argon2id)."""

    memory: int = 64
    """MiB."""
    rounds: int = 10
    lanes: int = 2


class KdbxFile:
    """A decrypted KeePass file."""

    def __init__(self, database: Any) -> None:
        self._database = database

    @classmethod
    def new(cls, passphrase: Secret, cost: Cost) -> KdbxFile:
        """Return an empty file for ``passphrase``.

        Raises:
            VaultMissing: the library for KeePass files is not installed.
        """
        library = _library()
        with open(library.pykeepass.BLANK_DATABASE_LOCATION, "rb") as blank:  # noqa: PTH123 - a str of the library
            database = library.PyKeePass(blank, password=library.pykeepass.BLANK_DATABASE_PASSWORD)
        from pykeepass.kdbx_parsing import kdf_uuids

        parameters = database.kdbx.header.value.dynamic_header.kdf_parameters.data.dict
        parameters["$UUID"].value = kdf_uuids["argon2id"]
        parameters["M"].value, parameters["I"].value = cost.memory << 20, cost.rounds
        parameters["P"].value = cost.lanes
        database.database_name = "ionapi-tui"
        database.password = passphrase.reveal()
        return cls(database)

    @classmethod
    def parsed(cls, data: bytes, label: str, passphrase: Secret | None = None, key: Secret | None = None) -> KdbxFile:
        """Return the content of a file.

        Args:
            data: the file.
            label: what errors call it.
            passphrase: opens it, slowly.
            key: opens it at once: what an earlier opening returned as ``key``.

        Raises:
            VaultLocked: it is not opened by that.
            VaultFailed: it is not a whole KeePass file.
            VaultMissing: the library for KeePass files is not installed.
        """
        library = _library()
        try:
            return cls(
                library.PyKeePass(
                    io.BytesIO(data),
                    password=None if passphrase is None else passphrase.reveal(),
                    transformed_key=None if key is None else bytes.fromhex(key.reveal()),
                )
            )
        except library.exceptions.CredentialsError:
            failure: StoreError = VaultLocked(
                _("This passphrase does not open {store}. (One that needs a key file too cannot be used.)").format(
                    store=label
                )
            )
        except _damages():
            failure = VaultFailed(_("{store} is damaged, or no KeePass file.").format(store=label))
        # Not from the library's own: its frames hold the passphrase.
        raise failure

    @property
    def key(self) -> Secret:
        """What opens the file without the slow way from the passphrase, as long as it keeps its salt."""
        return Secret(self._database.transformed_key.hex())

    def get(self, service: str, user: str) -> str | None:
        """Return what is kept for ``user`` of ``service``."""
        entry = self._entry(service, user)
        return None if entry is None else _decoded(entry.password or "")

    def set(self, service: str, user: str, text: str, title: str) -> None:
        """Keep ``text`` for ``user`` of ``service``, in an entry with that title."""
        entry = self._entry(service, user)
        if entry is None:
            from pykeepass.entry import Entry

            # Not by way of add_entry, which looks for the title and stumbles over quotation marks.
            entry = Entry(title=title, username=safe(user), notes=_(_NOTES), kp=self._database)
            self._group().append(entry)
            entry.set_custom_property(_SERVICE, _encoded(service))
            entry.set_custom_property(_USER, _encoded(user))
        entry.title = title
        entry.password = _encoded(text)
        entry.touch(modify=True)

    def delete(self, service: str, user: str) -> bool:
        """Remove what is kept for ``user`` of ``service``; return whether there was something."""
        entry = self._entry(service, user)
        if entry is not None:
            entry.delete()
        return entry is not None

    def user_of(self, service: str) -> str | None:
        """Return a user that something is kept for in ``service``."""
        return next((user for _entry, named, user in self._entries() if named == service), None)

    def packed(self, key: Secret | None) -> bytes:
        """Return the file, encrypted anew.

        Args:
            key: the key that it was opened with; None to make one of a new passphrase and a new salt.
        """
        stream = io.BytesIO()
        self._database.save(stream, transformed_key=None if key is None else bytes.fromhex(key.reveal()))
        return stream.getvalue()

    def encrypt_for(self, passphrase: Secret) -> None:
        """Let the next packing without a key be for ``passphrase``."""
        self._database.password = passphrase.reveal()

    def _group(self) -> Any:
        database = self._database
        group = database.find_groups(name=GROUP, group=database.root_group, recursive=False, first=True)
        return group or database.add_group(database.root_group, GROUP)

    def _entries(self) -> list[tuple[Any, str, str]]:
        """Return our entries with the service and the user of each; one that somebody made by hand has them as its
        title and user name."""
        found = []
        for entry in self._group().entries:
            service, user = entry.get_custom_property(_SERVICE), entry.get_custom_property(_USER)
            by_hand = service is None or user is None
            names = (entry.title or "", entry.username or "") if by_hand else (_decoded(service), _decoded(user))
            found.append((entry, *names))
        return found

    def _entry(self, service: str, user: str) -> Any:
        return next((entry for entry, *names in self._entries() if names == [service, user]), None)


def _library() -> Any:
    try:
        import pykeepass
        import pykeepass.exceptions
        import pykeepass.pykeepass
    except ImportError:
        sentence = _("KeePass files need a part of this program that is not installed: pip install 'ionapi-tui[kdbx]'.")
        raise VaultMissing(sentence) from None
    # It writes what it looks for into the log.
    logging.getLogger("pykeepass").setLevel(logging.WARNING)
    return pykeepass


def _damages() -> tuple[type[BaseException], ...]:
    """Return what reading a file raises that is none, or not whole."""
    from construct import ConstructError
    from lxml.etree import LxmlError
    from pykeepass.exceptions import HeaderChecksumError, PayloadChecksumError

    broken = (HeaderChecksumError, PayloadChecksumError, ConstructError, LxmlError, zlib.error, struct.error)
    return (*broken, ValueError, LookupError, TypeError, AttributeError, OSError, EOFError)


def _encoded(text: str) -> str:
    if not _UNSAFE.search(text) and not text.startswith(_ENCODED) and text == text.strip():
        return text
    return _ENCODED + base64.b64encode(text.encode()).decode()


def _decoded(text: str) -> str:
    if not text.startswith(_ENCODED):
        return text
    return base64.b64decode(text.removeprefix(_ENCODED)).decode()
