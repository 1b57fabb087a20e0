"""A home whose files the installed program and the keyring share, as on a real desktop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import NARROW, Terminal


@dataclass(frozen=True)
class Desktop:
    """A user's home with a GNOME Keyring that is unlocked."""

    home: Path
    environment: dict[str, str]

    @property
    def downloads(self) -> Path:
        """The folder the browser saves to."""
        return self.home / "downloads"

    @property
    def program_home(self) -> Path:
        """The program's own folder."""
        return self.home / "ionapi-tui"

    def open(self, size: tuple[int, int] = NARROW, **environment: str) -> Terminal:
        """Open a terminal window with the program in it."""
        return Terminal(size=size, environment=self.environment | environment)

    def download(self, name: str, content: bytes) -> Path:
        """Save a file as browsers do: piece by piece under another name, then renamed."""
        self.downloads.mkdir(exist_ok=True)
        partial = self.downloads / f"{name}.part"
        with partial.open("wb") as file:
            for start in range(0, len(content), 200):
                file.write(content[start : start + 200])
                file.flush()
        partial.chmod(0o600)
        return partial.rename(self.downloads / name)


@pytest.fixture
def desktop(own_keyring: PrivateKeyring) -> Desktop:
    """A desktop of the test's own."""
    home = own_keyring.home
    places = {
        "IONAPI_TUI_HOME": str(home / "ionapi-tui"),
        "IONAPI_TUI_DOWNLOADS": str(home / "downloads"),
        "PYTHON_KEYRING_BACKEND": "",
    }
    return Desktop(home, own_keyring.env | places)
