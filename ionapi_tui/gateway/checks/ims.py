"""Check: the messaging service of ION responds. Exports of BODs need it; it verifies the client, not the user."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped
from ionapi_tui.gateway.checks.suites import refusal
from ionapi_tui.gateway.failures import NotReached

PATH = "IONSERVICES/api/ion/messaging/service/ping"
SCOPE = "Infor-ION"
_ENOUGH = 16_384


async def _run(run: Run) -> Outcome:
    if run.token_rejected:
        return skipped(_("the gateway does not accept the token"))
    try:
        response = await run.ask(PATH, first=_ENOUGH)
    except NotReached as failure:
        return found(failure.finding.with_severity(Severity.WARNING))
    if 200 <= response.status < 300 and not response.is_html:
        return passed(_("it answers"))
    finding = refusal(run, response, SCOPE)
    if finding is not None and finding.code in {Code.TOKEN_REJECTED, Code.SCOPE_MISSING, Code.RATE_LIMITED}:
        return found(finding.with_severity(Severity.WARNING))
    values = {"said": response.said(run.secrets), "client": run.credentials.client_id}
    return found(Finding(Code.IMS_UNREACHABLE, "ci", values))


CHECK = Check("ims", N_("ION's messaging service (IMS) answers"), _run, needs=("token",))
