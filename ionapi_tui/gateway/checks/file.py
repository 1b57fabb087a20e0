"""Check: the file has no errors, and its addresses may be used."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding, worst
from ionapi_tui.domain.inspection import inspect
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found


async def _run(run: Run) -> Outcome:
    credentials, network = run.credentials, run.session.network
    refusals = [network.refusal(credentials.gateway_url, "iu"), network.refusal(credentials.token_endpoint, "pu")]
    refused = [finding for finding in refusals if finding is not None]
    findings = run.file_findings
    if findings is None:
        findings = inspect(credentials.to_document().reveal().encode()).findings
    inspected = [finding for finding in findings if not _is_settled(finding, network.trusted_hosts, refused)]
    return found(*worst(_unlike(refused) + inspected), detail="" if refused or inspected else _("no problems"))


def _is_settled(finding: Finding, trusted_hosts: frozenset[str], refused: list[Finding]) -> bool:
    host = finding.values.get("host", "").lower()
    if finding.code is Code.UNKNOWN_HOST and host in trusted_hosts:
        return True
    return (finding.code, host) in {(other.code, other.values.get("host", "").lower()) for other in refused}


def _unlike(findings: list[Finding]) -> list[Finding]:
    return list({(finding.code, finding.values.get("host")): finding for finding in reversed(findings)}.values())


CHECK = Check("file", N_("File and addresses"), _run)
