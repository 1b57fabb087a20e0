"""What keyring backends raise, said in our words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, TypeVar

from ionapi_tui.base.errors import StoreError, StoreFailed, StoreLocked, StoreMissing
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe, without_keys

T = TypeVar("T")

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
    ("subprocess", "SubprocessError"),
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


def explained(label: Callable[[], str], call: Callable[[], T]) -> T:
    """Return what ``call`` returns, and turn what a backend raises in it into one of our errors.

    The backend's own error is let go, not chained: the frames it holds know what was about to be written, and keep
    connections open.

    Args:
        label: returns the store's name for people; called only when something went wrong, because asking takes time.
        call: uses the backend.

    Raises:
        StoreLocked: it waits for a password, or the question was dismissed.
        StoreMissing: it is not running.
        StoreFailed: anything else.
    """
    try:
        return call()
    except StoreError:
        raise
    except UnicodeError:
        sentence = _("{store} cannot keep these credentials: they hold characters that are not text.")
        failure: StoreError = StoreFailed(sentence.format(store=label()))
    except foreign_errors() as error:
        failure = _translated(error, label())
    raise failure


def _translated(error: BaseException, store: str) -> StoreError:
    # A backend may repeat what it was told to keep.
    why = safe(without_keys(str(error))).rstrip(".") or type(error).__name__
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
