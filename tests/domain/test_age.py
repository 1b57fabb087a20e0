"""The age of credentials: words, limits that are typed, and the note that it is time to replace them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain import age
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.profile import Profile, timestamp
from tests.samples import CLOUD

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def aged(days: int, gateway: str = f"https://mingle-ionapi.{CLOUD}") -> Profile:
    return Profile("1", "acme-tst", "s", timestamp(NOW - timedelta(days=days)), {"iu": gateway})


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "1 d"), (59, "59 d"), (60, "1 mo"), (364, "11 mo"), (365, "12 mo"), (730, "2 y")],
)
def test_the_words_are_short(days: int, words: str) -> None:
    assert age.in_words(aged(days).age(NOW)) == words


def test_a_time_in_the_future_is_no_age_and_one_that_cannot_be_read_is_none() -> None:
    assert aged(-3).age(NOW) == 0
    assert Profile("1", "a", "s", "yesterday").age(NOW) is None
    assert age.in_words(None) == ""


@pytest.mark.parametrize(("text", "days"), [("180d", 180), (" 26W ", 182), ("1y", 365), ("0d", 0)])
def test_a_limit_is_in_days_weeks_or_years(text: str, days: int) -> None:
    assert age.days_of(text) == days


def test_what_is_no_limit_is_explained() -> None:
    with pytest.raises(UsageError, match="such as 180d, 26w or 1y"):
        age.days_of("6 months")


@pytest.mark.parametrize(
    ("value", "days"), [(None, 365), ("90", 90), ("0", 0), ("", 365), ("-1", 365), ("a year", 365), ("1234567", 365)]
)
def test_the_setting_counts_when_it_is_a_number(value: str | None, days: int) -> None:
    assert age.limit({} if value is None else {age.VARIABLE: value}) == days


def test_older_than_the_limit_is_a_note_unless_turned_off_or_for_practice() -> None:
    (finding,) = age.findings_of(aged(366), NOW, 365)
    assert (finding.code, finding.severity) == (Code.CREDENTIALS_OLD, Severity.INFO)
    assert "366 days old" in finding.message
    assert age.VARIABLE in finding.fix
    assert age.findings_of(aged(365), NOW, 365) == ()
    assert age.findings_of(aged(9999), NOW, 0) == ()
    assert age.findings_of(aged(9999, "http://127.0.0.1:8080"), NOW, 365) == ()
