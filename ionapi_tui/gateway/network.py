"""The policy for the network: what may be sent where, for how long, and how much may come back.

Certificates are checked against the operating system's trust store, proxies come from the environment, redirects are
not followed and cookies are not kept. Every exchange has one total deadline and a cap on what is read. Nothing goes to
a host that is neither Infor's nor confirmed by the user.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

from ionapi_tui.base.language import _
from ionapi_tui.domain import hosts
from ionapi_tui.domain.credentials import label_of
from ionapi_tui.domain.findings import Code, Finding, Severity


@dataclass(frozen=True)
class Clock:
    """The clocks, and waiting."""

    now: Callable[[], float] = time.time
    """Seconds since 1970 by this machine's clock, which may be wrong and may jump."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only ever go forward, but may stand still while the machine sleeps."""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


@cache
def system_trust() -> ssl.SSLContext:
    """Return a context that trusts what the operating system trusts."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True)
class Network:
    """What this program may do on the network."""

    trusted_hosts: frozenset[str] = frozenset()
    """Hosts outside Infor's domains that the user has confirmed for these credentials."""
    total: float = 15.0
    """Seconds one exchange may take from connecting to the last byte."""
    most: int = 1_048_576
    """Bytes of a response that are read."""
    trust: Callable[[], ssl.SSLContext] = system_trust
    """What certificates are checked against; a context that does not check is refused."""
    clock: Clock = field(default_factory=Clock)

    def refusal(self, url: str, key: str) -> Finding | None:
        """Return why nothing may be sent to ``url``; None when it may be used.

        Args:
            url: an address from the file, or made from one.
            key: the key of the file it comes from.
        """
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        about = {"label": label_of(key), "host": host}
        if not host or parts.username is not None or parts.scheme not in {"https", "http"}:
            return Finding(Code.BAD_URL, key, {**about, "reason": _("it is not a plain address with a host")})
        if parts.scheme == "http" and not hosts.is_loopback(host):
            return Finding(Code.INSECURE_URL, key, about).with_severity(Severity.ERROR)
        if hosts.is_known(host) or hosts.is_loopback(host) or host.lower() in self.trusted_hosts:
            return None
        return Finding(Code.UNKNOWN_HOST, key, about).with_severity(Severity.ERROR)

    def checked_trust(self) -> ssl.SSLContext:
        """Return the context for certificates, which has to check them."""
        context = self.trust()
        if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
            raise AssertionError("a TLS context that does not check certificates is not used")
        return context


def headers() -> dict[str, str]:
    """Return the headers of every request."""
    from ionapi_tui.base.version import __version__

    return {"User-Agent": f"ionapi-tui/{__version__}", "Accept": "application/json"}


def not_by_proxy() -> dict[str, None]:
    """Return the addresses of this machine, which go through no proxy whatever the environment says: they alone may
    be spoken to without encryption."""
    return {"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None}


def no_cookies() -> CookieJar:
    """Return a cookie jar that stays empty, so that one profile's session never reaches another's."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))
