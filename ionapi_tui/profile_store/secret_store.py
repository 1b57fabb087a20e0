"""What a place for secrets has to offer; the stores themselves are in ``secret_stores``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret


class SecretStore(Protocol):
    """A place for secrets, each under the name of an item."""

    @property
    def key(self) -> str:
        """What a profile remembers of the store, such as ``keyring:SecretService``."""

    @property
    def label(self) -> str:
        """The store's name for people, such as ``GNOME Keyring``."""

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None when there is none."""

    def set(self, item: str, secret: Secret) -> None:
        """Keep ``secret`` under ``item``, in place of what was there; a reader sees the old or the new one, whole."""

    def delete(self, item: str) -> None:
        """Remove ``item`` and every trace of unfinished writing; fine when there is none."""

    def locked(self) -> bool | None:
        """Return whether the store waits for a password, without asking for it; None when nobody can tell."""
