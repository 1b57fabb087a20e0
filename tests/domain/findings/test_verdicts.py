"""Every cause has a short form for the list of profiles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from ionapi_tui.base import language
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.findings.live_codes import LIVE_CODES
from ionapi_tui.domain.findings.verdicts import LONGEST, verdict


@pytest.fixture(params=language.known())
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language of the program, in turn."""
    language.load(request.param, language.folder())
    yield request.param
    language.use("en", None)


def test_every_cause_that_a_check_finds_has_a_short_form_that_fits(spoken: str) -> None:
    serious = [code for code, entry in LIVE_CODES.items() if entry.severity is not Severity.INFO]
    assert {code: verdict(code) for code in serious if not 0 < cell_len(verdict(code)) <= LONGEST} == {}, spoken
    assert all(cell_len(verdict(code)) <= LONGEST for code in Code)


def test_a_code_of_a_newer_version_has_none() -> None:
    assert verdict("seen-by-a-newer-version") == ""
