"""The vault as a backend of ``keyring``, found by that library through an entry point.

It is never chosen by itself, because other programs would then ask for a passphrase nobody expects; name it:
``keyring -b ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring get SERVICE USER``.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.credentials import Credential, SimpleCredential
from keyring.errors import PasswordDeleteError

from ionapi_tui.base.language import _
from ionapi_tui.secret_stores.vault.vault import Vault


class KdbxKeyring(KeyringBackend):
    """Keeps passwords in a KeePass file."""

    file: str = ""
    """The file; empty for the one that ``ionapi-tui store`` tells of. ``KEYRING_PROPERTY_FILE`` sets it."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        """Below everything that is chosen by itself.

        Raises:
            RuntimeError: the library for KeePass files is not installed.
        """
        if importlib.util.find_spec("pykeepass") is None:
            raise RuntimeError(_("pykeepass is not installed"))
        return -1

    def __init__(self, vault: Vault | None = None) -> None:
        """Make a backend of ``vault``; None for the one of this machine, opened as its passphrase is found."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._given = vault
        self._own: Vault | None = None

    @property
    def vault(self) -> Vault:
        """The vault, unlocked if that needs nobody or somebody is there to ask."""
        if self._given is not None:
            return self._given
        if self._own is None:
            from ionapi_tui.base.paths import Paths, home_folder
            from ionapi_tui.secret_stores.unlocking import ask_on_terminal, unlock
            from ionapi_tui.secret_stores.vault.vaults import Vaults

            vaults = Vaults(Paths(home_folder()))
            vault = vaults.open(Path(self.file)) if self.file else vaults.preferred()
            unlock(vault, ask_on_terminal)
            self._own = vault
        return self._own

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept for ``username`` of ``service``."""
        return self.vault.get(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep ``password`` for ``username`` of ``service``."""
        self.vault.set(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        """Remove what is kept for ``username`` of ``service``.

        Raises:
            PasswordDeleteError: nothing is.
        """
        if not self.vault.delete(service, username):
            raise PasswordDeleteError("No such password!")

    def get_credential(self, service: str, username: str | None) -> Credential | None:
        """Return what is kept for ``username``, or for any user, of ``service``."""
        user = self.vault.user_of(service) if username is None else username
        password = None if user is None else self.get_password(service, user)
        return None if user is None or password is None else SimpleCredential(user, password)
