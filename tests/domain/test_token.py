from __future__ import annotations

import dataclasses
import json
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.token import ASSUMED, LONGEST, SHORTEST, Token, access_token_in, bounded
from ionapi_tui.usecases.services import Access
from tests.samples import random_secret


def token(lifetime: float = 7200.0, issued_at: float = 1_000_000.0, born: float | None = 50.0) -> Token:
    return Token(Secret(random_secret()), Secret(random_secret()), issued_at, lifetime, ("Infor-IDM",), born=born)


@pytest.mark.parametrize(
    ("expires_in", "lifetime"),
    [
        (7200, 7200),
        ("7200", 7200),
        ("3600.5", 3600.5),
        (5, 5),
        (1, SHORTEST),
        (None, ASSUMED),
        (0, ASSUMED),
        (-1, ASSUMED),
        ("abc", ASSUMED),
        ("", ASSUMED),
        ([], ASSUMED),
        ({"a": 1}, ASSUMED),
        (math.nan, ASSUMED),
        ("nan", ASSUMED),
        (10**12, LONGEST),
        (math.inf, LONGEST),
        (10**400, ASSUMED),
    ],
)
def test_a_lifetime_is_bounded_whatever_the_server_says(expires_in: object, lifetime: float) -> None:
    assert bounded(expires_in) == lifetime


def test_a_token_serves_as_long_as_both_clocks_agree() -> None:
    assert token().remaining(1_000_100.0, 150.0) == 7100.0
    assert token().remaining(1_007_200.0, 7250.0) == 0.0


def test_a_clock_set_back_does_not_lengthen_a_life() -> None:
    assert token().remaining(1_000_000.0 - 30, 50 + 7200.0) == 0.0


def test_a_machine_that_slept_does_not_lengthen_a_life() -> None:
    assert token().remaining(1_000_000.0 + 9000, 51.0) < 0


def test_a_token_from_the_future_is_over() -> None:
    assert token(born=None).remaining(1_000_000.0 - 3600, 0.0) == 0.0
    assert token(born=None).remaining(1_000_000.0 - 60.5, 0.0) == 0.0
    assert token(born=None).remaining(1_000_000.0 - 60, 0.0) == 7260.0, "clocks of two machines differ by a minute"


@pytest.mark.posix("time zones of a process")
@pytest.mark.parametrize("zone", ["UTC", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0"])
def test_neither_a_time_zone_nor_the_change_to_summer_time_moves_the_end(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    half_past_midnight = 1_774_744_200.0
    issued = token(issued_at=half_past_midnight, born=None)
    assert issued.remaining(half_past_midnight + 3600, 0.0) == 3600
    access = Access(issued.access, "", "", issued.expires_at)
    assert access.expires_at == "2026-03-29T02:30:00Z"
    monkeypatch.undo()
    time.tzset()


@given(jumps=some.lists(some.floats(-1e6, 1e6), max_size=8), slept=some.floats(0, 1e6), passed=some.floats(0, 1e6))
def test_no_clock_makes_a_token_outlive_what_the_server_granted(
    jumps: list[float], slept: float, passed: float
) -> None:
    """Real time passes; the wall clock also jumps, the monotonic one stands still while the machine sleeps."""
    one = token()
    wall = one.issued_at + passed + slept + sum(jumps)
    remaining = one.remaining(wall, 50.0 + passed)
    if sum(jumps) >= 0 or slept == 0:
        assert remaining <= one.lifetime - passed
    assert remaining <= one.lifetime + 60


@pytest.mark.parametrize(("lifetime", "early"), [(7200, 60), (240, 60), (120, 30), (5, 1.25)])
def test_a_token_is_renewed_a_minute_early_or_a_quarter_of_a_short_life(lifetime: float, early: float) -> None:
    one = token(lifetime)
    assert one.early == early
    assert not one.serves(one.expires_at - early, 50.0)
    assert one.serves(one.expires_at - early - 0.25, 50.0)


def test_a_token_comes_back_from_the_cache_as_it_was_but_for_the_clock_of_its_process() -> None:
    kept = Token.from_cache(token().to_cache())
    assert kept is not None
    assert (kept.lifetime, kept.issued_at, kept.scopes, kept.basic) == (7200.0, 1_000_000.0, ("Infor-IDM",), False)
    assert kept.born is None


def test_what_the_server_wants_of_the_client_is_kept_as_well() -> None:
    one = token()
    kept = Token.from_cache(dataclasses.replace(one, refresh=None, basic=True).to_cache())
    assert kept == dataclasses.replace(one, refresh=None, basic=True, born=None)


def test_a_kept_token_takes_no_more_room_than_it_needs() -> None:
    assert " " not in token().to_cache().reveal()


def test_of_kept_scopes_only_names_are_used() -> None:
    kept = json.loads(token().to_cache().reveal()) | {"scopes": ["Infor-IDM", "", 7, None, ["x"]]}
    read = Token.from_cache(Secret(json.dumps(kept)))
    assert read is not None
    assert read.scopes == ("Infor-IDM",)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"access_token": None},
        {"access_token": "two\r\nlines"},
        {"access_token": ""},
        {"issued_at": "soon"},
        {"issued_at": None},
        {"issued_at": 10**400},
        {"extra": "fine"},
    ],
)
def test_a_cache_that_cannot_be_read_is_as_good_as_empty(change: dict[str, object]) -> None:
    kept = json.loads(token().to_cache().reveal()) | change
    readable = Token.from_cache(Secret(json.dumps(kept))) is not None
    assert readable is ("extra" in change)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "42", "[" * 100_000])
def test_rubbish_in_the_cache_is_as_good_as_nothing(text: str) -> None:
    assert Token.from_cache(Secret(text)) is None


@pytest.mark.parametrize("value", [None, 7, "", "two words", "line\nbreak", "tab\t", "ü", "x" * 32_769, ["x"]])
def test_what_does_not_fit_a_header_is_no_access_token(value: object) -> None:
    assert access_token_in({"access_token": value}) is None


@pytest.mark.parametrize("value", ["x", "x" * 32_768])
def test_an_access_token_may_be_as_short_and_as_long_as_a_header(value: str) -> None:
    assert access_token_in({"access_token": value}) == Secret(value)


def test_a_token_is_masked_in_every_rendering() -> None:
    assert "CANARY" not in repr(token())
