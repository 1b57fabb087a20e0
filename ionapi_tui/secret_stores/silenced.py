"""A keyring backend that lets a program talk to the terminal, silenced."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

from keyring.backend import KeyringBackend
from keyring.compat import properties


class SilencedKeyring(KeyringBackend):
    """Does what another backend does, whose program cannot write over the app or between the lines of a command.

    ``pass`` says on stderr of each thing it does not find, and not finding it is an answer here.
    """

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - a property of the class
        """Never chosen by itself.

        Raises:
            RuntimeError: always; it needs another backend.
        """
        raise RuntimeError("it needs another backend")

    def __init__(self, backend: KeyringBackend) -> None:
        """Silence ``backend``."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._backend = backend

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept for ``username`` of ``service``."""
        with _silence():
            return self._backend.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep ``password`` for ``username`` of ``service``."""
        with _silence():
            self._backend.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        """Remove what is kept for ``username`` of ``service``."""
        with _silence():
            self._backend.delete_password(service, username)


@contextmanager
def _silence() -> Iterator[None]:
    # The backend hands sys.stderr to the processes it starts; the descriptor of this one stays as it is.
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):  # noqa: PTH123
        yield
