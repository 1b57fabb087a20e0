"""What an access token says of itself, if it is a JSON Web Token: shown, never trusted.

The signature is not checked, because nothing here is decided by it; Infor's tokens may as well be opaque.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.gateway.responses import hushed

_SHOWN: Final = ("iss", "sub", "aud", "client_id", "Tenant", "Identity2", "scope", "iat", "exp")
_MOMENTS: Final = ("iat", "exp")


def claims_of(token: Secret, secrets: Iterable[Secret]) -> tuple[tuple[str, str], ...]:
    """Return the claims worth showing, name and safe text; empty for an opaque token.

    Args:
        token: the access token.
        secrets: what may be in it and must not be shown: authorization servers write the user name into ``sub``,
            and the user name of a service account is one of its keys.
    """
    parts = token.reveal().split(".")
    if len(parts) != 3:
        return ()
    try:
        document = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return ()
    if not isinstance(document, dict):
        return ()
    known = tuple(secrets)
    return tuple((name, _shown(name, document[name], known)) for name in _SHOWN if name in document)


def _shown(name: str, value: object, secrets: tuple[Secret, ...]) -> str:
    if name in _MOMENTS and isinstance(value, int | float):
        try:
            return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        except (ValueError, OverflowError, OSError):
            return safe(value, 40)
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return safe(hushed(text, secrets), 120)
