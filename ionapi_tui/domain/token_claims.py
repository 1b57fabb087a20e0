"""The claims of an access token, read as hints.

Infor's cloud issues JSON Web Tokens; the claims below were recorded in service accounts' tokens of live tenants. Tokens
from an on-premises server are opaque. The signature is not checked, so a claim explains what a response means and
grants nothing. ``ServiceAccount`` holds the whole access key in clear text: only its presence is noted.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass
from typing import Any

from ionapi_tui.base.secret import Secret


@dataclass(frozen=True)
class TokenClaims:
    """What a token states about itself; what it does not state is empty or None."""

    tenant: str = ""
    """The claim ``Tenant``."""
    user_id: str = ""
    """The claim ``Identity2``: the id of the user that the service account acts for."""
    has_service_account: bool = False
    """Whether a service account requested it."""
    enforces_scopes: bool | None = None
    """Whether the gateway enforces scopes for the app (``EnforceScopesForClient``; that "1" means so is inferred)."""
    audience: tuple[str, ...] = ()
    """The claim ``aud``: the gateways it is meant for."""
    issuer: str = ""
    issued_at: float | None = None
    """Seconds since 1970 by the server's clock."""
    expires_at: float | None = None
    """Seconds since 1970 by the server's clock."""

    @property
    def lacks_user(self) -> bool:
        """Whether its service account acts for no user."""
        return self.has_service_account and not self.user_id

    @property
    def lifetime(self) -> float | None:
        """Seconds between issue and expiry; None when they are not stated or make no sense."""
        if self.issued_at is None or self.expires_at is None or self.expires_at <= self.issued_at:
            return None
        return self.expires_at - self.issued_at

    @classmethod
    def of(cls, token: Secret) -> TokenClaims | None:
        """Return the claims of an access token; None for one that is opaque."""
        parts = token.reveal().split(".")
        if len(parts) != 3:
            return None
        try:
            claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        except (ValueError, binascii.Error, RecursionError):
            return None
        return cls._read(claims) if isinstance(claims, dict) else None

    @classmethod
    def _read(cls, claims: dict[str, Any]) -> TokenClaims:
        enforced = claims.get("EnforceScopesForClient")
        return cls(
            tenant=_text(claims.get("Tenant")),
            user_id=_text(claims.get("Identity2")),
            has_service_account=bool(_text(claims.get("ServiceAccount"))),
            enforces_scopes={"0": False, "1": True}.get(str(enforced)),
            audience=tuple(filter(None, map(_text, _listed(claims.get("aud"))))),
            issuer=_text(claims.get("iss")),
            issued_at=_seconds(claims.get("iat")),
            expires_at=_seconds(claims.get("exp")),
        )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Beyond the year 9999 no date can be shown, and no server means it.
    return float(value) if math.isfinite(value) and 0 < value < 253_402_300_800 else None
