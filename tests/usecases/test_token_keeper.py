"""Tokens of many verifications are saved one after the other, and nobody waits for them."""

from __future__ import annotations

import threading
from typing import cast

import pytest

from ionapi_tui.base.errors import StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.usecases.token_keeper import TokenKeeper, token_keeper
from tests.samples import random_secret


class SlowSource:
    """Adopts a token when it is allowed to."""

    def __init__(self, fails: bool = False) -> None:
        self.may = threading.Event()
        self.adopted: list[Token] = []
        self._fails = fails

    def adopt(self, token: Token) -> None:
        """Wait, and adopt or fail."""
        self.may.wait()
        if self._fails:
            raise StoreLocked("locked")
        self.adopted.append(token)


def token() -> Token:
    return Token(Secret(random_secret()), None, 0.0, 7200.0)


async def later(keeper: TokenKeeper, source: SlowSource, tokens: list[Token]) -> None:
    for one in tokens:
        await keeper.for_source(cast(TokenSource, source)).adopt_async(one)


async def test_adopting_does_not_wait_and_the_end_does() -> None:
    slow, failing = SlowSource(), SlowSource(fails=True)
    tokens = [token() for _number in range(3)]
    async with token_keeper() as keeper:
        await later(keeper, failing, tokens[:1])
        await later(keeper, slow, tokens)
        assert slow.adopted == []
        failing.may.set()
        slow.may.set()
    assert slow.adopted == tokens, "in their order, and whatever became of the one before"


async def test_an_interruption_still_saves_what_is_quick() -> None:
    source, tokens = SlowSource(), [token()]

    async def interrupted() -> None:
        async with token_keeper() as keeper:
            await later(keeper, source, tokens)
            source.may.set()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await interrupted()
    assert source.adopted == tokens


async def test_waiting_can_be_limited() -> None:
    source, keeper = SlowSource(), TokenKeeper()
    await later(keeper, source, [token()])
    keeper.finish(0.01)
    assert source.adopted == []
    source.may.set()
    keeper.finish()
