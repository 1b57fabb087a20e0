"""The folders and files that this program uses by itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


def assets() -> Path:
    """Return the folder of the guide and its pictures: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


@dataclass(frozen=True)
class Paths:
    """The folders and files that this program reads or writes by itself."""

    home: Path
    """The program's own folder, created with mode 0700 by the first write."""
    downloads: Path
    """The folder the browser saves to, watched for ``.ionapi`` files."""
    assets: Path
    """The guide and its pictures, read only."""

    @classmethod
    def of_this_machine(cls) -> Paths:
        """Return the folders that the operating system suggests.

        ``IONAPI_TUI_HOME`` replaces the program's own folder, ``IONAPI_TUI_DOWNLOADS`` the watched one.
        """
        downloads = os.environ.get("IONAPI_TUI_DOWNLOADS") or _downloads_folder()
        return cls(home_folder(), Path(downloads).expanduser(), assets())

    @property
    def registry(self) -> Path:
        """``profiles.json``: the list of profiles, without secrets."""
        return self.home / "profiles.json"

    @property
    def progress(self) -> Path:
        """``progress.json``: the progress in the guide."""
        return self.home / "progress.json"

    @property
    def lock(self) -> Path:
        """The lock that every writing process takes."""
        return self.home / "lock"


def home_folder() -> Path:
    """Return the program's own folder: ``IONAPI_TUI_HOME``, else the one that the operating system suggests."""
    return Path(os.environ.get("IONAPI_TUI_HOME") or _user_folder()).expanduser()


def _user_folder() -> str:
    from platformdirs import user_data_dir

    return user_data_dir("ionapi-tui", appauthor=False)


def _downloads_folder() -> str:
    from platformdirs import user_downloads_dir

    return user_downloads_dir()
