"""The facts that a verification brings to light, in words, each under where it comes from.

The claims of a token are shown, never trusted: the signature is not checked, and on-premises tokens have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway.checks.check import Run
from ionapi_tui.gateway.responses import redacted
from ionapi_tui.gateway.users import User, relevant_roles


class FactGroup(NamedTuple):
    """Facts of one origin, in the language in use."""

    origin: str
    facts: tuple[tuple[str, str], ...]
    """Labels and texts, safe to show."""


@dataclass(frozen=True)
class VerifiedFacts:
    """What is known after a verification; what is unknown is None or empty."""

    tenant: str
    user: User | None = None
    """The user the service account acts for, by the response of the user API."""
    scopes: tuple[str, ...] | None = None
    """What the server says it granted; None when it did not say."""
    lifetime: float | None = None
    """Seconds; None without a token."""
    connection_point: str = ""
    """The connection point in ION that holds the client ID, or why none is known; empty when ION was not reached."""
    is_connection_point_found: bool = False
    """Whether a connection point in ION is known to hold the client ID."""
    claims: TokenClaims | None = None
    """What the token states, without secrets; None without a token, and for an opaque one."""
    clock_difference: float | None = None
    """Seconds this computer's clock is ahead of Infor's."""

    def groups(self) -> tuple[FactGroup, ...]:
        """Return what is known, by origin; a group without facts is left out."""
        groups = (
            FactGroup(_("From Infor's responses"), tuple(self._answered())),
            FactGroup(_("From the access token (signature not checked)"), tuple(self._claimed())),
            FactGroup(_("Compared on this computer"), tuple(self._compared())),
        )
        return tuple(group for group in groups if group.facts)

    def _answered(self) -> Iterator[tuple[str, str]]:
        if self.user is not None:
            yield _("Acting user"), self.user.name
            if self.user.is_service_user is not None:
                kind = _("service user (recommended)") if self.user.is_service_user else _("user who can sign in")
                yield _("Kind of user"), kind
            roles = relevant_roles(self.user.roles or ())
            if roles:
                yield _("Relevant roles"), ", ".join(roles)
        if self.lifetime is not None:
            scopes = _("not stated") if self.scopes is None else ", ".join(map(safe, self.scopes)) or _("none")
            yield _("Granted scopes"), scopes
            yield _("Lifetime"), n_("{n} minute", "{n} minutes", round(self.lifetime / 60))
        if self.connection_point:
            yield _("Connection point"), self.connection_point

    def _claimed(self) -> Iterator[tuple[str, str]]:
        claims = self.claims
        if claims is None:
            if self.lifetime is not None:
                yield _("Contents"), _("opaque, as on-premises tokens are")
            return
        if claims.tenant:
            yield _("Tenant"), claims.tenant
        if claims.user_id or claims.lacks_user:
            yield _("Acting user ID"), claims.user_id or _("none: the user box was left blank")
        enforced = {True: _("yes"), False: _("no"), None: _("not stated")}[claims.enforces_scopes]
        yield _("Scopes enforced"), enforced
        if claims.audience:
            yield _("Valid for"), " ".join(claims.audience)
        if claims.expires_at is not None:
            expiry = datetime.fromtimestamp(claims.expires_at, UTC)
            yield _("Expires"), expiry.strftime("%Y-%m-%d %H:%M:%S UTC")

    def _compared(self) -> Iterator[tuple[str, str]]:
        yield _("Tenant in the file"), safe(self.tenant)
        if self.clock_difference is not None:
            seconds = round(self.clock_difference)
            difference = _("{seconds} s different from Infor").format(seconds=f"{seconds:+d}" if seconds else "0")
            yield _("This computer's clock"), difference


def facts_of(run: Run) -> VerifiedFacts:
    """Return the facts that ``run`` found."""
    token = run.granted.token if run.granted else None
    return VerifiedFacts(
        tenant=run.credentials.tenant,
        user=run.user,
        scopes=token.scopes if token else None,
        lifetime=token.lifetime if token else None,
        connection_point=run.connection_point,
        is_connection_point_found=run.is_connection_point_found,
        claims=_without_secrets(run),
        clock_difference=run.clock_difference,
    )


def _without_secrets(run: Run) -> TokenClaims | None:
    """Return the claims with every text made safe and every secret masked, wherever the server put one."""
    claims = run.claims
    if claims is None:
        return None

    def shown(text: str) -> str:
        return safe(redacted(text, run.secrets), 120)

    return replace(
        claims,
        tenant=shown(claims.tenant),
        user_id=shown(claims.user_id),
        audience=tuple(map(shown, claims.audience)),
        issuer=shown(claims.issuer),
    )
