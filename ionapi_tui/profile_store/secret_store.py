"""The protocol of a secret store; the implementations are in ``secret_stores``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from ionapi_tui.base.secret import Secret


class SecretStore(Protocol):
    """Stores secrets by the names of items."""

    @property
    def key(self) -> str:
        """Identifies the store in a profile, such as ``keyring:SecretService``."""

    @property
    def label(self) -> str:
        """The display name, such as ``GNOME Keyring``."""

    def connected(self) -> AbstractContextManager[None]:
        """Keep one connection open within the block, for many calls in a row; any thread may make them."""

    def read_ahead(self, items: Iterable[str]) -> dict[str, Secret]:
        """Return the secrets of those of ``items`` that the store sends in one reply; the others have to be read."""

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None if there is none."""

    def set(self, item: str, secret: Secret) -> None:
        """Store ``secret`` under ``item``, replacing the previous one; readers see one or the other, complete."""

    def delete(self, item: str) -> None:
        """Delete ``item`` and the parts of any interrupted write, if there are any."""

    def locked(self) -> bool | None:
        """Return whether the store is locked, without prompting; None if unknown."""
