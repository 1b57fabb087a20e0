from __future__ import annotations

import pytest

from ionapi_tui.domain.findings import Code
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.checks.reachable import CHECK
from tests.gateway.checks.walking import outcome_of


@pytest.mark.parametrize("status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "200 OK"])
async def test_any_json_object_is_a_gateways_answer(status: str) -> None:
    outcome, run = await outcome_of(CHECK, b'{"error": "Bad Request"}', status)
    assert outcome.status is Status.PASSED
    assert [response.host for response in run.responses] == ["127.0.0.1"]
    assert "127.0.0.1 answered in" in outcome.detail


@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "403 Forbidden", "404 Not Found", "511 Log in"])
async def test_a_page_for_people_is_no_gateway(status: str) -> None:
    outcome, _run = await outcome_of(CHECK, b"<html><title>Guest network</title>", status)
    assert [finding.code for finding in outcome.findings] == [Code.NOT_A_GATEWAY]
    assert outcome.status is Status.FAILED
    assert "Guest network" in outcome.detail


@pytest.mark.parametrize("body", [b"", b"Bad Request", b"[]"])
async def test_a_bare_answer_is_warned_of_and_does_not_stop_the_verification(body: bytes) -> None:
    outcome, _run = await outcome_of(CHECK, body, "400 Bad Request")
    assert outcome.status is Status.WARNED


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("502 Bad Gateway", Code.SERVER_ERROR),
        ("503 Unavailable", Code.SERVER_ERROR),
        ("429 Slow down", Code.RATE_LIMITED),
        ("302 Found", Code.REDIRECTED),
        ("407 Proxy", Code.PROXY),
    ],
)
async def test_other_answers_have_their_own_meaning(status: str, code: Code) -> None:
    outcome, _run = await outcome_of(CHECK, b"", status)
    assert [finding.code for finding in outcome.findings] == [code]
