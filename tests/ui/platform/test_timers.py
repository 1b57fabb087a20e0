"""Timers that wait keep nothing else from running, although on Windows each waits in a thread."""

from __future__ import annotations

import asyncio
import os

from tests.ui.driving import running
from tests.ui.machine import Machine


async def test_timers_that_wait_leave_room_for_others(machine: Machine) -> None:
    async with running(machine.app()) as person:
        # A loop has four threads more than there are processors.
        for _timer in range((os.cpu_count() or 1) + 5):
            person.app.set_timer(600, lambda: None)
        rung = asyncio.Event()
        person.app.set_timer(0.01, rung.set)
        await asyncio.wait_for(rung.wait(), 60)
