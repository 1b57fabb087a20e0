"""What keyring backends raise, said in our words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ionapi_tui.errors import StoreError, StoreFailed, StoreLocked, StoreMissing
from ionapi_tui.language import _
from ionapi_tui.text import safe

_LOCKED: Final = (
    ("keyring.errors", "KeyringLocked"),
    ("secretstorage.exceptions", "LockedException"),
    ("secretstorage.exceptions", "PromptDismissedException"),
)
"""Somebody has to enter a password, or did not want to."""

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
    ("pywintypes", "error"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("keyring.backends.macOS.api", "Error"),
)
"""What ``keyring`` lets through from the libraries below it."""

_BUILT_IN: Final = (RuntimeError, ValueError, TypeError, LookupError, AttributeError, ImportError)
"""What backends of other people raise when something below them is not as they expect."""


def foreign_errors() -> tuple[type[BaseException], ...]:
    """Return every class that an imported keyring backend is known to raise."""
    return (*_imported(_LOCKED), *_imported(_AWAY), *_imported(_OTHER), OSError, EOFError, *_BUILT_IN)


@contextmanager
def explained(store: str) -> Iterator[None]:
    """Turn what the backend of ``store`` raises inside a ``with`` block into one of our errors.

    The cause is cut off, because a traceback would show what the backend was about to write.

    Args:
        store: the store's label, as people know it.

    Raises:
        StoreLocked: it waits for a password, or the question was dismissed.
        StoreMissing: it is not running.
        StoreFailed: anything else.
    """
    try:
        yield
    except StoreError:
        raise
    except UnicodeError:
        sentence = _("{store} cannot keep these credentials: they hold characters that are not text.")
        raise StoreFailed(sentence.format(store=store)) from None
    except foreign_errors() as error:
        raise _translated(error, store) from None


def _translated(error: BaseException, store: str) -> StoreError:
    why = safe(error).rstrip(".") or type(error).__name__
    if _is(error, _imported(_LOCKED)):
        return StoreLocked(_("{store} is locked. Unlock it and try again.").format(store=store))
    if _is(error, (*_imported(_AWAY), ConnectionError, EOFError)):
        sentence = _("{store} is not available ({why}). Nothing is lost; start it and try again.")
        return StoreMissing(sentence.format(store=store, why=why))
    return StoreFailed(_("{store} answered with an error: {why}.").format(store=store, why=why))


def _is(error: BaseException, classes: tuple[type[BaseException], ...]) -> bool:
    """Return whether ``error`` is of ``classes``, or a backend wrapped one that is."""
    return isinstance(error, classes) or isinstance(error.__cause__, classes)


def _imported(names: tuple[tuple[str, str], ...]) -> tuple[type[BaseException], ...]:
    """Return those classes whose modules are imported; no other can be raised."""
    return tuple(getattr(sys.modules[module], name) for module, name in names if hasattr(sys.modules.get(module), name))
