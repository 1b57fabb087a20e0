"""Clients for the APIs of one tenant, whose requests carry the token of a source."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import httpx

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.network import headers, not_by_proxy
from ionapi_tui.gateway.tokens import TokenSource

_Conversation = Generator[httpx.Request | None, "httpx.Response | Token", None]
"""Yields a request to send, or None for a token, and is sent what came."""


class TokenAuth(httpx.Auth):
    """Signs requests with an access token, and after a 401 once more with a new one.

    One generator serves synchronous and asynchronous clients; the two flows differ only in how they wait for a token.
    A 403 is never repeated: a new token has the same scopes and roles.
    """

    def __init__(self, source: TokenSource) -> None:
        """Sign with the tokens of ``source``."""
        self.source = source
        self._gateway = httpx.URL(source.credentials.gateway_url)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign ``request`` for a synchronous client.

        Raises:
            UsageError: the request is for another host than the gateway.
            TokenRefused, NotReached: no token could be obtained.
        """
        conversation = self._conversation(request)
        wanted = next(conversation)
        while True:
            try:
                wanted = conversation.send(self.source.token() if wanted is None else (yield wanted))
            except StopIteration:
                return

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Sign ``request`` for an asynchronous client; raises as ``sync_auth_flow`` does."""
        conversation = self._conversation(request)
        wanted = next(conversation)
        while True:
            try:
                wanted = conversation.send(await self.source.token_async() if wanted is None else (yield wanted))
            except StopIteration:
                return

    def _conversation(self, request: httpx.Request) -> _Conversation:
        self._check(request.url)
        token = yield None
        assert isinstance(token, Token)
        response = yield _signed(request, token)
        assert isinstance(response, httpx.Response)
        if response.status_code != 401:
            return
        self.source.reject(token)
        if not _can_be_repeated(request):
            return
        fresh = yield None
        assert isinstance(fresh, Token)
        if fresh.access != token.access:
            yield _signed(request, fresh)

    def _check(self, url: httpx.URL) -> None:
        gateway = self._gateway
        if (url.host, url.port, url.scheme) != (gateway.host, gateway.port, gateway.scheme):
            sentence = _("The token is for {gateway} and is not sent to {host}.")
            raise UsageError(sentence.format(gateway=safe(gateway.host), host=safe(url.host)))


def _signed(request: httpx.Request, token: Token) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {token.access.reveal()}"
    return request


def _can_be_repeated(request: httpx.Request) -> bool:
    try:
        return request.content is not None
    except httpx.RequestNotRead:
        # The body is a stream, and it has been used up.
        return False


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
