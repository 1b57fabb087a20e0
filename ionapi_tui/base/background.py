"""Running a blocking call without blocking the event loop, or the end of the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


async def in_background(call: Callable[[], Result]) -> Result:
    """Run ``call`` in a new thread and return what it returns, or raise what it raises.

    A keyring waits until somebody types a password. The thread is a daemon, so that neither leaving the page nor
    ending the app waits for it. The result of a call whose caller was cancelled is dropped.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(outcome: Callable[[], None]) -> None:
        if not future.done():
            outcome()

    def run() -> None:
        try:
            outcome = partial(future.set_result, call())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is awaited
            outcome = partial(future.set_exception, error)
        # The app may have ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, outcome)

    Thread(target=run, name="ionapi-tui-background", daemon=True).start()
    return await future
