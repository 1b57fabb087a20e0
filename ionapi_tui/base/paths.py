"""The folders and files that this program uses by itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

VAULT_FILE: Final = "vault.kdbx"
"""The name of the vault that this program creates."""


PLAN_FILE: Final = "plan.json"
"""The name of the tenant plan."""


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
    _downloads: Path | None = None
    _assets: Path | None = None

    @classmethod
    def of_this_machine(cls) -> Paths:
        """Return the folders that the operating system suggests.

        ``IONAPI_TUI_HOME`` replaces the program's own folder, ``IONAPI_TUI_DOWNLOADS`` the watched one.
        """
        return cls(home_folder())

    @cached_property
    def downloads(self) -> Path:
        """The folder the browser saves to, watched for ``.ionapi`` files; looked for when it is first needed."""
        return self._downloads or Path(os.environ.get("IONAPI_TUI_DOWNLOADS") or _downloads_folder()).expanduser()

    @cached_property
    def assets(self) -> Path:
        """The guide and its pictures, read only."""
        return self._assets or assets()

    @property
    def registry(self) -> Path:
        """``profiles.json``: the list of profiles, without secrets."""
        return self.home / "profiles.json"

    @property
    def progress(self) -> Path:
        """``progress.json``: the progress in the guide."""
        return self.home / "progress.json"

    @property
    def appearance(self) -> Path:
        """``appearance.json``: the language and the colours that were chosen in the app."""
        return self.home / "appearance.json"

    @property
    def plan(self) -> Path:
        """``plan.json``: the tenants that are to get a file."""
        return self.home / PLAN_FILE

    @property
    def file_requests(self) -> Path:
        """``file-requests.json``: the files that others are to send back, without the keys."""
        return self.home / "file-requests.json"

    @property
    def loans(self) -> Path:
        """``loans.json``: the files that were written for a while; it is there only as long as there are any."""
        return self.home / "loans.json"

    @property
    def practice(self) -> Path:
        """The folder of the practice tenant."""
        return self.home / "practice"

    @property
    def settings(self) -> Path:
        """``store.json``: which secret store the user has chosen."""
        return self.home / "store.json"

    @property
    def vault(self) -> Path:
        """The vault that this program makes when the user wants one."""
        return self.home / VAULT_FILE

    @property
    def store_lock(self) -> Path:
        """The lock of processes that use the desktop's password store; earlier versions know it by this name."""
        return self.home / "turn"

    def token_lock(self, profile_id: str) -> Path:
        """Return what processes lock that renew the token of a profile."""
        return self.home / "tokens" / f"{profile_id}.lock"

    def token_stamp(self, profile_id: str) -> Path:
        """Return the file that changes whenever the cached token of a profile does."""
        return self.home / "tokens" / f"{profile_id}.stamp"

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
