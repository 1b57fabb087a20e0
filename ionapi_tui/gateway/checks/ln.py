"""Check: LN. Nothing is asked: no call of LN is known that only reads, and none is guessed."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, Status


async def _run(_context: Run) -> Outcome:
    return Outcome(Status.SKIPPED, _("no read-only call of LN is known"), (Finding(Code.LN_NOT_CHECKED),))


CHECK = Check("ln", N_("LN access"), _run, needs=("token",), only_for=ExportTarget.LN)
