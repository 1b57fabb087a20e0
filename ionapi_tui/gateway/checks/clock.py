"""Check: the clocks of this machine and of Infor agree."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped

TOLERATED = 120.0
"""Seconds of difference that do no harm: a token is renewed a minute before its end, and servers allow for as much."""


async def _run(run: Run) -> Outcome:
    response = run.gateway
    server_time = response.server_time if response else None
    if response is None or server_time is None:
        return skipped(_("the gateway does not tell its time"))
    # The server wrote the header half-way through the exchange, rounded down to a second.
    ahead = response.received_at - response.seconds / 2 - (server_time + 0.5)
    run.clock_difference = ahead
    if abs(ahead) > TOLERATED:
        return found(Finding(Code.CLOCK_SKEW, None, {"host": response.host, "difference": difference(ahead)}))
    return passed(_("within {seconds} s of {host}").format(seconds=max(1, round(abs(ahead))), host=response.host))


def difference(ahead: float) -> str:
    """Return a clock's difference in words, such as “12 minutes behind”, to stand before “the clock of …”."""
    minutes = round(abs(ahead) / 60)
    if minutes < 120:
        amount = n_("{n} minute", "{n} minutes", max(1, minutes))
    else:
        amount = n_("{n} hour", "{n} hours", round(minutes / 60))
    return (_("{amount} ahead of") if ahead > 0 else _("{amount} behind")).format(amount=amount)


CHECK = Check("clock", N_("The clocks agree"), _run, needs=("reachable",))
