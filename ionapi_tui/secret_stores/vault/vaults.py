"""Vaults as stores, one object a file, so that each is unlocked once."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import Paths
from ionapi_tui.base.text import safe
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.secret_stores.choose import VAULT, SettingsFile, is_vault
from ionapi_tui.secret_stores.keyring_store import SERVICE, KeyringStore
from ionapi_tui.secret_stores.vault.keyring_backend import KdbxKeyring
from ionapi_tui.secret_stores.vault.vault import Vault


class VaultStore(KeyringStore):
    """A vault as a store."""

    def __init__(self, vault: Vault, key: str) -> None:
        super().__init__(KdbxKeyring(vault), key, vault.label, lambda: vault.locked)


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
