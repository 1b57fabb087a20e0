"""Waiting for something that blocks without keeping the app, or its end, waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


async def in_background(call: Callable[[], Result]) -> Result:
    """Run ``call`` in a thread of its own and return what it returns, or raise what it raises.

    A keyring may wait for a password for as long as nobody types it. The thread is a daemon, so that leaving the
    page, or the app, never waits for it; what comes after the wait was cancelled is dropped.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def settle(outcome: Callable[[], None]) -> None:
        if not answer.done():
            outcome()

    def run() -> None:
        try:
            outcome = partial(answer.set_result, call())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is awaited
            outcome = partial(answer.set_exception, error)
        # The app may have ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, outcome)

    Thread(target=run, name="ionapi-tui-background", daemon=True).start()
    return await answer
