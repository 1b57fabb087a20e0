"""The Secret Service over one connection that stays open, for many items in a row.

The backend of ``keyring`` opens a connection, agrees on a key and closes it again for each call, which takes longer
than the call itself. The items are the same: each of the two reads and replaces what the other has written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from keyring.errors import PasswordDeleteError
from secretstorage.defines import SS_PATH, SS_PREFIX
from secretstorage.exceptions import LockedException
from secretstorage.util import DBusAddressWrapper, format_secret, open_session

from ionapi_tui.secret_stores.keyring_store import backend_errors

if TYPE_CHECKING:
    from keyring.backends.SecretService import Keyring
    from secretstorage.collection import Collection

T = TypeVar("T")

_TYPE: Final = "text/plain"
"""The content type of the items of ``keyring``."""


class ConnectedKeyring:
    """The items of a ``keyring`` backend over a connection of its own, which is opened on first use.

    Threads take turns. After an error the connection is opened anew and the call repeated once, because the service may
    have been restarted or locked meanwhile; that may prompt for its password.
    """

    def __init__(self, backend: Keyring) -> None:
        """Use the collection of ``backend``; nothing is opened."""
        self._backend = backend
        self._turn = Lock()
        self._collection: Collection | None = None

    def close(self) -> None:
        """Close the connection, after the call under way; the next call opens it again."""
        with self._turn:
            self._disconnect()

    def get_password(self, service: str, username: str) -> str | None:
        """Return the text of an item; None if there is none."""
        return self.get_passwords([service], username).get(service)

    def get_passwords(self, services: Iterable[str], username: str) -> dict[str, str]:
        """Return the texts of the items that exist, by their services. The service sends all of them at once."""
        wanted = tuple(services)

        def read(collection: Collection) -> dict[str, str]:
            paths = {service: self._path(collection, service, username) for service in wanted}
            found = {path: service for service, path in paths.items() if path is not None}
            session = _session(collection).object_path
            secrets = _call(collection, SS_PATH, "Service", "GetSecrets", "aoo", list(found), session)
            if len(secrets) < len(found):
                raise LockedException("An item is locked.")
            return {found[path]: _decrypted(collection, secret).decode("utf-8") for path, secret in secrets.items()}

        return self._in_turn(read)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Create an item, or replace its text."""

        def write(collection: Collection) -> None:
            path, raw = self._path(collection, service, username), password.encode("utf-8")
            if path is None:
                # The label and attributes are those of ``keyring``.
                attributes = self._backend._query(service, username, application=self._backend.appid)  # noqa: SLF001
                collection.create_item(f"Password for '{username}' on '{service}'", attributes, raw)
                return
            # GNOME Keyring takes half as long for this as for replacing the item.
            secret = format_secret(_session(collection), raw, _TYPE)
            _call(collection, path, "Item", "SetSecret", "(oayays)", secret)

        self._in_turn(write)

    def delete_password(self, service: str, username: str) -> None:
        """Delete an item.

        Raises:
            PasswordDeleteError: there is none.
        """

        def delete(collection: Collection) -> None:
            items = collection.search_items(self._backend._query(service, username))  # noqa: SLF001
            item = next(items, None)
            if item is None:
                raise PasswordDeleteError("No such password!")
            item.delete()

        self._in_turn(delete)

    def _path(self, collection: Collection, service: str, username: str) -> str | None:
        query = self._backend._query(service, username)  # noqa: SLF001
        paths: list[str] = _call(collection, collection.collection_path, "Collection", "SearchItems", "a{ss}", query)
        return paths[0] if paths else None

    def _in_turn(self, call: Callable[[Collection], T]) -> T:
        with self._turn:
            if self._collection is not None:
                try:
                    return call(self._collection)
                except PasswordDeleteError:
                    raise
                except backend_errors():
                    self._disconnect()
            self._collection = self._backend.get_preferred_collection()  # type: ignore[no-untyped-call]
            try:
                return call(self._collection)
            except PasswordDeleteError:
                raise
            except BaseException:
                self._disconnect()
                raise

    def _disconnect(self) -> None:
        collection, self._collection = self._collection, None
        if collection is not None:
            with suppress(*backend_errors()):
                collection.connection.close()


def _session(collection: Collection) -> Any:
    """Return the session of the connection, in which secrets are encrypted."""
    if collection.session is None:
        collection.session = open_session(collection.connection)
    return collection.session


def _call(collection: Collection, path: str, interface: str, method: str, signature: str, *body: object) -> Any:
    """Return the first value of the reply to a method call; None if there is no value."""
    address = DBusAddressWrapper(path, SS_PREFIX + interface, collection.connection)
    reply = address.call(method, signature, *body)
    return reply[0] if reply else None


def _decrypted(collection: Collection, secret: tuple[str, bytes, bytes, str]) -> bytes:
    """Return the content of a secret that was sent in the session: AES-128-CBC with the padding of PKCS #7."""
    session = _session(collection)
    _session_path, iv, content, _content_type = secret
    if not session.encrypted:
        return bytes(content)
    decryptor = Cipher(AES(session.aes_key), CBC(bytes(iv))).decryptor()
    padded = decryptor.update(bytes(content)) + decryptor.finalize()
    return padded[: -padded[-1]]
