from __future__ import annotations

import asyncio
from collections import Counter

from ionapi_tui.gateway.rate_limits import RateLimits
from tests.gateway.clocks import HandClock


async def most_at_once(limits: RateLimits, tenants: list[str]) -> Counter[str]:
    """Return how many turns were taken at one time, in all and of each tenant."""
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()

    async def one(tenant: str) -> None:
        async with limits.slot(tenant):
            now.update([tenant, "all"])
            for name in (tenant, "all"):
                most[name] = max(most[name], now[name])
            for _other in range(5):
                await asyncio.sleep(0)
            now.subtract([tenant, "all"])

    await asyncio.gather(*map(one, tenants))
    return most


async def test_no_more_are_under_way_than_agreed() -> None:
    most = await most_at_once(RateLimits(together=5, log_ins=1000), [f"T{number}" for number in range(200)])
    assert most["all"] == 5


async def test_no_more_of_one_tenant_are_under_way_than_agreed() -> None:
    limits = RateLimits(together=100, of_one_tenant=2, log_ins=1000)
    most = await most_at_once(limits, [f"T{number % 10}" for number in range(200)])
    assert {most[f"T{number}"] for number in range(10)} == {2}


async def test_a_tenant_with_many_profiles_does_not_keep_the_others_out() -> None:
    most = await most_at_once(RateLimits(together=3, of_one_tenant=1, log_ins=1000), ["BIG"] * 50 + ["A", "B"])
    assert most["all"] == 3


async def test_log_ins_of_one_tenant_are_paced_by_the_minute() -> None:
    time = HandClock()
    limits = RateLimits(log_ins=20, clock=time.clock)
    for _number in range(20):
        async with limits.slot("ACME_TST"):
            time.pass_by(1)
    assert time.slept == []
    for _number in range(20):
        async with limits.slot("ACME_TST"):
            pass
    async with limits.slot("GLOBEX_TST"):
        pass
    # The last of them begins a minute after the 20th, which began in second 19; it is second 20 now.
    assert sum(time.slept) == 59
