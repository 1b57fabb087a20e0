"""JSON Web Tokens for tests, in the shape of Infor's; their signature is worthless."""

from __future__ import annotations

import base64
import json

from ionapi_tui.base.secret import Secret


def jwt(claims: object) -> Secret:
    """Return a token with ``claims``."""
    header = {"kid": "kg:00000000-0000-4000-8000-000000000000", "alg": "RS256"}
    return Secret(f"{_encoded(header)}.{_encoded(claims)}.c2lnbmF0dXJl")


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
