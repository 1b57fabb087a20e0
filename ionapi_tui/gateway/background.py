"""Blocking calls beside an event loop, in threads that keep nobody from leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_background(work: Callable[[], T]) -> T:
    """Return what ``work()`` returns, or raise what it raises, without blocking the event loop.

    Unlike ``asyncio.to_thread`` a cancelled call keeps neither the loop nor the program from ending: a keyring may
    wait for a password for as long as it likes.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(how: Callable[[], None]) -> None:
        if not result.done():
            how()

    def run() -> None:
        how = _outcome(work, result)
        try:
            loop.call_soon_threadsafe(settle, how)
        except RuntimeError:
            # The loop has been closed meanwhile, and nobody waits any more.
            return

    Thread(target=run, name="ionapi-background", daemon=True).start()
    return await result


def _outcome(work: Callable[[], T], result: asyncio.Future[T]) -> Callable[[], None]:
    try:
        return partial(result.set_result, work())
    except BaseException as error:  # noqa: BLE001 - whoever waits gets it
        return partial(result.set_exception, error)
