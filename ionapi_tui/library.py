"""Stored profiles for programs that bring their own HTTP library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionapi_tui.profile import Profile


def profiles() -> tuple[Profile, ...]:
    """Return every stored profile, oldest first. Neither the secret store nor Infor is asked.

    Raises:
        RegistryError: the list cannot be read.
    """
    from ionapi_tui.paths import home_folder
    from ionapi_tui.store.registry import Registry

    return Registry(home_folder() / "profiles.json").load().profiles


def token(profile: str) -> Callable[[], str]:
    """Return a function that returns an access token of a stored profile, one that serves now, at every call.

    Call it for each request and keep nothing: tokens are renewed before they end, and shared with every other process
    of this machine. It may be called from any thread.

    Args:
        profile: the name of a stored profile.

    Raises:
        NoSuchProfile: there is none of that name.
        StoreError: its secret cannot be read.
    """
    from ionapi_tui.connect import of_this_machine

    source = of_this_machine().source(profile)

    def current() -> str:
        return source.token().access.reveal()

    return current
