"""Vaults as stores; one object for each file, so that each is unlocked once."""

from __future__ import annotations

from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.credentials import Credential, SimpleCredential
from keyring.errors import PasswordDeleteError

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import Paths
from ionapi_tui.base.text import safe
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.secret_stores.choose import SettingsFile
from ionapi_tui.secret_stores.keyring_store import SERVICE, VAULT, KeyringStore, is_vault
from ionapi_tui.secret_stores.vault.vault import Vault


class VaultBackend(KeyringBackend):
    """A vault as a backend of ``keyring``. ``KdbxKeyring`` derives from it and finds the vault to use."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        """Never chosen automatically.

        Raises:
            RuntimeError: always; it needs a vault.
        """
        raise RuntimeError("it needs a vault")

    def __init__(self, vault: Vault | None = None) -> None:
        """Use ``vault``."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._vault = vault

    @property
    def vault(self) -> Vault:
        """The vault."""
        assert self._vault is not None
        return self._vault

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password of ``username`` for ``service``; None if there is none."""
        return self.vault.get(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the password of ``username`` for ``service``."""
        self.vault.set(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        """Delete the password of ``username`` for ``service``.

        Raises:
            PasswordDeleteError: there is none.
        """
        if not self.vault.delete(service, username):
            raise PasswordDeleteError("No such password!")

    def get_credential(self, service: str, username: str | None) -> Credential | None:
        """Return the credential of ``username``, or of any user if None, for ``service``."""
        user = self.vault.user_of(service) if username is None else username
        password = None if user is None else self.get_password(service, user)
        return None if user is None or password is None else SimpleCredential(user, password)


class VaultStore(KeyringStore):
    """A vault as a store."""

    def __init__(self, vault: Vault, key: str) -> None:
        super().__init__(VaultBackend(vault), key, vault.label, lambda: vault.locked)


class Vaults:
    """The vaults that this process uses."""

    def __init__(self, paths: Paths) -> None:
        """Configure; nothing is opened.

        Args:
            paths: where the program's own vault is.
        """
        self._paths = paths
        self._open: dict[Path, Vault] = {}

    def path_of(self, key: str) -> Path:
        """Return the file of the vault with that key."""
        _kind, _colon, path = key.partition(":")
        return Path(path) if path else self._paths.vault

    def key_of(self, path: Path) -> str:
        """Return the key of the vault in that file."""
        absolute = path.expanduser().absolute()
        return VAULT if absolute == self.path_of(VAULT).absolute() else f"{VAULT}:{absolute}"

    def open(self, path: Path) -> Vault:
        """Return the vault of a file, which need not exist; always the same object."""
        absolute = path.expanduser().absolute()
        if absolute not in self._open:
            self._open[absolute] = Vault(absolute, self._title)
        return self._open[absolute]

    def store(self, key: str) -> VaultStore:
        """Return the store of a vault's key; the file need not exist."""
        return VaultStore(self.of(key), key)

    def of(self, key: str) -> Vault:
        """Return the vault of a vault's key; the file need not exist."""
        return self.open(self.path_of(key))

    def preferred(self) -> Vault:
        """Return the vault that the user has chosen, else the program's own.

        Raises:
            RegistryError: the user's choice cannot be read.
        """
        use = SettingsFile(self._paths.settings).load().use or VAULT
        return self.of(use if is_vault(use) else VAULT)

    def _title(self, service: str) -> str:
        """Return the title of an entry, as shown by KeePassXC: the name of the profile, and the kind of item."""
        prefix, _colon, item = service.partition(":")
        if prefix != SERVICE or not item:
            return safe(service)
        profile_id, *kind = item.split(":")
        try:
            contents = Registry(self._paths.registry).load()
        except IonApiError:
            return safe(service)
        known = (*contents.profiles, *(intent.profile for intent in contents.pending))
        name = next((profile.name for profile in known if profile.id == profile_id), profile_id)
        if not kind:
            return safe(name)
        part = _("access token") if kind == ["token"] else safe(" ".join(kind))
        return _("{name} ({part})").format(name=safe(name), part=part)
