"""The former address of the vault's backend, which settings of ``keyring`` and stored profiles may name still."""

from __future__ import annotations

from ionapi_tui.secret_stores.vault.keyring_backend import KdbxKeyring

__all__ = ["KdbxKeyring"]
