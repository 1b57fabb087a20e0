"""A backend of the ``keyring`` library as a secret store, and the errors that such backends raise."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from ionapi_tui.base.errors import StoreError, StoreFailed, StoreLocked, StoreMissing
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe, without_keys

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

VAULT: Final = "kdbx"
"""The key of the vault in our own folder; that of another one has its path behind it."""


_VAULT_CLASSES: Final = (
    "keyring:ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring",
    # Where the class was before; settings and profiles may name it there still.
    "keyring:ionapi_tui.store.kdbx.KdbxKeyring",
)


def canonical_key(key: str) -> str:
    """Return ``key``, or the key of the program's own vault where ``key`` names the class of its backend."""
    return VAULT if key in _VAULT_CLASSES else key


def is_vault(key: str) -> bool:
    """Return whether ``key`` is the key of a vault."""
    return key.partition(":")[0] == VAULT


SERVICE: Final = "ionapi-tui"
"""What the service names in the keyring begin with."""

USER: Final = "ionapi-tui"
"""The user name of every item; Windows loses writes when items of several users share one service."""

ITEM_LENGTH: Final = 1_000
"""The most UTF-16 units in one item of a backend that is not known to allow more; Windows allows 1,280."""

LONG_ITEM: Final = 100_000
"""The most UTF-16 units in one item of a backend without a limit of its own."""

_SPLIT: Final = "split:"
_HEAD: Final = re.compile(r"split:(?P<generation>[ab]):(?P<count>[0-9]{1,6}):(?P<digest>[0-9a-f]{64})")
_ATTEMPTS: Final = 3
"""How often an item is read while another process replaces it."""


class Items(Protocol):
    """The calls of a ``keyring`` backend that a store needs."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the text of an item; None if there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Create or replace an item."""

    def delete_password(self, service: str, username: str) -> None:
        """Delete an item."""


class Connected(Items, Protocol):
    """Items over a connection that stays open."""

    def get_passwords(self, services: Iterable[str], username: str) -> dict[str, str]:
        """Return the texts of the items that exist, by their services."""

    def close(self) -> None:
        """Close the connection, after the call under way."""


