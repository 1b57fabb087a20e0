"""Makers of ``.ionapi`` documents in Infor's shapes, with random secrets that each carry ``CANARY``.

Whatever leaves its place can be found by searching for the marker. Nothing here was ever a real credential.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any, Final

MARKER: Final = "CANARY"
"""In every secret that tests make, so that a leak can be searched for."""

REMOVED: Final = object()
"""As a change: the key is left out (None would be JSON's null)."""

CLOUD = "inforcloudsuite.com"


def random_text(length: int) -> str:
    """Return ``length`` random characters of the alphabet that Infor's identifiers use."""
    return base64.urlsafe_b64encode(secrets.token_bytes(length)).decode()[:length]


def random_secret(length: int = 86) -> str:
    """Return a random secret of Infor's shape with the marker inside."""
    half = (length - len(MARKER)) // 2
    return random_text(half) + MARKER + random_text(length - half - len(MARKER))


def sample(*, tenant: str = "ACME_TST", app: str = "Doc2Export", region: str = "eu1", **changes: Any) -> dict[str, Any]:
    """Return the document of a cloud backend service with a service account (format 1.0).

    Args:
        tenant: goes into every value that names the tenant.
        app: the name of the authorized app.
        region: the label in the host names, such as ``eu1``; empty for the default region.
        changes: keys to set afterwards, or to leave out with ``REMOVED``.
    """
    label = f".{region}" if region else ""
    document = {
        "ti": tenant,
        "cn": app,
        "dt": "12",
        "ci": f"{tenant}~{random_text(43)}",
        "cs": random_secret(),
        "iu": f"https://mingle-ionapi{label}.{CLOUD}",
        "pu": f"https://mingle-sso{label}.{CLOUD}:443/{tenant}/as/",
        "oa": "authorization.oauth2",
        "ot": "token.oauth2",
        "or": "revoke_token.oauth2",
        "ev": "U1666000000",
        "v": "1.0",
        "saak": f"{tenant}#{random_secret()}",
        "sask": random_secret(),
    }
    return {key: value for key, value in (document | changes).items() if value is not REMOVED}


def cloud11(**changes: Any) -> dict[str, Any]:
    """Return a document of format 1.1, which carries scopes."""
    scopes = ["INFOR-IFS", "Infor-IDM", "Infor-ION", "Infor-Mingle"]
    return sample(**({"sc": scopes, "v": "1.1"} | changes))


def on_premises(**changes: Any) -> dict[str, Any]:
    """Return the document of an on-premises installation."""
    places: dict[str, Any] = {
        "tenant": "infor",
        "iu": "https://inforos.acme.example:7443",
        "pu": "https://inforos.acme.example/InforIntSTS/",
        "oa": "connect/authorize",
        "ot": "connect/token",
        "or": "connect/revocation",
    }
    return sample(**(places | changes))


def client_credentials(**changes: Any) -> dict[str, Any]:
    """Return the document of a backend service without a service account."""
    without: dict[str, Any] = {"saak": REMOVED, "sask": REMOVED}
    return sample(**(without | changes))


def web_app(**changes: Any) -> dict[str, Any]:
    """Return the document of a web app: a redirect address, another type, no service account."""
    return client_credentials(**({"dt": "1", "ru": "https://app.acme.example/callback"} | changes))


def absolute_endpoints(**changes: Any) -> dict[str, Any]:
    """Return a document whose endpoints are whole addresses instead of paths."""
    base = f"https://mingle-sso.eu1.{CLOUD}:443/ACME_TST/as/"
    endpoints = {
        "oa": f"{base}authorization.oauth2",
        "ot": f"{base}token.oauth2",
        "or": f"{base}revoke_token.oauth2",
    }
    return sample(**(endpoints | changes))


def as_bytes(document: object) -> bytes:
    """Return ``document`` as an indented UTF-8 file."""
    return json.dumps(document, indent=2, ensure_ascii=False).encode()


def sample_bytes(**changes: Any) -> bytes:
    """Return ``sample(**changes)`` as a file."""
    return as_bytes(sample(**changes))
