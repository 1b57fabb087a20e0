"""Check: the token acts for a user."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway import users
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed
from ionapi_tui.gateway.checks.suites import refusal, unexpected
from ionapi_tui.gateway.failures import NotReached

SCOPE = "INFOR-IFS"
"""Opens the user API where scopes are enforced (inferred from the files that ask for it)."""


async def _run(run: Run) -> Outcome:
    try:
        response = await run.ask(users.PATH)
    except NotReached as failure:
        return found(failure.finding)
    finding = refusal(run, response, SCOPE)
    if finding is not None:
        return found(finding)
    document = response.document()
    run.user = users.user_in(document) if response.status == 200 and document is not None else None
    if run.user is not None:
        return passed(_("it acts for {user}").format(user=run.user.name))
    # That a service account without a user is answered in one of these ways is inferred.
    if response.status == 400 or (response.status == 200 and document is not None):
        run.acts_for_nobody = True
        return found(Finding(Code.NO_USER, "saak", {"said": response.said(run.secrets)}))
    return found(unexpected(run, response))


CHECK = Check("user", N_("The token acts for a user"), _run, needs=("token",))
