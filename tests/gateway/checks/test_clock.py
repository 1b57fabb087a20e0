from __future__ import annotations

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.findings import Code
from ionapi_tui.gateway.checks.check import Run, Status
from ionapi_tui.gateway.checks.clock import CHECK, difference
from ionapi_tui.gateway.responses import Response
from tests.gateway.checks.walking import outcome_of

NOON = 1_774_785_600.0
DATE = "Sun, 29 Mar 2026 12:00:00 GMT"


async def at(now: float, **headers: str) -> tuple[Status, Run]:
    """Return how the check ends when the gateway's response with ``headers`` arrives at ``now``."""
    _outcome, run = await outcome_of(CHECK, b"")
    run.gateway = Response("gateway.example", 400, headers, Secret("{}"), received_at=now, seconds=1.0)
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
async def test_a_gateway_that_does_not_tell_its_time_cannot_be_compared(headers: dict[str, str]) -> None:
    assert (await at(NOON, **headers))[0] is Status.SKIPPED


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
