"""Check: the token acts for a user.

The response of the user API decides. Where it names no user, the token itself may tell why.
"""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway import users
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed
from ionapi_tui.gateway.checks.suites import refusal, unexpected
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.responses import Response

SCOPE = "INFOR-IFS"
"""Opens the user API where scopes are enforced (inferred from the files that ask for it)."""


async def _run(run: Run) -> Outcome:
    try:
        response = await run.ask(users.PATH)
    except NotReached as failure:
        # The token has answered the question already; the connection is worth a finding of its own.
        return found(*_no_user_by_token(run), failure.finding)
    document = response.document()
    run.user = users.user_in(document) if response.status == 200 and document is not None else None
    if run.user is None:
        return found(*_no_user(run, response))
    # Nothing is decided by a claim against the gateway's own response.
    run.acts_for_nobody = False
    detail = _acting_for(run.user)
    if not run.user.is_active:
        return found(Finding(Code.USER_INACTIVE, "saak", {"user": run.user.name}), detail=detail)
    return passed(detail)


def _acting_for(user: users.User) -> str:
    if user.is_service_user:
        return _("the service account acts for {user} (service user)").format(user=user.name)
    return _("the service account acts for {user}").format(user=user.name)


def _no_user(run: Run, response: Response) -> list[Finding]:
    """Return the findings for a response without a user."""
    finding = refusal(run, response, SCOPE)
    if run.token_rejected and finding is not None:
        return [finding]
    if run.acts_for_nobody:
        return _no_user_by_token(run)
    if finding is not None:
        return [finding]
    said = response.said(run.secrets)
    if response.status == 403:
        return [Finding(Code.USER_FORBIDDEN, "saak", {"said": said})]
    # That a service account without a user is answered in one of these ways is inferred.
    if response.status == 400 or (response.status == 200 and response.document() is not None):
        run.acts_for_nobody = True
        return [Finding(Code.NO_USER, "saak", {"said": said})]
    return [unexpected(run, response)]


def _no_user_by_token(run: Run) -> list[Finding]:
    if not run.acts_for_nobody:
        return []
    return [Finding(Code.NO_USER, "saak", {"said": _("the access token names no user")})]


CHECK = Check("user", N_("Service user"), _run, needs=("token",))
