"""The facts of a token that a verification brings to light, as labels and texts.

A JSON Web Token's claims are shown, never trusted: the signature is not checked, because nothing here is decided by it,
and Infor's tokens may as well be opaque.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.gateway.checks.check import Run
from ionapi_tui.gateway.responses import redacted
from ionapi_tui.gateway.users import relevant_roles


@dataclass(frozen=True)
class TokenFacts:
    """Tenant, acting user, roles, scopes, lifetime and clock; what is unknown is None or empty."""

    tenant: str
    user: str = ""
    """The user the service account acts for."""
    roles: tuple[str, ...] = ()
    """Those of the user's roles that count here, as Infor writes them."""
    scopes: tuple[str, ...] | None = None
    """What the server says it granted; None when it did not say."""
    lifetime: float | None = None
    """Seconds; None without a token."""
    clock_difference: float | None = None
    """Seconds this machine's clock is ahead of Infor's."""
    claims: tuple[tuple[str, str], ...] = ()
    """The claims of the token, not checked; empty for an opaque one."""

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what is known as label and text, in the language in use."""
        yield _("Tenant"), safe(self.tenant)
        if self.user:
            yield _("Acts for"), self.user
        if self.roles:
            yield _("Roles that count"), ", ".join(self.roles)
        if self.lifetime is not None:
            scopes = _("not stated") if self.scopes is None else ", ".join(map(safe, self.scopes)) or _("none")
            yield _("Scopes"), scopes
            yield _("Lifetime"), n_("{n} minute", "{n} minutes", round(self.lifetime / 60))
            yield _("Kind of token"), _("JSON Web Token (claims not checked)") if self.claims else _("opaque")
        if self.clock_difference is not None:
            yield (
                _("This machine's clock"),
                _("{seconds} s compared with Infor").format(seconds=f"{round(self.clock_difference):+d}"),
            )
        for name, value in self.claims:
            yield _("Claim {name}").format(name=name), value


def facts_of(run: Run) -> TokenFacts:
    """Return the facts that ``run`` found."""
    token = run.granted.token if run.granted else None
    return TokenFacts(
        tenant=run.credentials.tenant,
        user=run.user.name if run.user else "",
        roles=relevant_roles(run.user.roles) if run.user and run.user.roles else (),
        scopes=token.scopes if token else None,
        lifetime=token.lifetime if token else None,
        clock_difference=run.clock_difference,
        claims=claims_of(token.access, run.secrets) if token else (),
    )


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
    return safe(redacted(text, secrets), 120)
