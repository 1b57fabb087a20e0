"""Renewing with a refresh token as live tenants were recorded to handle it."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.failures import NotReached, TokenRefused
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.tokens import REMEMBERED, TokenSource
from tests.gateway.clocks import HandClock
from tests.gateway.recorded_cases import refused
from tests.gateway.recorded_tenant import Answer, RecordedTenant
from tests.gateway.test_tokens import Shelf, until
from tests.samples import MARKER

DEAD = {
    "invalid": refused("invalid_request", "Invalid refresh_token"),
    "expired": refused("invalid_request", "expired refresh token"),
    "standard": refused("invalid_grant"),
    "no code": Answer(400, ""),
    "unauthorized": Answer(401, ""),
    "odd status": Answer(404, "<html><title>Not found</title>"),
}
"""Refusals of a refresh token: the first two were recorded."""


def renewing(tenant: RecordedTenant, cache: Shelf | None = None) -> tuple[TokenSource, HandClock]:
    """Return a source whose token has just expired, and its clock."""
    clock = HandClock()
    credentials = Credentials.from_document(tenant.document)
    source = TokenSource(credentials, Network(total=30, clock=clock.clock), cache=cache, retry_seconds=0)
    source.token()
    clock.pass_by(8000)
    tenant.seen.clear()
    return source, clock


@pytest.mark.parametrize("answer", DEAD.values(), ids=DEAD)
def test_a_refused_refresh_token_costs_one_login_and_is_forgotten(answer: Answer) -> None:
    shelf = Shelf()
    with RecordedTenant(answers={"refresh_token": answer}) as tenant:
        source, clock = renewing(tenant, shelf)
        dead = kept(shelf).refresh
        assert source.token().access
        assert tenant.seen == ["refresh_token", "password"]
        assert kept(shelf).refresh not in {None, dead}
        clock.pass_by(8000)
        tenant.answers = {}
        source.token()
    assert tenant.seen == ["refresh_token", "password", "refresh_token"]


def test_a_dead_refresh_token_is_forgotten_even_when_the_login_fails_too() -> None:
    shelf = Shelf()
    down = {"refresh_token": DEAD["invalid"], "password": Answer(503, "")}
    with RecordedTenant() as tenant:
        source, _clock = renewing(tenant, shelf)
        tenant.answers = down
        with pytest.raises(NotReached):
            source.token()
        assert kept(shelf).refresh is None
        tenant.answers = {"refresh_token": DEAD["invalid"]}
        tenant.seen.clear()
        assert source.token().access
        assert TokenSource(source.credentials, source.network, cache=shelf).token() == kept(shelf)
    assert tenant.seen == ["password"]


def test_a_token_goes_on_serving_although_it_could_not_be_renewed_in_time() -> None:
    with RecordedTenant() as tenant:
        source, clock = renewing(tenant)
        first = source.token()
        clock.pass_by(7200 - 30)
        tenant.answers = {"refresh_token": DEAD["invalid"], "password": Answer(503, "")}
        assert source.token().access == first.access
        until(lambda: source._flight is None)
        assert source.token().access == first.access
    assert tenant.seen[-2:] == ["refresh_token", "password"]


def test_another_process_whose_refresh_token_and_login_fail_is_told_why() -> None:
    shelf = Shelf()
    with RecordedTenant() as tenant:
        source, _clock = renewing(tenant, shelf)
        tenant.answers = {"refresh_token": DEAD["invalid"], "password": Answer(503, "")}
        other = TokenSource(source.credentials, source.network, cache=shelf, retry_seconds=0)
        with pytest.raises(NotReached):
            other.token()
    assert kept(shelf).refresh is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refused("invalid_client"), Code.INVALID_CLIENT),
        (Answer(429, "", {"Retry-After": "900"}), Code.RATE_LIMITED),
        (Answer(500, ""), Code.SERVER_ERROR),
        (Answer(407, ""), Code.PROXY),
        (Answer(403, "<html><title>Blocked</title>"), Code.NOT_A_GATEWAY),
    ],
    ids=["client", "rate", "outage", "proxy", "page"],
)
def test_what_says_nothing_about_the_refresh_token_costs_no_login(answer: Answer, code: Code) -> None:
    shelf = Shelf()
    with RecordedTenant(answers={"refresh_token": answer}) as tenant:
        source, _clock = renewing(tenant, shelf)
        with pytest.raises((NotReached, TokenRefused)) as caught:
            source.token()
        assert isinstance(caught.value, NotReached | TokenRefused)
        assert caught.value.finding.code is code
        assert tenant.seen == ["refresh_token"]
        assert kept(shelf).refresh is not None


def test_the_old_refresh_token_serves_over_many_expiries_because_no_new_one_comes() -> None:
    shelf = Shelf()
    with RecordedTenant() as tenant:
        source, clock = renewing(tenant, shelf)
        refresh = kept(shelf).refresh
        tokens = set()
        for _expiry in range(50):
            tokens.add(source.token().access.reveal())
            assert kept(shelf).refresh == refresh
            clock.pass_by(8000)
    assert len(tokens) == 50
    assert set(tenant.seen) == {"refresh_token"}


def test_many_callers_over_many_expiries_cause_one_request_each_time() -> None:
    with RecordedTenant(answers={"refresh_token": DEAD["expired"]}) as tenant:
        source, clock = renewing(tenant)
        for _expiry in range(5):
            start = threading.Barrier(20)

            def ask(start: threading.Barrier = start) -> str:
                start.wait(30)
                return source.token().access.reveal()

            with ThreadPoolExecutor(20) as pool:
                given = {done.result() for done in [pool.submit(ask) for _caller in range(20)]}
            assert len(given) == 1
            clock.pass_by(8000)
    assert tenant.seen == ["refresh_token", "password"] * 5


def test_a_service_account_that_is_over_as_well_is_said_and_not_asked_again_at_once() -> None:
    over = {"refresh_token": DEAD["invalid"], "password": refused("invalid_request", "Account not authorised")}
    with RecordedTenant() as tenant:
        source, clock = renewing(tenant)
        tenant.answers = over
        for _caller in range(3):
            with pytest.raises(TokenRefused) as caught:
                source.token()
            assert caught.value.finding.code is Code.INVALID_GRANT
        assert tenant.seen == ["refresh_token", "password"]
        clock.pass_by(REMEMBERED + 1)
        with pytest.raises(TokenRefused):
            source.token()
    assert tenant.seen == ["refresh_token", "password", "password"]


def test_a_refresh_token_that_the_server_echoes_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf()
    with RecordedTenant() as tenant, caplog.at_level(logging.DEBUG):
        source, _clock = renewing(tenant, shelf)
        refresh = kept(shelf).refresh
        assert refresh is not None
        tenant.answers = {"refresh_token": refused("invalid_request", f"Invalid refresh_token {refresh.reveal()}")}
        source.token()
    said = "the refresh token was refused, the service account requests a token: "
    assert [one.startswith(said) for one in caplog.messages if "Invalid refresh_token" in one] == [True]
    assert MARKER not in caplog.text


@pytest.mark.parametrize(("claims", "lifetime"), [({}, 7200.0), ({"exp": None}, 7200.0), ({"iat": 5, "exp": 9}, 5.0)])
def test_a_token_that_says_it_ends_sooner_is_not_handed_out_after_that(claims: dict[str, Any], lifetime: float) -> None:
    with RecordedTenant(claims=claims) as tenant:
        source = TokenSource(Credentials.from_document(tenant.document), Network(total=30))
        assert source.token().lifetime == lifetime


def kept(shelf: Shelf) -> Token:
    """Return the token in the cache."""
    assert shelf.kept is not None
    token = Token.from_cache(shelf.kept)
    assert token is not None
    return token
