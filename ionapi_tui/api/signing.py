"""Signing the requests of any ``httpx`` client as a stored profile."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import httpx


class IonApiAuth(httpx.Auth):
    """Signs requests as a stored profile: ``httpx.Client(auth=IonApiAuth("acme-tst"))``.

    It serves synchronous and asynchronous clients, and any number of them. Tokens are shared with every other process
    of this machine, renewed before they end, and renewed once when the gateway turns one away. A request for another
    host than the profile's gateway is refused before anything is sent.
    """

    def __init__(self, profile: str) -> None:
        """Read the secret of ``profile`` from its store.

        Args:
            profile: the name of a stored profile.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: its secret cannot be read.
        """
        # Imported when it is used, so that naming this class costs no more than httpx itself.
        from ionapi_tui.gateway.client import TokenAuth
        from ionapi_tui.usecases.services import Services

        self._auth = TokenAuth(Services().connections.source(profile))

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign ``request`` for a synchronous client.

        Raises:
            UsageError: the request is for another host than the gateway.
            TokenRefused, NotReached: there is no token to be had.
        """
        return self._auth.sync_auth_flow(request)

    def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Sign ``request`` for an asynchronous client; raises as ``sync_auth_flow`` does."""
        return self._auth.async_auth_flow(request)
