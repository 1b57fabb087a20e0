"""Limits for verifying many profiles at once: so many together, and so many a minute for one tenant."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from ionapi_tui.gateway.network import Clock

TOGETHER: Final = 16
"""Verifications at one time."""
OF_ONE_TENANT: Final = 4
"""Verifications of one tenant at one time."""
LOG_INS: Final = 20
"""Log-ins of service accounts that Infor documents as allowed in a tenant and minute, for one of its editions."""
_MINUTE: Final = 60.0


class RateLimits:
    """Lets each verification start when the limits allow it."""

    def __init__(
        self,
        together: int = TOGETHER,
        of_one_tenant: int = OF_ONE_TENANT,
        log_ins: int = LOG_INS,
        clock: Clock | None = None,
    ) -> None:
        """Set the limits.

        Args:
            together: how many may be under way.
            of_one_tenant: how many of one tenant may be under way.
            log_ins: how many of one tenant may begin in a minute.
            clock: tells the time, and waits.
        """
        self._together = asyncio.Semaphore(together)
        self._tenants: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(of_one_tenant))
        self._begun: dict[str, deque[float]] = defaultdict(deque)
        self._log_ins = log_ins
        self._clock = clock or Clock()

    @asynccontextmanager
    async def slot(self, tenant: str) -> AsyncIterator[None]:
        """Wait until a verification of ``tenant`` may start, and count it as under way within the ``with`` block."""
        # The tenant first: who waits for a busy one must not keep the others out.
        async with self._tenants[tenant]:
            await self._paced(self._begun[tenant])
            async with self._together:
                yield

    async def _paced(self, begun: deque[float]) -> None:
        if len(begun) >= self._log_ins:
            wait = begun.popleft() + _MINUTE - self._clock.monotonic()
            if wait > 0:
                await self._clock.sleep(wait)
        begun.append(self._clock.monotonic())
