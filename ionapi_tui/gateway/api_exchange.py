"""One request to the APIs of a tenant, whose response is passed on in pieces as it arrives."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.api_request import ApiRequest
from ionapi_tui.domain.credentials import label_of
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway import transport_errors
from ionapi_tui.gateway.client import TokenAuth
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.session import ISSUER_SECONDS, http_client, with_issuer
from ionapi_tui.gateway.tokens import TokenSource

if TYPE_CHECKING:
    import httpx

SECONDS: Final = 60.0
"""Seconds that a response may take; the gateway itself gives up after about as many."""

_PIECE: Final = 65_536
_COMPRESSED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_ANY_ZLIB: Final = 32 + zlib.MAX_WBITS


@dataclass(frozen=True)
class ResponseHead:
    """What a response begins with."""

    version: str
    """Such as ``HTTP/1.1``."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """As they were sent, in order."""
    response: Response
    """The same with an empty body, to be asked for what it means."""
    token: Secret
    """The access token that the request was sent with."""

    def header(self, name: str) -> str:
        """Return the value of a header; empty when there is none."""
        return self.response.headers.get(name.lower(), "")


Receive = Callable[[bytes], None]
"""Called with each piece of a body, at most 64 KiB long."""


async def exchange(
    source: TokenSource,
    request: ApiRequest,
    receive: Callable[[ResponseHead], Receive],
    *,
    seconds: float = SECONDS,
    in_total: bool = True,
) -> ResponseHead:
    """Send ``request`` with a token, after a 401 once more with a new one, and pass on the response.

    No redirect is followed. Compression is not asked for; where a server compresses all the same, the pieces are
    those of the content.

    Args:
        source: the tokens of the tenant's profile.
        request: what to send.
        receive: called with the head of the response; returns what is called with each piece of the body.
        seconds: how long the response may take.
        in_total: whether that is for all of it; else for each piece.

    Returns:
        The head.

    Raises:
        UsageError: the path leads out of the tenant.
        TokenRefused: no token was issued.
        NotReached: the response did not come, or not whole.
    """
    import httpx

    url = request.address(source.credentials.api_url(""))
    refusal = source.network.refusal(url, "iu")
    if refusal is not None:
        raise NotReached(refusal)
    untrusted = False
    async with http_client(source.network) as client:
        try:
            prepared = _prepared(client, request, url, seconds)
            async with asyncio.timeout(None) as limit, _answered(client, source, prepared, limit, seconds) as response:
                head = _head(response, source.network.clock.now())
                sink, expand = receive(head), _expander(head, request)
                async for received in response.aiter_raw(_PIECE):
                    if not in_total:
                        limit.reschedule(asyncio.get_running_loop().time() + seconds)
                    for piece in expand(received):
                        sink(piece)
                for piece in expand(None):
                    sink(piece)
                return head
        except httpx.InvalidURL as error:
            reason = safe(error, 120)
            raise NotReached(Finding(Code.BAD_URL, "iu", {"label": label_of("iu"), "reason": reason})) from None
        except TimeoutError:
            raise NotReached(transport_errors.timed_out(url, "iu", seconds)) from None
        except zlib.error:
            values = {"host": safe(httpx.URL(url).host, 120), "said": _("it is compressed wrongly")}
            raise NotReached(Finding(Code.BAD_ANSWER, "iu", values)) from None
        except httpx.TransportError as error:
            finding = transport_errors.explain(error, url, "iu", seconds)
            untrusted = transport_errors.is_untrusted_certificate(error)
    # Outside the handler: the issuer takes a second connection, and no exception of the first may ride along.
    raise NotReached(await with_issuer(finding, url, min(seconds, ISSUER_SECONDS)) if untrusted else finding)


def _prepared(client: httpx.AsyncClient, request: ApiRequest, url: str, seconds: float) -> httpx.Request:
    prepared = client.build_request(request.method, url, content=request.body, timeout=seconds)
    prepared.headers["Accept-Encoding"] = "identity"
    if request.body is not None and request.header("Content-Type") is None:
        prepared.headers["Content-Type"] = "application/json"
    for name, value in request.headers:
        prepared.headers[name] = value
    return prepared


@asynccontextmanager
async def _answered(
    client: httpx.AsyncClient, source: TokenSource, request: httpx.Request, limit: asyncio.Timeout, seconds: float
) -> AsyncIterator[httpx.Response]:
    """Provide the response to ``request``, signed; the body of a 401 that is followed by another is not read."""
    loop = asyncio.get_running_loop()
    flow = TokenAuth(source).async_auth_flow(request)
    # The token has time limits of its own; no limit of the response is running while it is waited for.
    wanted = await anext(flow)
    try:
        while True:
            limit.reschedule(loop.time() + seconds)
            response = await client.send(wanted, stream=True)
            limit.reschedule(None)
            try:
                wanted = await flow.asend(response)
            except StopAsyncIteration:
                break
            await response.aclose()
        try:
            limit.reschedule(loop.time() + seconds)
            yield response
        finally:
            await response.aclose()
    finally:
        await flow.aclose()


def _head(response: httpx.Response, now: float) -> ResponseHead:
    return ResponseHead(
        version=response.http_version,
        status=response.status_code,
        reason=response.reason_phrase,
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
        response=Response(
            host=safe(response.request.url.host, 120),
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=Secret(""),
            received_at=now,
            seconds=0.0,
        ),
        token=Secret(response.request.headers["Authorization"].partition(" ")[2]),
    )


def _expander(head: ResponseHead, request: ApiRequest) -> Callable[[bytes | None], Iterator[bytes]]:
    """Return what turns the bytes of a connection into those of the content; None ends them.

    Whoever asks for compression gets the bytes as they are.
    """
    is_compressed = head.header("Content-Encoding").strip().lower() in _COMPRESSED
    if not is_compressed or request.header("Accept-Encoding") is not None or request.method == "HEAD":
        return lambda received: iter((received,) if received else ())
    return _Unpacked().pieces


class _Unpacked:
    """Unpacks in pieces, so that a small response cannot fill the memory."""

    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj(_ANY_ZLIB)
        self._begun = False

    def pieces(self, received: bytes | None) -> Iterator[bytes]:
        """Yield the content of ``received``; None stands for the end.

        Raises:
            zlib.error: it is compressed wrongly, or ends too early.
        """
        if received is None:
            if self._begun and not self._unpacker.eof:
                raise zlib.error
            return
        rest = received
        self._begun = True
        while rest:
            piece = self._unpacker.decompress(rest, _PIECE)
            if piece:
                yield piece
            rest = self._unpacker.unconsumed_tail
            if not rest and self._unpacker.eof and self._unpacker.unused_data:
                # A second member, as some servers append.
                rest = self._unpacker.unused_data
                self._unpacker = zlib.decompressobj(_ANY_ZLIB)
