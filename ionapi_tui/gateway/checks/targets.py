"""What a verification for one kind of export consists of: which checks are carried out, and which of them count.

Every export of DocBits stores documents in IDM. Only exports of BODs go through ION's messaging service (IMS).
"""

from __future__ import annotations

from dataclasses import replace

from ionapi_tui.base.language import _
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Severity
from ionapi_tui.gateway.checks.check import Check, Outcome, Status, found
from ionapi_tui.gateway.checks.order import CHECKS


def checks_for(target: ExportTarget | None) -> tuple[Check, ...]:
    """Return the checks of a verification for exports to ``target``, in their order."""
    return tuple(check for check in CHECKS if check.only_for in (None, target))


def severity_for(target: ExportTarget | None, check: str, severity: Severity) -> Severity:
    """Return how bad a finding is for exports to ``target``.

    Args:
        target: what DocBits exports to; None leaves everything as it is.
        check: the id of the check that found it.
        severity: how bad it is when the target is not known.
    """
    if target is None or check != "ims":
        return severity
    if target is not ExportTarget.ION:
        return Severity.INFO
    # A note says that something could not be determined; that is no error for anybody.
    return Severity.ERROR if severity is Severity.WARNING else severity


def judged(target: ExportTarget | None, check: Check, outcome: Outcome) -> Outcome:
    """Return ``outcome`` as it counts for exports to ``target``.

    A check that did not pass and that the target does not need is listed as skipped, with what it found as notes: it
    is neither good nor bad.
    """
    severities = [severity_for(target, check.id, finding.severity) for finding in outcome.findings]
    if severities == [finding.severity for finding in outcome.findings]:
        return outcome
    findings = tuple(
        finding.with_severity(severity) for finding, severity in zip(outcome.findings, severities, strict=True)
    )
    status = found(*findings).status
    if status is not Status.PASSED or target is None:
        return replace(outcome, status=status, findings=findings)
    detail = _("exports to {target} do not need it").format(target=target.label)
    return Outcome(Status.SKIPPED, detail, findings)
