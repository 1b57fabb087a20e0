"""Check: the authorization server issues a token, and the token names the tenant and gateway of the file."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found
from ionapi_tui.gateway.failures import NotReached, TokenRefused
from ionapi_tui.gateway.grants import Granted, by_password
from ionapi_tui.gateway.responses import redacted


async def _run(run: Run) -> Outcome:
    try:
        granted = await by_password(run.session, run.credentials, retry_seconds=run.retry_seconds)
    except (NotReached, TokenRefused) as failure:
        return found(failure.finding)
    run.granted = granted
    run.responses.append(granted.response)
    run.claims = TokenClaims.of(granted.token.access)
    run.acts_for_nobody = run.claims is not None and run.claims.lacks_user
    minutes = n_("{n} minute", "{n} minutes", round(granted.token.lifetime / 60))
    return found(
        *_withheld(run, granted), *_contradictions(run), detail=_("issued for {minutes}").format(minutes=minutes)
    )


def _withheld(run: Run, granted: Granted) -> list[Finding]:
    """Return the scopes that were asked for and not granted.

    Whether they are needed the suites will tell, so this is no error yet.
    """
    if granted.token.scopes is None:
        return []
    said = _("asked for, but not granted")
    return [
        Finding(Code.SCOPE_MISSING, scope, {"said": said}).with_severity(Severity.WARNING)
        for scope in run.credentials.scopes
        if scope not in granted.token.scopes
    ]


def _contradictions(run: Run) -> Iterator[Finding]:
    """Yield where the token names another tenant or gateway than the file.

    They are warnings: the signature is not checked, and whether the token is accepted only the gateway can tell.
    """
    claims, credentials = run.claims, run.credentials
    if claims is None:
        return
    if run.has_token_of_other_tenant:
        values = {"tenant": credentials.tenant, "other": redacted(claims.tenant, run.secrets)}
        yield Finding(Code.WRONG_TENANT, "ti", values, variant="token").with_severity(Severity.WARNING)
    if claims.audience and _origin(credentials.gateway_url) not in map(_origin, claims.audience):
        values = {"gateway": credentials.gateway_url, "other": redacted(" ".join(claims.audience), run.secrets)}
        yield Finding(Code.WRONG_GATEWAY, "iu", values)


def _origin(url: str) -> str:
    """Return scheme, host and port of an address in one spelling; other text as it is."""
    try:
        split = urlsplit(url.strip())
        port = split.port or {"https": 443, "http": 80}.get(split.scheme)
    except ValueError:
        return url
    return f"{split.scheme}://{split.hostname}:{port}" if split.hostname else url.rstrip("/")


CHECK = Check("token", N_("Access token"), _run, needs=("reachable",))
