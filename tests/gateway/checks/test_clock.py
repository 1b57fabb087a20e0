from __future__ import annotations

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.token import Token
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway.checks.check import Run, Status
from ionapi_tui.gateway.checks.clock import CHECK, difference
from ionapi_tui.gateway.facts import VerifiedFacts
from ionapi_tui.gateway.grants import Granted
from ionapi_tui.gateway.responses import Response
from tests.gateway.checks.walking import outcome_of
from tests.samples import random_secret

NOON = 1_774_785_600.0
DATE = "Sun, 29 Mar 2026 12:00:00 GMT"


async def at(now: float, **headers: str) -> tuple[Status, Run]:
    """Return how the check ends when the gateway's response with ``headers`` arrives at ``now``."""
    _outcome, run = await outcome_of(CHECK, b"")
    run.responses = [Response("gateway.example", 400, headers, Secret("{}"), received_at=now, seconds=1.0)]
    outcome = await CHECK.run(run)
    assert all(finding.code is Code.CLOCK_SKEW for finding in outcome.findings)
    return outcome.status, run


@pytest.mark.parametrize(
    ("ahead", "status"),
    [(0, "passed"), (100, "passed"), (-100, "passed"), (125, "warned"), (-125, "warned"), (90_000, "warned")],
)
async def test_only_a_difference_that_does_harm_is_warned_of(ahead: float, status: str) -> None:
    found, run = await at(NOON + ahead, date=DATE)
    assert found == status
    assert run.clock_difference is not None
    # Half the way of the response and half of the header's second are taken into account.
    assert abs(run.clock_difference - (ahead - 1.0)) < 0.01


@pytest.mark.parametrize("headers", [{}, {"date": "noon"}, {"date": ""}])
async def test_without_any_response_that_states_the_time_nothing_can_be_compared(headers: dict[str, str]) -> None:
    assert (await at(NOON, **headers))[0] is Status.SKIPPED


async def test_a_gateway_without_date_is_made_up_for_by_the_other_responses() -> None:
    _outcome, run = await outcome_of(CHECK, b"")
    run.responses = [
        Response("gateway.example", 400, {}, Secret("{}"), received_at=NOON, seconds=1.0),
        Response("sso.example", 200, {"date": DATE}, Secret("{}"), received_at=NOON + 300, seconds=1.0),
    ]
    outcome = await CHECK.run(run)
    assert [finding.values["host"] for finding in outcome.findings] == ["sso.example"]


async def test_one_odd_server_among_several_does_not_decide() -> None:
    _outcome, run = await outcome_of(CHECK, b"")
    hours = ["09:00:00", "12:00:00", "12:00:01"]
    run.responses = [
        Response(f"host{number}.example", 200, {"date": DATE.replace("12:00:00", hour)}, Secret(""), NOON, 0.1)
        for number, hour in enumerate(hours)
    ]
    assert (await CHECK.run(run)).status is Status.PASSED


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        (TokenClaims(issued_at=NOON, expires_at=NOON + 7200), Status.PASSED),
        (TokenClaims(expires_at=NOON + 7200), Status.PASSED),
        (TokenClaims(issued_at=NOON - 900, expires_at=NOON + 6300), Status.WARNED),
        (TokenClaims(expires_at=NOON - 60), Status.WARNED),
        (TokenClaims(), Status.SKIPPED),
    ],
)
async def test_the_times_in_the_token_are_compared_too(claims: TokenClaims, status: Status) -> None:
    _outcome, run = await outcome_of(CHECK, b"")
    response = Response("sso.example", 200, {}, Secret("{}"), received_at=NOON, seconds=0.1)
    run.granted = Granted(Token(Secret(random_secret()), None, NOON, 7200.0), response)
    run.responses, run.claims = [response], claims
    assert (await CHECK.run(run)).status is status


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (125, "2 minutes ahead of"),
        (-3600, "60 minutes behind"),
        (-7200, "2 hours behind"),
        (86_400, "24 hours ahead of"),
    ],
)
def test_the_difference_is_put_into_words(ahead: float, words: str) -> None:
    assert difference(ahead) == words


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "0 s"), (-0.4, "0 s"), (3.0, "+3 s"), (-2.0, "-2 s")])
def test_a_difference_that_is_none_has_no_sign(seconds: float, said: str) -> None:
    (compared,) = VerifiedFacts("ACME_TST", clock_difference=seconds).groups()
    assert compared.facts[-1][1] == f"{said} different from Infor"
