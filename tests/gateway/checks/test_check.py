"""How checks end, and what it is called."""

from __future__ import annotations

import pytest

from ionapi_tui.base import language
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks import ims
from ionapi_tui.gateway.checks.check import CheckResult, Outcome, Status, found, passed, skipped

INFO = Finding(Code.SCOPES_PRESENT)
WARNING = Finding(Code.NO_REFRESH_TOKEN)
ERROR = Finding(Code.TOKEN_REJECTED)


def test_each_end_has_its_word_and_a_check_under_way_has_none() -> None:
    words = {status.value: CheckResult(ims.CHECK, status).word for status in Status}
    ends = {"passed": "passed", "warned": "warning", "failed": "failed", "skipped": "skipped"}
    assert words == {"waiting": "", "running": "", **ends}
    assert [status.value for status in Status if status.is_final] == list(ends)
    assert CheckResult(ims.CHECK, Status.SKIPPED, findings=(INFO,)).word == "does not count"


def test_the_words_are_in_the_language_in_use() -> None:
    try:
        language.load("de", language.folder())
        assert [CheckResult(ims.CHECK, status).word for status in Status if status.is_final] == [
            "bestanden",
            "Warnung",
            "fehlgeschlagen",
            "übersprungen",
        ]
    finally:
        language.use("en", None)


@pytest.mark.parametrize(
    ("outcome", "status", "detail"),
    [
        (passed("fine"), Status.PASSED, "fine"),
        (skipped("no user"), Status.SKIPPED, "no user"),
        (found(), Status.PASSED, ""),
        (found(INFO), Status.PASSED, ""),
        (found(INFO, WARNING), Status.WARNED, WARNING.message),
        (found(WARNING, ERROR), Status.FAILED, WARNING.message),
        (found(ERROR, detail="missing: x"), Status.FAILED, "missing: x"),
    ],
)
def test_the_worst_finding_decides_how_a_check_ends(outcome: Outcome, status: Status, detail: str) -> None:
    assert (outcome.status, outcome.detail) == (status, detail)
