"""Requests over shared connections: sent and read within the limits of a network, with errors as findings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import label_of
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway import transport_errors
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.network import Network, headers, no_cookies, not_by_proxy
from ionapi_tui.gateway.responses import Response

if TYPE_CHECKING:
    import httpx

ISSUER_SECONDS = 5.0
"""Seconds to look for the issuer of a certificate that is refused."""


@asynccontextmanager
async def open_session(network: Network | None = None) -> AsyncIterator[Session]:
    """Open connections that several exchanges share; they are closed at the end of the ``with`` block.

    Args:
        network: the limits to keep; None for the usual ones, with no host confirmed.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
    """
    network = network or Network()
    async with http_client(network) as client:
        yield Session(network, client)


def http_client(network: Network) -> httpx.AsyncClient:
    """Return a client that keeps the limits of ``network``, follows no redirect and keeps no cookie.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
    """
    import httpx

    try:
        return httpx.AsyncClient(
            verify=network.checked_trust(),
            headers=headers(),
            cookies=no_cookies(),
            timeout=network.total,
            follow_redirects=False,
            mounts=not_by_proxy(),
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        values = {"proxy": "HTTPS_PROXY/ALL_PROXY", "host": "Infor", "reason": safe(error, 120)}
        raise NotReached(Finding(Code.PROXY, None, values)) from None


class Session:
    """Connections that are kept open between exchanges."""

    def __init__(self, network: Network, client: httpx.AsyncClient) -> None:
        self.network = network
        self._client = client

    def with_network(self, network: Network) -> Session:
        """Return a session over the same connections with the limits and the confirmed hosts of ``network``."""
        return Session(network, self._client)

    async def get(self, url: str, key: str, *, token: Secret | None = None, first: int | None = None) -> Response:
        """Return the response to a GET request.

        Args:
            url: the address.
            key: the key of the file the address comes from, for findings.
            token: the access token to show.
            first: be content with so many bytes of the body, however long it is.

        Raises:
            NotReached: no usable response, or the address may not be used.
        """
        request = self._client.build_request("GET", self._checked(url, key))
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token.reveal()}"
        return await self._exchange(request, key, first)

    async def post(
        self, url: str, key: str, form: Mapping[str, str | Secret], *, basic: tuple[str, Secret] | None = None
    ) -> Response:
        """Return the response to a form.

        Args:
            url: the address.
            key: the key of the file the address comes from, for findings.
            form: the fields, encoded by the HTTP library.
            basic: client id and secret for HTTP Basic.

        Raises:
            NotReached: no usable response, or the address may not be used.
        """
        return await self._exchange(self._form(self._checked(url, key), form, basic), key, None)

    def _form(
        self, url: httpx.URL, form: Mapping[str, str | Secret], basic: tuple[str, Secret] | None
    ) -> httpx.Request:
        import httpx

        request = self._client.build_request("POST", url, data={name: _plain(value) for name, value in form.items()})
        if basic is not None:
            request = next(httpx.BasicAuth(basic[0], basic[1].reveal()).auth_flow(request))
        return request

    def _checked(self, url: str, key: str) -> httpx.URL:
        """Return ``url`` taken apart, which is done once for each request; it may be used."""
        import httpx

        refusal = self.network.refusal(url, key)
        if refusal is not None:
            raise NotReached(refusal)
        try:
            return httpx.URL(url)
        except httpx.InvalidURL as error:
            values = {"label": label_of(key), "reason": safe(error, 120)}
            raise NotReached(Finding(Code.BAD_URL, key, values)) from None

    async def _exchange(self, request: httpx.Request, key: str, first: int | None) -> Response:
        import httpx

        url, total = str(request.url), self.network.total
        # Asking for no compression keeps a small response from unfolding into a huge one.
        request.headers["Accept-Encoding"] = "identity"
        try:
            async with asyncio.timeout(total):
                return await self._read(request, key, first)
        except TimeoutError:
            raise NotReached(transport_errors.timed_out(url, key, total)) from None
        except httpx.DecodingError:
            raise NotReached(_unusable(url, key, _("it is compressed wrongly"))) from None
        except httpx.TransportError as error:
            finding = transport_errors.explain(error, url, key, total)
            untrusted = transport_errors.is_untrusted_certificate(error)
        # Outside the handler: the issuer takes a second connection, and no exception of the first may ride along.
        raise NotReached(await with_issuer(finding, url, min(total, ISSUER_SECONDS)) if untrusted else finding)

    async def _read(self, request: httpx.Request, key: str, first: int | None) -> Response:
        clock = self.network.clock
        started = clock.monotonic()
        response = await self._client.send(request, stream=True)
        try:
            received_at = clock.now()
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) >= (first or self.network.most + 1):
                    break
        finally:
            await response.aclose()
        if first is None and len(body) > self.network.most:
            too_long = _("it is longer than {size} MiB").format(size=self.network.most // 1_048_576)
            raise NotReached(_unusable(str(request.url), key, too_long))
        return Response(
            host=safe(request.url.host, 120),
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=Secret(body[: first or len(body)].decode("utf-8-sig", "replace")),
            received_at=received_at,
            seconds=clock.monotonic() - started,
        )


async def with_issuer(finding: Finding, url: str, seconds: float) -> Finding:
    """Return ``finding``, which is about the certificate at ``url``, with the name of the certificate's issuer."""
    from ionapi_tui.gateway.certificates import issuer_at

    issuer = await issuer_at(url, seconds)
    if not issuer:
        return finding
    reason = _("{reason}; it was issued by {issuer}").format(reason=finding.values["reason"], issuer=issuer)
    return Finding(finding.code, finding.field, {**finding.values, "reason": reason})


def _unusable(url: str, key: str, said: str) -> Finding:
    return Finding(Code.BAD_ANSWER, key, {"host": urlsplit(url).hostname or url, "said": said})


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value
