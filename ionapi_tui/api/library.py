"""Stored profiles for programs. What a function needs is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from ionapi_tui.domain.profile import Profile


def profiles() -> tuple[Profile, ...]:
    """Return every stored profile, oldest first. Neither the secret store nor Infor is asked.

    Raises:
        RegistryError: the list cannot be read.
    """
    from ionapi_tui.usecases.services import Services

    return Services().profiles.profiles()


def client(profile: str) -> httpx.Client:
    """Return a signed client whose addresses start behind gateway and tenant of a stored profile.

    ``client("acme-tst").get("IDM/api/datamodel/entities")`` asks the tenant's IDM. Close it after use.

    Args:
        profile: the name of a stored profile.

    Raises:
        NoSuchProfile: there is none of that name.
        StoreError: its secret cannot be read.
    """
    from ionapi_tui.gateway import client as clients
    from ionapi_tui.usecases.services import Services

    return clients.client(Services().connections.source(profile))


def async_client(profile: str) -> httpx.AsyncClient:
    """Return the asynchronous twin of ``client``."""
    from ionapi_tui.gateway import client as clients
    from ionapi_tui.usecases.services import Services

    return clients.async_client(Services().connections.source(profile))


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
    from ionapi_tui.usecases.services import Services

    source = Services().connections.source(profile)

    def current() -> str:
        return source.token().access.reveal()

    return current
