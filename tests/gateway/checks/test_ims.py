from __future__ import annotations

import pytest

from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.checks.ims import CHECK
from tests.gateway.checks.walking import outcome_of


@pytest.mark.parametrize("body", [b"", b"pong", b'{"status": "OK"}', b"<ping/>"])
async def test_any_success_will_do(body: bytes) -> None:
    outcome, _run = await outcome_of(CHECK, body)
    assert outcome.status is Status.PASSED


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", "404 Not Found", Code.IMS_UNREACHABLE),
        (b"", "500 Oops", Code.IMS_UNREACHABLE),
        (b"<html>", "200 OK", Code.IMS_UNREACHABLE),
        (b'{"error": "Forbidden"}', "403 Forbidden", Code.SCOPE_MISSING),
        (b'{"error": {"code": 1}}', "403 Forbidden", Code.IMS_UNREACHABLE),
        (b"", "401 Unauthorized", Code.TOKEN_REJECTED),
        (b"", "429 Slow down", Code.RATE_LIMITED),
    ],
)
async def test_whatever_is_wrong_with_it_is_a_warning_because_idm_does_not_need_it(
    body: bytes, status: str, code: Code
) -> None:
    outcome, _run = await outcome_of(CHECK, body, status)
    assert [(one.code, one.severity) for one in outcome.findings] == [(code, Severity.WARNING)]
    assert outcome.status is Status.WARNED
