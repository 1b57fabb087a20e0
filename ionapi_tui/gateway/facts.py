"""What was learnt about a token on the way, in words for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.gateway import roles
from ionapi_tui.gateway.checks.check import Run
from ionapi_tui.gateway.claims import claims_of


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
    """What the token says of itself, unchecked; empty for an opaque one."""

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
    """Return what ``run`` has brought to light."""
    token = run.granted.token if run.granted else None
    return TokenFacts(
        tenant=run.credentials.tenant,
        user=run.user.name if run.user else "",
        roles=roles.that_count(run.user.roles) if run.user and run.user.roles else (),
        scopes=token.scopes if token else None,
        lifetime=token.lifetime if token else None,
        clock_difference=run.clock_difference,
        claims=claims_of(token.access, run.secrets) if token else (),
    )
