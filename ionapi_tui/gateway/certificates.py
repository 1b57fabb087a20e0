"""Who issued a certificate that was refused.

Naming the issuer is what tells an inspecting proxy from a wrong address. The certificate is fetched in a separate
handshake that ends before anything is sent, and only its issuer is read. Where no library can read certificates, the
issuer is not shown.
"""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from ionapi_tui.base.text import safe

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Loader = Callable[[bytes], "Certificate"]
"""Reads a DER certificate; raises ``ValueError`` for anything else."""


def installed_loader() -> Loader | None:
    """Return the loader of the library ``cryptography``; None where it is not installed.

    It comes with the keyring of Linux and with some of the extras. Nothing else here needs it.
    """
    try:
        from cryptography.x509 import load_der_x509_certificate
    except ImportError:
        return None
    return load_der_x509_certificate


class _Seen(Exception):
    """Ends the handshake's connection before a request is written."""

    def __init__(self, certificate: bytes) -> None:
        super().__init__()
        self.certificate = certificate


async def issuer_at(url: str, seconds: float, loader: Callable[[], Loader | None] = installed_loader) -> str:
    """Return who issued the certificate that the server of ``url`` shows; empty when that cannot be found out.

    Args:
        url: an ``https`` address; nothing is sent to it.
        seconds: the most time to spend.
        loader: returns what reads certificates; None when nothing does, and then nobody is asked.
    """
    load = loader()
    if load is None:
        return ""
    import httpx

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with httpx.AsyncClient(verify=context, timeout=seconds) as client:
            await client.get(url, extensions={"trace": _stop_after_handshake})
    except _Seen as seen:
        return issuer_in(seen.certificate, load)
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


def issuer_in(certificate: bytes, load: Loader) -> str:
    """Return the issuer's common name and organization from a DER certificate; empty when it cannot be read.

    Args:
        certificate: as the server showed it.
        load: what reads it.
    """
    try:
        # The library warns of fields that are longer than they may be; here they are only shown.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            issuer = load(certificate).issuer
    except ValueError:
        return ""
    names = {attribute.rfc4514_attribute_name: str(attribute.value) for attribute in issuer}
    common, organization = names.get("CN", ""), names.get("O", "")
    both = f"{common} ({organization})" if common and organization and common != organization else ""
    return safe(both or common or organization, 120)
