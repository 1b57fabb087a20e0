"""Check: the authorization server issues a token for these credentials."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found
from ionapi_tui.gateway.failures import NotReached, TokenRefused
from ionapi_tui.gateway.grants import Granted, by_password


async def _run(run: Run) -> Outcome:
    try:
        run.granted = await by_password(run.session, run.credentials, retry_seconds=run.retry_seconds)
    except (NotReached, TokenRefused) as failure:
        return found(failure.finding)
    minutes = n_("{n} minute", "{n} minutes", round(run.granted.token.lifetime / 60))
    return found(*_withheld(run, run.granted), detail=_("issued for {minutes}").format(minutes=minutes))


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


CHECK = Check("token", N_("The authorization server issues a token"), _run, needs=("reachable",))