class KeyringStore:
    """A backend of the ``keyring`` library as a store.

    A short secret is one item, readable by any program that uses ``keyring``. A longer one is split: its parts are
    written first, under the letter of a generation that is not in use. The item itself is written last and records the
    generation, the number of parts and their hash. A reader never sees half a secret.
    """

    def __init__(
        self,
        backend: KeyringBackend,
        key: str,
        label: str | Callable[[], str],
        locked: Callable[[], bool | None] = lambda: None,
        exclusive: Callable[[], AbstractContextManager[object]] = nullcontext,
        connect: Callable[[], Connected] | None = None,
        item_length: int = ITEM_LENGTH,
    ) -> None:
        """Use ``backend`` as a store.

        Args:
            backend: keeps the items.
            key: identifies the store in a profile.
            label: the display name, or a function that determines it on first use.
            locked: returns whether the store is locked; None if unknown.
            exclusive: a context manager for each call, for stores that fail under concurrent access.
            connect: returns the items of ``backend`` over a connection that stays open; None if it has no connection.
            item_length: the most UTF-16 units in one item; a longer secret is split.
        """
        self.key = key
        self._backend: Items = backend
        self._connected: Connected | None = None
        self._connect = connect
        self._item_length = item_length
        self._label = label
        self._locked = locked
        self._exclusive = exclusive

    @property
    def label(self) -> str:
        """The display name."""
        if callable(self._label):
            self._label = self._label()
        return self._label

    def locked(self) -> bool | None:
        """Return whether the store is locked, without prompting; None if unknown."""
        return self._locked()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Keep one connection open within the block, for many calls in a row; any thread may make them."""
        if self._connect is None or self._connected is not None:
            yield
            return
        self._connected = connected = self._connect()
        try:
            yield
        finally:
            self._connected = None
            connected.close()

    def read_ahead(self, items: Iterable[str]) -> dict[str, Secret]:
        """Return the secrets of those of ``items`` that the store sends in one reply; the others have to be read.

        Raises:
            StoreLocked, StoreMissing, StoreFailed: the store is locked, not available, or failed.
        """
        connected = self._connected
        if connected is None:
            return {}
        services = {_service(item): item for item in items}
        texts = self._do(lambda: connected.get_passwords(services, USER))
        return {services[one]: Secret(text) for one, text in texts.items() if not text.startswith(_SPLIT)}

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None if there is none.

        Raises:
            StoreLocked, StoreMissing, StoreFailed: the store is locked, not available, or failed.
        """
        for _attempt in range(_ATTEMPTS):
            head = self._read(_service(item))
            if head is None or not head.startswith(_SPLIT):
                return None if head is None else Secret(head)
            joined = self._joined(item, head)
            if joined is not None:
                return joined
        sentence = _("{store} no longer contains the complete secret. Import the file again.")
        raise StoreFailed(sentence.format(store=self.label))

    def set(self, item: str, secret: Secret) -> None:
        """Store ``secret`` under ``item``, replacing the previous one.

        Raises:
            StoreLocked, StoreMissing, StoreFailed: the previous secret is unchanged.
        """
        parts = translate_errors(lambda: self.label, lambda: _parts(secret, self._item_length))
        used = _generation(self._read(_service(item)) or "")
        if len(parts) == 1 and not parts[0].startswith(_SPLIT):
            self._write(_service(item), parts[0])
        else:
            unused = "b" if used == "a" else "a"
            for number, part in enumerate(parts, 1):
                self._write(_service(item, unused, number), part)
            self._write(_service(item), f"{_SPLIT}{unused}:{len(parts)}:{_digest(secret)}")
        if used:
            self._remove_parts(item, used)

    def delete(self, item: str) -> None:
        """Delete ``item`` and the parts of any interrupted write, if there are any.

        Raises:
            StoreLocked, StoreMissing, StoreFailed: the store is locked, not available, or failed.
        """
        self._remove(_service(item))
        for generation in "ab":
            self._remove_parts(item, generation)

    def _joined(self, item: str, head: str) -> Secret | None:
        """Return the secret that ``head`` describes; None if its parts do not match."""
        found = _HEAD.fullmatch(head)
        if found is None:
            return None
        numbers = range(1, int(found["count"]) + 1)
        parts = (self._read(_service(item, found["generation"], number)) for number in numbers)
        joined = Secret("".join(part or "" for part in parts))
        return joined if _digest(joined) == found["digest"] else None

    def _remove_parts(self, item: str, generation: str) -> None:
        # Parts are written first to last and deleted last to first: the existing ones start at 1, without a gap.
        last = 0
        while self._read(_service(item, generation, last + 1)) is not None:
            last += 1
        for number in range(last, 0, -1):
            self._remove(_service(item, generation, number))

    def _read(self, service: str) -> str | None:
        return self._do(lambda: self._items.get_password(service, USER))

    def _write(self, service: str, text: str) -> None:
        self._do(lambda: self._items.set_password(service, USER, text))

    def _remove(self, service: str) -> None:
        self._do(lambda: self._delete(service))

    @property
    def _items(self) -> Items:
        return self._connected or self._backend

    def _do(self, call: Callable[[], T]) -> T:
        with self._exclusive():
            return translate_errors(lambda: self.label, call)

    def _delete(self, service: str) -> None:
        try:
            self._items.delete_password(service, USER)
        except backend_errors():
            # Backends raise the same error for "not found" and "not allowed", each its own.
            if self._items.get_password(service, USER) is not None:
                raise


def _service(item: str, generation: str = "", number: int = 0) -> str:
    return f"{SERVICE}:{item}:{generation}{number}" if generation else f"{SERVICE}:{item}"


def _generation(head: str) -> str:
    """Return the generation that ``head`` describes; empty if ``head`` is not the head of a split secret."""
    found = _HEAD.fullmatch(head)
    return found["generation"] if found else ""


def _digest(secret: Secret) -> str:
    # Imported late: few items are split.
    import hashlib

    return hashlib.sha256(secret.reveal().encode("utf-8", "surrogatepass")).hexdigest()


