"""The errors of a vault. They are errors of ``keyring`` too, for programs that use the vault through it."""

from __future__ import annotations

from keyring.errors import KeyringError, KeyringLocked

from ionapi_tui.base.errors import StoreFailed, StoreLocked, StoreMissing


class VaultLocked(StoreLocked, KeyringLocked):
    """The passphrase is unknown or wrong."""


class VaultMissing(StoreMissing, KeyringError):
    """The file does not exist, or the library that reads it is not installed."""


class VaultFailed(StoreFailed, KeyringError):
    """The file cannot be read or written."""
