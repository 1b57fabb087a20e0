"""What a vault raises: errors of ours, and of ``keyring`` for the programs that use it through that."""

from __future__ import annotations

from keyring.errors import KeyringError, KeyringLocked

from ionapi_tui.base.errors import StoreFailed, StoreLocked, StoreMissing


class VaultLocked(StoreLocked, KeyringLocked):
    """The passphrase is not known, or not the right one."""


class VaultMissing(StoreMissing, KeyringError):
    """The file is not there, or nothing is installed that could read it."""


class VaultFailed(StoreFailed, KeyringError):
    """The file cannot be read or written."""