def _parts(secret: Secret, length: int) -> list[str]:
    """Return the text of ``secret`` in parts that fit an item: one at least, which may be empty.

    Raises:
        UnicodeEncodeError: no store can keep it. Raised before anything is written.
    """
    text = secret.reveal()
    text.encode()
    return list(_cut(text, length)) or [""]


def _cut(text: str, length: int) -> Iterator[str]:
    start = units = 0
    for position, char in enumerate(text):
        width = 2 if ord(char) > 0xFFFF else 1
        if units + width > length:
            yield text[start:position]
            start, units = position, 0
        units += width
    if text[start:]:
        yield text[start:]


_LOCKED: Final = (
    ("keyring.errors", "KeyringLocked"),
    ("secretstorage.exceptions", "LockedException"),
    ("secretstorage.exceptions", "PromptDismissedException"),
)
"""A password is required, or its prompt was dismissed."""

_AWAY: Final = (
    ("keyring.errors", "NoKeyringError"),
    ("secretstorage.exceptions", "SecretServiceNotAvailableException"),
)
"""The store is not running."""

_OTHER: Final = (
    ("keyring.errors", "KeyringError"),
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("dbus.exceptions", "DBusException"),
    ("gi.repository.GLib", "Error"),
    ("subprocess", "SubprocessError"),
    ("pywintypes", "error"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("keyring.backends.macOS.api", "Error"),
)
"""Errors of lower libraries that ``keyring`` does not translate."""

_BUILT_IN: Final = (RuntimeError, ValueError, TypeError, LookupError, AttributeError, ImportError)
"""Errors that third-party backends raise in unexpected situations."""


def backend_errors() -> tuple[type[BaseException], ...]:
    """Return the exceptions that imported keyring backends are known to raise."""
    return (*_imported(_LOCKED), *_imported(_AWAY), *_imported(_OTHER), OSError, EOFError, *_BUILT_IN)


def translate_errors(label: Callable[[], str], call: Callable[[], T]) -> T:
    """Return the result of ``call``; translate what a backend raises into a ``StoreError``.

    The original error is not chained: its frames hold the secret that was to be written, and keep connections open.

    Args:
        label: returns the display name; called only on failure, because determining it takes time.
        call: calls the backend.

    Raises:
        StoreLocked: it requires a password, or the prompt was dismissed.
        StoreMissing: it is not running.
        StoreFailed: anything else.
    """
    try:
        return call()
    except StoreError:
        raise
    except UnicodeError:
        sentence = _("{store} cannot store these credentials: they contain characters that are not text.")
        failure: StoreError = StoreFailed(sentence.format(store=label()))
    except backend_errors() as error:
        failure = _translated(error, label())
    raise failure


def _translated(error: BaseException, store: str) -> StoreError:
    # The message may contain the secret.
    why = safe(without_keys(str(error))).rstrip(".") or type(error).__name__
    if _is(error, _imported(_LOCKED)):
        from ionapi_tui.secret_stores.unlock_advice import how_to_open

        locked = _("{store} is locked. Unlock it and try again.").format(store=store)
        return StoreLocked(f"{locked} {how_to_open(store)}")
    if _is(error, (*_imported(_AWAY), ConnectionError, EOFError)):
        sentence = _(
            "{store} is not available ({why}). Nothing is lost; start it and try again. “ionapi-tui store” shows the "
            "state of every password store."
        )
        return StoreMissing(sentence.format(store=store, why=why))
    return StoreFailed(_("{store} answered with an error: {why}.").format(store=store, why=why))


def _is(error: BaseException, classes: tuple[type[BaseException], ...]) -> bool:
    """Return whether ``error`` or its cause is an instance of ``classes``."""
    return isinstance(error, classes) or isinstance(error.__cause__, classes)


def _imported(names: tuple[tuple[str, str], ...]) -> tuple[type[BaseException], ...]:
    """Return the classes whose modules are imported; others cannot have been raised."""
    return tuple(getattr(sys.modules[module], name) for module, name in names if hasattr(sys.modules.get(module), name))
