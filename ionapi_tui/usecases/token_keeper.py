"""Saving the tokens of many verifications one after the other, while the next verifications are under way.

A password store takes up to 20 milliseconds for an item, and takes one at a time. A verification that waited for it
would keep others from starting.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Final

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.tokens import TokenSource

_EXIT_SECONDS: Final = 2.0
"""Seconds that somebody who interrupts waits for what is to be saved: each token counts at Infor."""


class TokenKeeper:
    """Saves tokens in the order they come, in a thread of its own."""

    def __init__(self) -> None:
        """Start; ``finish`` has to be called."""
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._save, name="ionapi-tui-tokens", daemon=True)
        self._thread.start()

    def for_source(self, source: TokenSource) -> SavedLater:
        """Return what adopts a token on behalf of ``source``, and returns at once."""
        return SavedLater(self._queue.put, source)

    def finish(self, seconds: float | None = None) -> None:
        """Wait until everything is saved.

        Args:
            seconds: how long at most; None for as long as it takes.
        """
        self._queue.put(None)
        self._thread.join(seconds)

    def _save(self) -> None:
        while (save := self._queue.get()) is not None:
            try:
                save()
            except IonApiError:
                # The token is good all the same; other processes get their own.
                continue


class SavedLater:
    """Adopts a token for a source later."""

    def __init__(self, put: Callable[[Callable[[], None]], None], source: TokenSource) -> None:
        """Let ``put`` take what is to be done for ``source``."""
        self._put, self._source = put, source

    async def adopt_async(self, token: Token) -> None:
        """Have ``token`` saved when its turn comes."""
        self._put(partial(self._source.adopt, token))


@asynccontextmanager
async def token_keeper() -> AsyncIterator[TokenKeeper]:
    """Give a keeper, and wait at the end until it has saved everything; briefly if the block is interrupted."""
    keeper = TokenKeeper()
    try:
        yield keeper
    except BaseException:
        keeper.finish(_EXIT_SECONDS)
        raise
    await in_background(keeper.finish)
