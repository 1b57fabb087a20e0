"""Vaults as stores, one object a file, so that each is unlocked once."""

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
    """A vault as a backend of ``keyring``. Without a vault of its own it keeps nothing; ``KdbxKeyring`` finds one."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        """Never chosen by itself.

        Raises:
            RuntimeError: always; it needs a vault.
        """
        raise RuntimeError("it needs a vault")

    def __init__(self, vault: Vault | None = None) -> None:
        """Make a backend of ``vault``."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._vault = vault

    @property
    def vault(self) -> Vault:
        """The vault."""
        assert self._vault is not None
        return self._vault

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


class VaultStore(KeyringStore):
    """A vault as a store."""

    def __init__(self, vault: Vault, key: str) -> None:
        super().__init__(VaultBackend(vault), key, vault.label, lambda: vault.locked)


class Vaults:
    """The vaults that this process has to do with."""

    def __init__(self, paths: Paths) -> None:
        """Prepare; nothing is opened.

        Args:
            paths: where our own vault is, when the user made one.
        """
        self._paths = paths
        self._open: dict[Path, Vault] = {}

    def path_of(self, key: str) -> Path:
        """Return the file that a store's key stands for."""
        _kind, _colon, path = key.partition(":")
        return Path(path) if path else self._paths.vault

    def key_of(self, path: Path) -> str:
        """Return the key of the store that a file is."""
        absolute = path.expanduser().absolute()
        return VAULT if absolute == self.path_of(VAULT).absolute() else f"{VAULT}:{absolute}"

    def open(self, path: Path) -> Vault:
        """Return the vault of a file, which need not be there; always the same object."""
        absolute = path.expanduser().absolute()
        if absolute not in self._open:
            self._open[absolute] = Vault(absolute, self._title)
        return self._open[absolute]

    def store(self, key: str) -> VaultStore:
        """Return the store of a key that begins with ``kdbx``; the file need not be there."""
        return VaultStore(self.of(key), key)

    def of(self, key: str) -> Vault:
        """Return the vault of such a key."""
        return self.open(self.path_of(key))

    def preferred(self) -> Vault:
        """Return the vault that the user has chosen, or the one in our own folder.

        Raises:
            RegistryError: what was chosen cannot be read.
        """
        use = SettingsFile(self._paths.settings).load().use or VAULT
        return self.of(use if is_vault(use) else VAULT)

    def _title(self, service: str) -> str:
        """Return what people read in KeePassXC: the profile's name, and what of it this is."""
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
