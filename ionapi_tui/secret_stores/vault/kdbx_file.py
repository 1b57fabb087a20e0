"""The content of a KeePass file (KDBX). Entries are in a group of their own; the rest of the file is not touched."""

from __future__ import annotations

import base64
import io
import logging
import re
import struct
import zlib
from typing import Any, Final

from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.extras import command_for
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.vault.errors import VaultFailed, VaultLocked, VaultMissing
from ionapi_tui.secret_stores.vault.kdbx_header import Cost

GROUP: Final = "ionapi-tui"
"""The group of our entries."""

_SERVICE, _USER = "ionapi-tui service", "ionapi-tui user"
"""Custom fields that identify an entry; users may change its title."""

_NOTES: Final = N_("Written by ionapi-tui, which finds it by its attributes. Change the title as you like.")

_ENCODED: Final = "base64:"
_UNSAFE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot represent, or does not preserve."""


_MOST_MEMORY: Final = 4096
"""MiB that opening a file may take."""
_MOST_WORK: Final = 100_000
"""About a minute on a machine of today; KeePass itself suggests one second."""


class KdbxFile:
    """A decrypted KeePass file."""

    def __init__(self, database: Any) -> None:
        self._database = database

    @classmethod
    def new(cls, passphrase: Secret, cost: Cost) -> KdbxFile:
        """Return an empty file that ``passphrase`` opens.

        Raises:
            VaultMissing: the library for KeePass files is not installed.
        """
        library = _library()
        with open(library.pykeepass.BLANK_DATABASE_LOCATION, "rb") as blank:  # noqa: PTH123 - a str of the library
            database = library.PyKeePass(blank, password=library.pykeepass.BLANK_DATABASE_PASSWORD)
        database.database_name = "ionapi-tui"
        file = cls(database)
        file.encrypt_for(passphrase, cost)
        return file

    @classmethod
    def parsed(cls, data: bytes, label: str, passphrase: Secret | None = None, key: Secret | None = None) -> KdbxFile:
        """Return the content of a file.

        Args:
            data: the content of the file.
            label: its display name in errors.
            passphrase: the passphrase, from which the key is derived slowly.
            key: the derived key, from ``key`` of a file opened before.

        Raises:
            VaultLocked: the passphrase or the key is wrong.
            VaultFailed: it is not a complete KeePass file, or opening it takes more than a computer has.
            VaultMissing: the library for KeePass files is not installed.
        """
        library = _library()
        if key is None:
            _check_cost(data, label)
        try:
            database = library.PyKeePass(
                io.BytesIO(data),
                password=None if passphrase is None else passphrase.reveal(),
                transformed_key=None if key is None else bytes.fromhex(key.reveal()),
            )
            # A file of a version that the library does not know is opened, and has no content.
            database.tree  # noqa: B018 - fails without content
            return cls(database)
        except library.exceptions.CredentialsError:
            failure: StoreError = VaultLocked(
                _("This passphrase does not open {store}. (A vault that also needs a key file cannot be used.)").format(
                    store=label
                )
            )
        except _damages():
            failure = VaultFailed(_("{store} is damaged or not a KeePass file.").format(store=label))
        # Not chained: the frames of the original error hold the passphrase.
        raise failure

    @property
    def key(self) -> Secret:
        """The derived key, which opens the file quickly as long as its salt is the same."""
        return Secret(self._database.transformed_key.hex())

    def get(self, service: str, user: str) -> str | None:
        """Return the password of ``user`` for ``service``; None if there is none."""
        entry = self._entry(service, user)
        return None if entry is None else _decoded(entry.password or "")

    def set(self, service: str, user: str, text: str, title: str) -> None:
        """Store the password of ``user`` for ``service`` in an entry with that title."""
        entry = self._entry(service, user)
        if entry is None:
            from pykeepass.entry import Entry

            # Not with add_entry, which searches for the title and fails on quotation marks.
            entry = Entry(title=title, username=safe(user), notes=_(_NOTES), kp=self._database)
            self._group().append(entry)
            entry.set_custom_property(_SERVICE, _encoded(service))
            entry.set_custom_property(_USER, _encoded(user))
        entry.title = title
        entry.password = _encoded(text)
        entry.touch(modify=True)

    def delete(self, service: str, user: str) -> bool:
        """Delete the password of ``user`` for ``service``; return whether there was one."""
        entry = self._entry(service, user)
        if entry is not None:
            entry.delete()
        return entry is not None

    def user_of(self, service: str) -> str | None:
        """Return a user with a password for ``service``; None if there is none."""
        return next((user for _entry, named, user in self._entries() if named == service), None)

    def packed(self, key: Secret | None) -> bytes:
        """Return the encrypted content of the file.

        Args:
            key: the key with which it was opened; None to derive one from the new passphrase and a new salt.
        """
        stream = io.BytesIO()
        self._database.save(stream, transformed_key=None if key is None else bytes.fromhex(key.reveal()))
        return stream.getvalue()

    def encrypt_for(self, passphrase: Secret, cost: Cost | None = None) -> None:
        """Use ``passphrase``, and ``cost`` unless it is None, for the next ``packed(None)``."""
        self._database.password = passphrase.reveal()
        if cost is None:
            return
        from pykeepass.kdbx_parsing import kdf_uuids

        parameters = self._database.kdbx.header.value.dynamic_header.kdf_parameters.data.dict
        parameters["$UUID"].value = kdf_uuids["argon2id"]
        parameters["M"].value, parameters["I"].value = cost.memory << 20, cost.rounds
        parameters["P"].value = cost.lanes

    def _group(self) -> Any:
        database = self._database
        group = database.find_groups(name=GROUP, group=database.root_group, recursive=False, first=True)
        return group or database.add_group(database.root_group, GROUP)

    def _entries(self) -> list[tuple[Any, str, str]]:
        """Return the entries of our group, each with its service and user.

        An entry created by hand has them as its title and user name.
        """
        found = []
        for entry in self._group().entries:
            service, user = entry.get_custom_property(_SERVICE), entry.get_custom_property(_USER)
            by_hand = service is None or user is None
            names = (entry.title or "", entry.username or "") if by_hand else (_decoded(service), _decoded(user))
            found.append((entry, *names))
        return found

    def _entry(self, service: str, user: str) -> Any:
        return next((entry for entry, *names in self._entries() if names == [service, user]), None)


def _check_cost(data: bytes, label: str) -> None:
    """Make sure that opening a file ends.

    Raises:
        VaultFailed: whoever wrote the file asks for what no vault needs.
    """
    cost = Cost.stated_in(data)
    if cost is not None and (cost.memory > _MOST_MEMORY or cost.work > _MOST_WORK):
        sentence = _(
            "Opening {store} would take {memory} MiB of memory and {rounds} rounds, more than any vault needs. The "
            "file was changed or is not yours, so it was not opened. Replace it with a copy of your own vault."
        )
        raise VaultFailed(sentence.format(store=label, memory=cost.memory, rounds=cost.rounds))


def _library() -> Any:
    try:
        import pykeepass
        import pykeepass.exceptions
        import pykeepass.pykeepass
    except ImportError:
        sentence = _("KeePass files need a part of this program that is not installed: {command}.").format(
            command=command_for("kdbx")
        )
        raise VaultMissing(sentence) from None
    # It logs what it searches for.
    logging.getLogger("pykeepass").setLevel(logging.WARNING)
    return pykeepass


def _damages() -> tuple[type[BaseException], ...]:
    """Return the exceptions that the library raises for a file that is damaged or of another type."""
    from argon2.exceptions import Argon2Error
    from construct import ConstructError
    from lxml.etree import LxmlError
    from pykeepass.exceptions import HeaderChecksumError, PayloadChecksumError

    broken: tuple[type[BaseException], ...] = (
        HeaderChecksumError,
        PayloadChecksumError,
        ConstructError,
        LxmlError,
        zlib.error,
        struct.error,
    )
    # What is no size, or more than there is, the key derivation refuses in its own way.
    broken += (Argon2Error, ArithmeticError, MemoryError)
    return (*broken, ValueError, LookupError, TypeError, AttributeError, OSError, EOFError)


def _encoded(text: str) -> str:
    if not _UNSAFE.search(text) and not text.startswith(_ENCODED) and text == text.strip():
        return text
    return _ENCODED + base64.b64encode(text.encode()).decode()


def _decoded(text: str) -> str:
    if not text.startswith(_ENCODED):
        return text
    return base64.b64decode(text.removeprefix(_ENCODED)).decode()
