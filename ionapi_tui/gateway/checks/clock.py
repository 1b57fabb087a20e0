"""Check: this computer's clock agrees with Infor's.

Every response of the verification is looked at, because a gateway need not send ``Date``; the token's own times count
too.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped
from ionapi_tui.gateway.responses import Response

TOLERATED = 120.0
"""Seconds of difference that do no harm: a token is renewed a minute before its end, and servers allow for as much."""


async def _run(run: Run) -> Outcome:
    readings = list(_readings(run))
    if not readings:
        return skipped(_("no response states the time"))
    # One odd server among several must not decide.
    ahead = median(difference for _host, difference in readings)
    host = min(readings, key=lambda reading: abs(reading[1] - ahead))[0]
    run.clock_difference = ahead
    if abs(ahead) > TOLERATED:
        return found(Finding(Code.CLOCK_SKEW, None, {"host": host, "difference": difference(ahead)}))
    return passed(_("within {seconds} s of {host}").format(seconds=max(1, round(abs(ahead))), host=host))


def _readings(run: Run) -> Iterator[tuple[str, float]]:
    """Yield each server that told its time, with the seconds this computer's clock is ahead of it."""
    for response in run.responses:
        if response.server_time is not None:
            # The header is rounded down to a second.
            yield response.host, _sent(response) - (response.server_time + 0.5)
    if run.granted is not None and run.claims is not None:
        response, token = run.granted.response, run.granted.token
        issued_at = run.claims.issued_at
        if issued_at is None and run.claims.expires_at is not None:
            issued_at = run.claims.expires_at - token.lifetime
        if issued_at is not None:
            yield response.host, _sent(response) - issued_at


def _sent(response: Response) -> float:
    """Return when the server wrote the response, half-way through the exchange, by this computer's clock."""
    return response.received_at - response.seconds / 2


def difference(ahead: float) -> str:
    """Return a clock's difference in words, such as “12 minutes behind”, to stand before “the clock of …”."""
    minutes = round(abs(ahead) / 60)
    if minutes < 120:
        amount = n_("{n} minute", "{n} minutes", max(1, minutes))
    else:
        amount = n_("{n} hour", "{n} hours", round(minutes / 60))
    return (_("{amount} ahead of") if ahead > 0 else _("{amount} behind")).format(amount=amount)


CHECK = Check("clock", N_("Clock"), _run, needs=("reachable",), runs_last=True)
