from __future__ import annotations

import json

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.verify import Verification, verify
from tests.gateway.recorded_cases import CASES, POINTS, RecordedCase
from tests.gateway.recorded_tenant import FORBIDDEN, Answer, RecordedTenant
from tests.samples import MARKER


async def verified(tenant: RecordedTenant, target: ExportTarget | None = None) -> Verification:
    """Return what a verification finds at ``tenant``."""
    return await verify(Credentials.from_document(tenant.document), network=Network(total=30), target=target)


def all_words(verification: Verification) -> str:
    """Return everything that people read about a verification."""
    lines = [finding.message + " " + finding.fix for finding in verification.findings]
    lines += [f"{result.title} {result.detail}" for result in verification.results]
    lines += [f"{label} {text}" for group in verification.facts.groups() for label, text in group.facts]
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_what_was_recorded_is_understood(case: RecordedCase) -> None:
    with case.arranged() as tenant:
        verification = await verified(tenant)
    found = sorted((one.code, one.severity) for one in verification.findings if one.code is not Code.INSECURE_URL)
    assert found == sorted(case.findings)
    assert verification.ok is case.works
    words = all_words(verification)
    assert not [wanted for wanted in case.words if wanted not in words]
    assert MARKER not in words + repr(verification) + json.dumps(verification.as_json())


@pytest.mark.parametrize("name", ["name", "Name"])
@pytest.mark.parametrize("wrapped", [False, True])
async def test_a_connection_point_that_holds_the_client_id_is_named(name: str, wrapped: bool) -> None:
    with RecordedTenant() as tenant:
        held = [{"name": "clientId", "value": tenant.document["ci"]}]
        points = [{name: "Other", "properties": []}, {name: "DocBits_Export", "connection": {"properties": held}}]
        tenant.answers = {POINTS: Answer(200, {"name": "all", "items": points} if wrapped else points)}
        verification = await verified(tenant)
    ims = next(result for result in verification.results if result.id == "ims")
    assert ims.status is Status.PASSED
    assert "Connection point DocBits_Export" in all_words(verification)


@pytest.mark.parametrize(
    ("points", "target", "is_said"),
    [
        (FORBIDDEN, None, True),
        (FORBIDDEN, ExportTarget.ION, True),
        (FORBIDDEN, ExportTarget.IDM, False),
        (Answer(200, [{"name": "Other", "value": "someone~else"}]), None, False),
        (Answer(200, [{"name": "DocBits", "value": None}]), None, False),
    ],
    ids=["unread", "unread, for ION", "unread, for IDM", "a note says it", "found"],
)
async def test_an_unread_list_of_connection_points_is_said_where_ion_is_needed(
    points: Answer, target: ExportTarget | None, is_said: bool
) -> None:
    with RecordedTenant() as tenant:
        if isinstance(points.body, list) and points.body[0]["value"] is None:
            points.body[0]["value"] = tenant.document["ci"]
        tenant.answers = {POINTS: points}
        verification = await verified(tenant, target)
    assert ("connection point" in verification.not_proven) is is_said
    assert "document" in verification.not_proven


@pytest.mark.parametrize("body", ["[]", "{}", "7", '"x"', "", "<html>", "[" * 5000, json.dumps([[["deep"]]] * 3)])
async def test_an_odd_list_of_connection_points_is_no_verdict(body: str) -> None:
    with RecordedTenant(answers={POINTS: Answer(200, body)}) as tenant:
        verification = await verified(tenant)
    assert verification.ok
    severities = {one.severity for one in verification.findings if one.code is Code.IMS_CLIENT_UNKNOWN}
    assert severities <= {Severity.INFO}
