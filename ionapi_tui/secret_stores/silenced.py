"""A wrapper for keyring backends whose programs write to the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

from keyring.backend import KeyringBackend
from keyring.compat import properties


class SilencedKeyring(KeyringBackend):
    """Another backend, without what its program writes to stderr.

    ``pass`` reports every item it does not find, which is no error here and would overwrite the screen of the app.
    """

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        """Never chosen automatically.

        Raises:
            RuntimeError: always; it needs another backend.
        """
        raise RuntimeError("it needs another backend")

    def __init__(self, backend: KeyringBackend) -> None:
        """Wrap ``backend``."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._backend = backend

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password of ``username`` for ``service``."""
        with _silence():
            return self._backend.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the password of ``username`` for ``service``."""
        with _silence():
            self._backend.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        """Delete the password of ``username`` for ``service``."""
        with _silence():
            self._backend.delete_password(service, username)


@contextmanager
def _silence() -> Iterator[None]:
    # The backend passes sys.stderr to its child processes; the descriptor of this process is unchanged.
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):  # noqa: PTH123
        yield
