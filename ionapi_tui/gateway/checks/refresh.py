"""Check: a refresh token comes with the access token.

It is not used: that would cost a second token of the day's budget.
"""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed


async def _run(run: Run) -> Outcome:
    assert run.granted is not None
    if run.granted.token.refresh is None:
        return found(Finding(Code.NO_REFRESH_TOKEN))
    return passed(_("issued, not used"))


CHECK = Check("refresh", N_("Refresh token"), _run, needs=("token",))
