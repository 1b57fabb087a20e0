from __future__ import annotations

import json

import pytest

from ionapi_tui.domain.findings import Code
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.checks.user import CHECK
from tests.gateway.checks.walking import outcome_of, token

USER = json.dumps({"response": {"userlist": [{"id": "guid", "displayName": "Service", "groups": []}]}}).encode()


async def test_the_user_is_named() -> None:
    outcome, run = await outcome_of(CHECK, USER)
    assert outcome.status is Status.PASSED
    assert outcome.detail == "the service account acts for Service"
    assert run.user is not None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"ErrorList": [{"Message": "No identity"}]}', "200 OK"),
        (b'{"response": {"userlist": []}}', "200 OK"),
        (b"{}", "200 OK"),
        (b"", "400 Bad Request"),
    ],
)
async def test_no_user_is_understood_in_every_way_it_may_be_said(body: bytes, status: str) -> None:
    outcome, run = await outcome_of(CHECK, body, status)
    assert [finding.code for finding in outcome.findings] == [Code.NO_USER]
    assert run.acts_for_nobody


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"error": "Unauthorized"}', "401 Unauthorized", Code.TOKEN_REJECTED),
        (b'{"error": "Forbidden"}', "403 Forbidden", Code.SCOPE_MISSING),
        (b'{"fault": {}}', "403 Forbidden", Code.USER_FORBIDDEN),
        (b"", "404 Not Found", Code.BAD_ANSWER),
        (b"[]", "200 OK", Code.BAD_ANSWER),
        (b"", "200 OK", Code.BAD_ANSWER),
        (b"<html>", "200 OK", Code.NOT_A_GATEWAY),
        (b"", "500 Oops", Code.SERVER_ERROR),
        (b"", "429 Slow down", Code.RATE_LIMITED),
    ],
)
async def test_other_refusals_have_their_own_meaning(body: bytes, status: str, code: Code) -> None:
    outcome, run = await outcome_of(CHECK, body, status)
    assert [finding.code for finding in outcome.findings] == [code]
    assert run.token_rejected is (code is Code.TOKEN_REJECTED)


async def test_a_scope_that_is_known_to_lack_explains_any_403() -> None:
    outcome, _run = await outcome_of(CHECK, b"", "403 Forbidden", granted=token(("Infor-IDM",)))
    assert [(one.code, one.field) for one in outcome.findings] == [(Code.SCOPE_MISSING, "INFOR-IFS")]
