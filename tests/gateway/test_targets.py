"""What DocBits exports to decides which checks are carried out, and which of them count."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.gateway.checks import idm, ims
from ionapi_tui.gateway.checks.check import Outcome, Status, found, passed
from ionapi_tui.gateway.checks.targets import checks_for, judged, severity_for
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.verify import Verification, verify
from tests.gateway.recorded_cases import PING
from tests.gateway.recorded_tenant import Answer, RecordedTenant
from tests.gateway.target_cases import CASES, GOOD, M3, M3Case
from tests.samples import MARKER

IMS_DOWN = Answer(404, "")


async def verified(target: ExportTarget | None, **answers: Answer) -> tuple[Verification, list[str]]:
    """Return the outcome at a tenant that answers so, and what it was asked; ``ims`` and ``m3`` stand for the paths."""
    paths = {"ims": PING, "m3": M3}
    with RecordedTenant(answers={paths[name]: answer for name, answer in answers.items()}) as tenant:
        credentials = Credentials.from_document(tenant.document)
        return await verify(credentials, network=Network(total=30), target=target, revoke_seconds=60), tenant.seen


def statuses(verification: Verification) -> dict[str, Status]:
    return {result.id: result.status for result in verification.results}


def test_each_target_has_its_own_checks_and_all_others() -> None:
    common = [check.id for check in checks_for(None)]
    assert common == ["file", "reachable", "clock", "token", "refresh", "user", "roles", "idm", "ims"]
    more = {target: [check.id for check in checks_for(target)][len(common) :] for target in ExportTarget}
    assert more == {ExportTarget.IDM: [], ExportTarget.ION: [], ExportTarget.M3: ["m3"], ExportTarget.LN: ["ln"]}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (None, Severity.WARNING),
        (ExportTarget.IDM, Severity.INFO),
        (ExportTarget.ION, Severity.ERROR),
        (ExportTarget.M3, Severity.INFO),
        (ExportTarget.LN, Severity.INFO),
    ],
)
def test_ims_counts_for_exports_through_ion_alone(target: ExportTarget | None, expected: Severity) -> None:
    assert severity_for(target, "ims", Severity.WARNING) is expected
    assert severity_for(target, "ims", Severity.INFO) is Severity.INFO
    for severity in Severity:
        assert severity_for(target, "idm", severity) is severity


def test_an_outcome_is_judged_without_losing_its_findings() -> None:
    finding = Finding(Code.IMS_UNREACHABLE, "ci", {"said": "HTTP 404", "client": "x"})
    outcome = found(finding)
    assert judged(None, ims.CHECK, outcome) is outcome
    assert judged(ExportTarget.ION, idm.CHECK, outcome) is outcome
    needed = judged(ExportTarget.ION, ims.CHECK, outcome)
    assert (needed.status, needed.findings[0].severity) == (Status.FAILED, Severity.ERROR)
    needless = judged(ExportTarget.IDM, ims.CHECK, outcome)
    assert (needless.status, needless.findings[0].severity) == (Status.SKIPPED, Severity.INFO)
    assert needless.detail == "exports to IDM do not need it"
    for other in (passed("fine"), Outcome(Status.SKIPPED, "why")):
        assert judged(ExportTarget.IDM, ims.CHECK, other) is other


@pytest.mark.parametrize(
    ("target", "works", "status", "severity"),
    [
        (None, True, Status.WARNED, Severity.WARNING),
        (ExportTarget.IDM, True, Status.SKIPPED, Severity.INFO),
        (ExportTarget.ION, False, Status.FAILED, Severity.ERROR),
        (ExportTarget.LN, True, Status.SKIPPED, Severity.INFO),
    ],
)
async def test_a_tenant_without_ims_works_for_what_does_not_need_it(
    target: ExportTarget | None, works: bool, status: Status, severity: Severity
) -> None:
    verification, _seen = await verified(target, ims=IMS_DOWN)
    assert verification.ok is works
    assert statuses(verification)["ims"] is status
    assert [one.severity for one in verification.findings if one.code is Code.IMS_UNREACHABLE] == [severity]
    assert verification.as_json()["export_target"] == target


@pytest.mark.parametrize("target", [None, ExportTarget.IDM, ExportTarget.ION, ExportTarget.LN])
async def test_m3_is_asked_only_by_those_who_export_to_it(target: ExportTarget | None) -> None:
    verification, seen = await verified(target, m3=GOOD)
    assert M3 not in seen
    assert "m3" not in statuses(verification)


async def test_m3_that_answers_is_green() -> None:
    verification, seen = await verified(ExportTarget.M3, m3=GOOD)
    assert verification.ok
    assert statuses(verification)["m3"] is Status.PASSED
    assert seen.count(M3) == 1
    assert seen.count("password") == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_whatever_m3_answers_is_explained(case: M3Case) -> None:
    verification, _seen = await verified(ExportTarget.M3, m3=case.answer)
    (result,) = [result for result in verification.results if result.id == "m3"]
    (finding,) = result.findings
    assert (finding.code, finding.severity) == (case.code, case.severity)
    assert case.words in finding.message
    assert "{" not in finding.message + finding.fix
    assert result.status is (Status.FAILED if case.severity is Severity.ERROR else Status.WARNED)
    assert verification.ok is (case.severity is not Severity.ERROR)


async def test_what_m3_echoes_of_a_secret_is_masked() -> None:
    with RecordedTenant() as tenant:
        secret = tenant.document["sask"]
        tenant.answers = {M3: Answer(200, {"results": [{"errorMessage": f"password {secret}"}]})}
        credentials = Credentials.from_document(tenant.document)
        verification = await verify(credentials, network=Network(total=30), target=ExportTarget.M3)
    (finding,) = [one for one in verification.findings if one.code is Code.M3_ERROR]
    assert "password" in finding.message
    assert MARKER not in finding.message


async def test_that_ln_cannot_be_checked_is_a_note() -> None:
    verification, _seen = await verified(ExportTarget.LN)
    assert verification.ok
    assert statuses(verification)["ln"] is Status.SKIPPED
    assert [one.severity for one in verification.findings if one.code is Code.LN_NOT_CHECKED] == [Severity.INFO]
