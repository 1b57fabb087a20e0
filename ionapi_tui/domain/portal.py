"""The Infor portal of a tenant: its address, taken from a file or from the address bar of a browser, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

TENANT: Final = re.compile(r"[A-Z0-9]+(?:[-_][A-Z0-9]+)*_[A-Z][A-Z0-9]{1,3}")
"""What the name of a cloud tenant looks like: ``ACME_TST``, or 16 letters and digits with a suffix."""
LENGTH: Final = 80
"""The most characters of a tenant's name."""

_HOST: Final = re.compile(
    r"mingle(?P<farm>-[a-z0-9]+)?-(?:portal|ionapi|sso)(?P<region>(?:\.[a-z0-9-]+){0,2})\.inforcloudsuite\.com"
)
"""The hosts of a tenant in Infor's cloud, which differ in one word: ``mingle-portal.eu1.inforcloudsuite.com``."""


@dataclass(frozen=True, slots=True)
class Portal:
    """Where the portal of a tenant is."""

    tenant: str
    """Such as ``ACME_TST``."""
    address: str
    """Such as ``https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST``."""


def tenant_in(text: str) -> str:
    """Return the tenant that ``text`` names, in capital letters; empty if it is not the name of a cloud tenant."""
    name = text.strip().upper()
    return name if len(name) <= LENGTH and TENANT.fullmatch(name) else ""


def portal_in(text: str) -> Portal | None:
    """Return the portal that an address from the browser belongs to; None if it is not one of Infor's cloud.

    The pages of the portal, its sign-in page, and the gateway are recognized. Only the host and the tenant are kept,
    because addresses of sign-in pages have one-time values behind them.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    if segments[:1] == ["v2"]:
        del segments[0]
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc or not segments:
        return None
    return _portal(parts.hostname or "", segments[0])


def portal_of(gateway: str, tenant: str) -> Portal | None:
    """Return the portal of a tenant whose file names the address ``gateway``; None if it is not in Infor's cloud."""
    try:
        parts = urlsplit(gateway)
        is_usual = parts.scheme == "https" and parts.port in {None, 443} and "@" not in parts.netloc
    except ValueError:
        return None
    return _portal(parts.hostname or "", tenant) if is_usual else None


def _portal(host: str, name: str) -> Portal | None:
    found, tenant = _HOST.fullmatch(host.lower()), tenant_in(name)
    if found is None or not tenant:
        return None
    farm, region = found["farm"] or "", found["region"]
    return Portal(tenant, f"https://mingle{farm}-portal{region}.inforcloudsuite.com/v2/{tenant}")
