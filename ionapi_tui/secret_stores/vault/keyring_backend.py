"""The vault as a backend of ``keyring``, registered by an entry point.

It is never chosen automatically, because other programs would then prompt for an unexpected passphrase. Choose it with
``keyring -b ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring get SERVICE USER``.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from keyring.compat import properties

from ionapi_tui.base.language import _
from ionapi_tui.secret_stores.vault.vault import Vault
from ionapi_tui.secret_stores.vault.vaults import VaultBackend, Vaults


class KdbxKeyring(VaultBackend):
    """Stores passwords in a KeePass file."""

    file: str = ""
    """The path of the file; empty for the vault shown by ``ionapi-tui store``. ``KEYRING_PROPERTY_FILE`` sets it."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        """Lower than every backend that is chosen automatically.

        Raises:
            RuntimeError: the library for KeePass files is not installed.
        """
        if importlib.util.find_spec("pykeepass") is None:
            raise RuntimeError(_("pykeepass is not installed"))
        return -1

    @property
    def vault(self) -> Vault:
        """The vault, unlocked on first use with a passphrase from the environment or the terminal."""
        if self._vault is None:
            from ionapi_tui.base.paths import Paths, home_folder
            from ionapi_tui.secret_stores.vault.unlocking import ask_on_terminal, unlock

            vaults = Vaults(Paths(home_folder()))
            vault = vaults.open(Path(self.file)) if self.file else vaults.preferred()
            unlock(vault, ask_on_terminal)
            self._vault = vault
        return self._vault
