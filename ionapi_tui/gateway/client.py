"""Clients for the APIs of one tenant: signed, with the manners of this program."""

from __future__ import annotations

import httpx

from ionapi_tui.gateway.auth import TokenAuth
from ionapi_tui.gateway.network import headers, not_by_proxy
from ionapi_tui.gateway.tokens import TokenSource


def client(source: TokenSource) -> httpx.Client:
    """Return a client whose addresses start behind gateway and tenant.

    ``client(source).get("IDM/api/datamodel/entities")`` asks the tenant's IDM. Close it after use.
    """
    return httpx.Client(
        base_url=source.credentials.api_url(""),
        auth=TokenAuth(source),
        verify=source.network.checked_trust(),
        headers=headers(),
        mounts=not_by_proxy(),
    )


def async_client(source: TokenSource) -> httpx.AsyncClient:
    """Return the asynchronous twin of ``client``."""
    return httpx.AsyncClient(
        base_url=source.credentials.api_url(""),
        auth=TokenAuth(source),
        verify=source.network.checked_trust(),
        headers=headers(),
        mounts=not_by_proxy(),
    )
