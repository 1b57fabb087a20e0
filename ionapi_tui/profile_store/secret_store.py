"""The protocol of a secret store; the implementations are in ``secret_stores``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret


class SecretStore(Protocol):
    """Stores secrets by the names of items."""

    @property
    def key(self) -> str:
        """Identifies the store in a profile, such as ``keyring:SecretService``."""

    @property
    def label(self) -> str:
        """The display name, such as ``GNOME Keyring``."""

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None if there is none."""

    def set(self, item: str, secret: Secret) -> None:
        """Store ``secret`` under ``item``, replacing the previous one; readers see one or the other, complete."""

    def delete(self, item: str) -> None:
        """Delete ``item`` and the parts of any interrupted write, if there are any."""

    def locked(self) -> bool | None:
        """Return whether the store is locked, without prompting; None if unknown."""
