"""Why a server could not be reached: the errors of the HTTP library as findings."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.hosts import is_loopback, leads_here

if TYPE_CHECKING:
    import httpx

if sys.platform == "win32":
    import ctypes

E = TypeVar("E", bound=BaseException)

_VERIFY_CODES = {
    9: N_("the certificate is not valid yet"),
    10: N_("the certificate has expired"),
    18: N_("the certificate is self-signed"),
    19: N_("the authority behind the certificate is not known to this computer"),
    20: N_("the authority behind the certificate is not known to this computer"),
    21: N_("the authority behind the certificate is not known to this computer"),
    62: N_("the certificate belongs to another host"),
    64: N_("the certificate belongs to another host"),
    0x800B0101: N_("the certificate has expired or is not valid yet"),
    0x800B0109: N_("the authority behind the certificate is not known to this computer"),
    0x800B010A: N_("the authority behind the certificate is not known to this computer"),
    0x800B010F: N_("the certificate belongs to another host"),
    0x80092012: N_("whether the certificate was revoked could not be checked"),
    0x80092013: N_("whether the certificate was revoked could not be checked"),
}
"""The verification codes of OpenSSL, and those of Windows (``CERT_E_EXPIRED`` and so on), in words."""


def explain(error: httpx.TransportError, url: str, field: str, seconds: float) -> Finding:
    """Return what ``error`` means for a request to ``url``; a certificate's issuer is left open.

    Args:
        error: what the HTTP library raised.
        url: the address that was asked.
        field: the key of the file the address comes from.
        seconds: the time the request was given.
    """
    import httpx

    proxy = proxy_for(url)
    at_the_proxy = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) and not is_untrusted_certificate(error)
    if isinstance(error, httpx.ProxyError) or (proxy and at_the_proxy):
        return Finding(Code.PROXY, field, {"proxy": proxy_name(proxy), "host": _host(url), "reason": _reason(error)})
    if isinstance(error, httpx.TimeoutException):
        return timed_out(url, field, seconds)
    if (tls := _first(error, ssl.SSLError)) is not None:
        return Finding(Code.TLS, field, {"host": _host(url), "reason": _tls_reason(tls)})
    if _first(error, socket.gaierror) is not None:
        return Finding(Code.DNS, field, {"host": _host(url)})
    if isinstance(error, httpx.RemoteProtocolError) and "complete" in str(error):
        return Finding(Code.BAD_ANSWER, field, {"host": _host(url), "said": _("it ends in the middle")})
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error):
        return Finding(Code.NOT_A_GATEWAY, field, {"host": _host(url), "said": _("no HTTP")})
    values = {"host": _host(url), "port": str(_port(url)), "reason": _reason(error)}
    # On this machine there is no firewall in between: only practice tenants are here.
    is_practice = isinstance(error, httpx.ConnectError) and leads_here(url)
    return Finding(Code.REFUSED, field, values, variant="practice" if is_practice else "")


def timed_out(url: str, field: str, seconds: float) -> Finding:
    """Return the finding for a server that did not answer completely within ``seconds``."""
    return Finding(Code.TIMEOUT, field, {"host": _host(url), "seconds": f"{seconds:.0f}"})


def proxy_for(url: str) -> str:
    """Return ``host:port`` of the proxy the environment names for ``url``, without log-in data; empty for none."""
    parts = urlsplit(url)
    if is_loopback(parts.hostname or ""):
        return ""
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    if not proxy or proxy_bypass(parts.hostname or ""):
        return ""
    return safe((urlsplit(proxy).netloc or proxy).rpartition("@")[2], 80)


def proxy_name(proxy: str) -> str:
    """Return ``proxy`` for people, or words for one that nobody configured here."""
    return proxy or _("not named in the environment")


def is_untrusted_certificate(error: BaseException) -> bool:
    """Return whether ``error`` is about a certificate that was shown and refused."""
    return _first(error, ssl.SSLCertVerificationError) is not None


def _host(url: str) -> str:
    return safe(urlsplit(url).hostname or url, 120)


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def _tls_reason(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        known = _VERIFY_CODES.get(getattr(error, "verify_code", 0))
        return _(known) if known else safe(getattr(error, "verify_message", "") or error.reason or error, 120)
    reason = str(getattr(error, "reason", "") or "")
    if reason in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}:
        return _("the server does not use TLS on this port")
    return safe(reason.replace("_", " ").lower() or _("the handshake failed"), 120)


def _reason(error: BaseException) -> str:
    """Return the innermost cause in the operating system's words."""
    system = next((inner for inner in _chain(error) if isinstance(inner, OSError) and inner.errno), None)
    if isinstance(system, socket.gaierror):
        return safe(system.strerror or system, 120)
    if sys.platform == "win32" and system is not None:
        # Its own codes say more than those of C, into which many of them do not fit.
        return safe(ctypes.FormatError(system.winerror or system.errno or 0).strip().rstrip("."), 120)
    if system is not None and system.errno is not None:
        # What the library says instead holds addresses and is in no system's language.
        return safe(os.strerror(system.errno), 120)
    if "disconnected" in str(error):
        return _("it closes the connection without an answer")
    return safe(str(error) or type(error).__name__, 120)


def _first(error: BaseException, kind: type[E]) -> E | None:
    return next((inner for inner in _chain(error) if isinstance(inner, kind)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield ``error`` and everything it came from, the deepest first."""
    if error is None:
        return
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _chain(inner)
    yield from _chain(error.__cause__ or error.__context__)
    yield error
