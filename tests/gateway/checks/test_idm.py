from __future__ import annotations

from typing import Any

import pytest

from ionapi_tui.domain.findings import Code
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.checks.idm import CHECK
from ionapi_tui.gateway.users import User
from tests.gateway.checks.walking import outcome_of, token

GATEWAYS_REFUSAL = b'{"error": "Forbidden"}'
IDMS_REFUSAL = b'{"error": {"code": 403, "message": "Access denied"}}'
XML_REFUSAL = b"<error><message>Access denied</message></error>"
WITH_ROLE = User("guid", "Service", ("IDM-AdvancedUser",))
WITHOUT_ROLE = User("guid", "Service", ("Infor-SuiteUser",))
ALL = token(("Infor-IDM", "INFOR-IFS"))
SOME = token(("INFOR-IFS",))


@pytest.mark.parametrize("body", [b'{"entities": {}}', b"[]", b"<?xml version='1.0'?><entities/>", b" <entities/>"])
async def test_a_list_of_document_types_lets_it_pass_as_json_and_as_xml(body: bytes) -> None:
    outcome, _run = await outcome_of(CHECK, body)
    assert outcome.status is Status.PASSED


async def test_of_a_long_list_the_beginning_is_enough() -> None:
    outcome, _run = await outcome_of(CHECK, b'{"entities": "' + b"x" * 5_000_000)
    assert outcome.status is Status.PASSED


@pytest.mark.parametrize(
    ("body", "known", "code"),
    [
        (GATEWAYS_REFUSAL, {}, Code.SCOPE_MISSING),
        (IDMS_REFUSAL, {}, Code.IDM_FORBIDDEN),
        (XML_REFUSAL, {}, Code.IDM_FORBIDDEN),
        (b"", {}, Code.IDM_FORBIDDEN),
        (GATEWAYS_REFUSAL, {"user": WITH_ROLE}, Code.SCOPE_MISSING),
        (GATEWAYS_REFUSAL, {"user": WITHOUT_ROLE}, Code.IDM_FORBIDDEN),
        (GATEWAYS_REFUSAL, {"user": WITHOUT_ROLE, "granted": SOME}, Code.SCOPE_MISSING),
        (IDMS_REFUSAL, {"user": WITH_ROLE, "granted": ALL}, Code.IDM_FORBIDDEN),
        (IDMS_REFUSAL, {"granted": SOME}, Code.SCOPE_MISSING),
        (GATEWAYS_REFUSAL, {"granted": ALL}, Code.SCOPE_MISSING),
        (IDMS_REFUSAL, {"file": {"sc": ["INFOR-IFS"], "v": "1.1"}}, Code.SCOPE_MISSING),
        (IDMS_REFUSAL, {"file": {"sc": ["Infor-IDM"], "v": "1.1"}}, Code.IDM_FORBIDDEN),
    ],
)
async def test_a_403_of_the_gateway_is_told_from_one_of_idm(body: bytes, known: dict[str, Any], code: Code) -> None:
    outcome, _run = await outcome_of(CHECK, body, "403 Forbidden", **known)
    assert [finding.code for finding in outcome.findings] == [code]


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found"])
async def test_what_follows_from_a_missing_user_is_not_reported_again(status: str) -> None:
    outcome, _run = await outcome_of(CHECK, IDMS_REFUSAL, status, acts_for_nobody=True)
    assert outcome.status is Status.SKIPPED
    assert "has none assigned" in outcome.detail


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", "404 Not Found", Code.IDM_NOT_PROVISIONED),
        (b"", "200 OK", Code.BAD_ANSWER),
        (b"<!doctype html>", "200 OK", Code.NOT_A_GATEWAY),
        (b"hello", "200 OK", Code.BAD_ANSWER),
        (b"", "401 Unauthorized", Code.TOKEN_REJECTED),
        (b"", "502 Bad Gateway", Code.SERVER_ERROR),
    ],
)
async def test_other_answers_have_their_own_meaning(body: bytes, status: str, code: Code) -> None:
    outcome, _run = await outcome_of(CHECK, body, status)
    assert [finding.code for finding in outcome.findings] == [code]
