"""Calls that block, beside an event loop that must not."""

from __future__ import annotations

import asyncio
import threading

import pytest

from ionapi_tui.base.background import in_background


async def test_what_the_call_returns_comes_back_from_a_daemon_thread() -> None:
    def call() -> tuple[str, bool]:
        return threading.current_thread().name, threading.current_thread().daemon

    assert await in_background(call) == ("ionapi-tui-background", True)


async def test_what_the_call_raises_is_raised_where_it_is_awaited() -> None:
    def fail() -> None:
        raise LookupError("no such item")

    with pytest.raises(LookupError, match="no such item"):
        await in_background(fail)


async def test_the_event_loop_goes_on_while_the_call_blocks() -> None:
    released = threading.Event()
    waiting = asyncio.ensure_future(in_background(lambda: released.wait(60)))
    # Only the loop can let the call go on.
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(released.set)
    assert await waiting


async def test_the_result_of_a_cancelled_call_is_dropped() -> None:
    released, ended = threading.Event(), threading.Event()

    def call() -> None:
        released.wait(60)
        ended.set()

    waiting = asyncio.ensure_future(in_background(call))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    released.set()
    assert await in_background(lambda: ended.wait(60))


def test_a_call_that_outlives_its_loop_disturbs_nobody() -> None:
    released = threading.Event()
    threads: list[threading.Thread] = []

    def call() -> None:
        threads.append(threading.current_thread())
        released.wait(60)

    async def leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(in_background(call), 0.01)

    asyncio.run(leave())
    released.set()
    # An exception in the thread would fail the test: pytest reports it as a warning, and warnings are errors.
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
