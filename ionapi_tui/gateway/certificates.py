"""Who issued a certificate that was refused.

Naming the issuer is what tells an inspecting proxy from a wrong address. The certificate is fetched in a handshake of
its own that ends before anything is sent, and only its issuer is read.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any, NoReturn

from ionapi_tui.base.text import safe

_COMMON_NAME = bytes.fromhex("550403")
_ORGANIZATION = bytes.fromhex("55040a")
_SEQUENCE, _SET, _OID, _VERSION, _BMP = 0x30, 0x31, 0x06, 0xA0, 0x1E


class _Seen(Exception):
    """Ends the handshake's connection before a request is written."""

    def __init__(self, certificate: bytes) -> None:
        super().__init__()
        self.certificate = certificate


async def issuer_at(url: str, seconds: float) -> str:
    """Return who issued the certificate that the server of ``url`` shows; empty when that cannot be found out.

    Args:
        url: an ``https`` address; nothing is sent to it.
        seconds: the most time to spend.
    """
    import httpx

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with httpx.AsyncClient(verify=context, timeout=seconds) as client:
            await client.get(url, extensions={"trace": _stop_after_handshake})
    except _Seen as seen:
        return issuer_in(seen.certificate)
    except (httpx.HTTPError, OSError):
        return ""
    return ""


async def _stop_after_handshake(event: str, info: dict[str, Any]) -> None:
    if event.endswith("send_request_headers.started") and info["request"].method != b"CONNECT":
        _refuse_to_send()
    if event.endswith("start_tls.complete"):
        stream = info["return_value"]
        certificate = stream.get_extra_info("ssl_object").getpeercert(binary_form=True)
        # The HTTP library has not taken over yet and would leave the connection open.
        await stream.aclose()
        raise _Seen(certificate or b"")


def _refuse_to_send() -> NoReturn:
    raise _Seen(b"")


def issuer_in(certificate: bytes) -> str:
    """Return the issuer's common name and organization from a DER certificate; empty when it cannot be read."""
    try:
        outer = next(_elements(certificate))[1]
        fields = [element for element in _elements(next(_elements(outer))[1]) if element[0] != _VERSION]
        names = dict(_attributes(fields[2][1]))
    except (IndexError, StopIteration, RuntimeError):
        return ""
    common, organization = names.get(_COMMON_NAME, ""), names.get(_ORGANIZATION, "")
    both = f"{common} ({organization})" if common and organization and common != organization else ""
    return safe(both or common or organization, 120)


def _attributes(name: bytes) -> Iterator[tuple[bytes, str]]:
    for _tag, relative in _elements(name):
        for _inner, pair in _elements(relative):
            (_oid_tag, kind), (tag, value) = list(_elements(pair))[:2]
            yield kind, value.decode("utf-16-be" if tag == _BMP else "utf-8", "replace")


def _elements(der: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the tag and the content of each element of ``der``."""
    at = 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(der[at : at + size], "big"), at + size
        if at + length > len(der):
            raise IndexError
        yield tag, der[at : at + length]
        at += length
