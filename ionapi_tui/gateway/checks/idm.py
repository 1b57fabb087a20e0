"""Check: the user may use Infor Document Management (IDM).

A list of document types is asked for and only its beginning is read; nothing is written. That a document of a certain
type may be created is not shown by it, because access lists decide that for each type.
"""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped
from ionapi_tui.gateway.checks.suites import refusal, unexpected
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.users import may_use_idm

PATH = "IDM/api/datamodel/entities"
SCOPE = "Infor-IDM"
_ENOUGH = 16_384


async def _run(run: Run) -> Outcome:
    if run.token_rejected:
        return skipped(_("the gateway does not accept the token"))
    try:
        response = await run.ask(PATH, first=_ENOUGH)
    except NotReached as failure:
        return found(failure.finding)
    if run.acts_for_nobody and response.status in {403, 404}:
        return skipped(_("IDM requires a user, but the service account has none assigned"))
    finding = refusal(run, response, SCOPE, role_is_missing=_lacks_role(run))
    if finding is not None:
        return found(finding)
    # JSON was asked for, but IDM is known to answer in XML too.
    if response.status == 200 and response.is_data:
        return passed(_("IDM lists its document types"))
    said = response.said(run.secrets)
    if response.status == 403:
        user = run.user.name if run.user else "?"
        return found(Finding(Code.IDM_FORBIDDEN, "IDM-AdvancedUser", {"user": user, "said": said}))
    if response.status == 404:
        return found(Finding(Code.IDM_NOT_PROVISIONED, "ti", {"tenant": run.credentials.tenant, "said": said}))
    return found(unexpected(run, response))


def _lacks_role(run: Run) -> bool:
    return run.user is not None and run.user.roles is not None and not may_use_idm(run.user.roles)


CHECK = Check("idm", N_("IDM access"), _run, needs=("token",))
