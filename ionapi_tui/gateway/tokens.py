"""One access token for many callers.

Tokens are scarce: Infor documents a hundred a day for one client. However many threads, tasks and processes ask, one
of them is sent to the authorization server and the others get what it brings.
"""

from __future__ import annotations

import asyncio
import atexit
import dataclasses
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from threading import Lock, Thread
from typing import Protocol
from weakref import WeakSet

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, StoreError
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway import grants, transport_errors
from ionapi_tui.gateway.failures import NotReached, RefreshRefused, TokenRefused
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import Session, open_session

_log = logging.getLogger(__name__)

REMEMBERED = 60.0
"""Seconds an ``invalid_grant`` or ``invalid_client`` is remembered, so that a broken secret does not hammer Infor."""
PAUSE = 30.0
"""Seconds between two tokens that are dropped after a 401, and between two early renewals that failed."""
_EXIT_SECONDS = 2.0
"""Seconds a program that ends waits for an early renewal: the token counts at Infor, and should be kept."""

_renewing: WeakSet[Thread] = WeakSet()


@atexit.register
def _let_renewals_end(seconds: float = _EXIT_SECONDS) -> None:
    end = time.monotonic() + seconds
    for thread in list(_renewing):
        thread.join(max(end - time.monotonic(), 0))


class TokenCache(Protocol):
    """Where processes share a token: a place as safe as the one of the secret."""

    def load(self) -> Secret | None:
        """Return what was saved; None when there is nothing.

        It may be what was loaded before, as long as nobody has saved or dropped anything since.
        """

    def save(self, text: Secret) -> None:
        """Keep ``text`` instead of what was there."""

    def drop(self) -> None:
        """Forget what was saved, if anything."""


class TokenSource:
    """Gives out the access token of one set of credentials, and renews it early.

    Safe to share among threads and event loops. A renewal runs on a thread of its own, so that a caller who gives up
    disturbs nobody else.
    """

    def __init__(
        self,
        credentials: Credentials,
        network: Network | None = None,
        *,
        cache: TokenCache | None = None,
        lock: Callable[[], AbstractContextManager[object]] = nullcontext,
        retry_seconds: float = grants.RETRY_SECONDS,
    ) -> None:
        """Make a source; nothing is sent before the first call.

        Args:
            credentials: whose token.
            network: how to reach the authorization server.
            cache: where to share the token with other processes; without one it stays in this object.
            lock: makes a lock that all processes which share ``cache`` take while they renew.
            retry_seconds: seconds to spend on waiting when the server asks to come back later.
        """
        self.credentials = credentials
        self.network = network or Network()
        self._cache, self._lock, self._retry_seconds = cache, lock, retry_seconds
        self._mutex = Lock()
        self._process = os.getpid()
        self._current: Token | None = None
        self._rejected: Secret | None = None
        self._flight: Future[Token] | None = None
        self._refusal: tuple[TokenRefused, float] | None = None
        self._no_drop_before = self._no_early_before = float("-inf")

    def token(self) -> Token:
        """Return a token that serves now; waits for one if there is none.

        Raises:
            TokenRefused: the authorization server said no.
            NotReached: it could not be asked.
            StoreError: the other processes' lock could not be had.
        """
        ready = self._ready()
        if isinstance(ready, Token):
            return ready
        try:
            return ready.result(self._longest_wait)
        except TimeoutError:
            raise self._too_late() from None

    async def token_async(self) -> Token:
        """Return a token that serves now, without blocking the event loop; raises as ``token`` does."""
        ready = self._ready()
        if isinstance(ready, Token):
            return ready
        try:
            return await asyncio.wait_for(asyncio.wrap_future(ready), self._longest_wait)
        except TimeoutError:
            raise self._too_late() from None

    def reject(self, token: Token) -> None:
        """Drop ``token`` because the gateway answered 401 to it; a newer one stays.

        A gateway that turns away every token would use up the day's budget: only one token in half a minute is
        dropped.
        """
        with self._mutex:
            now = self.network.clock.monotonic()
            if self._current is not None and self._current.access == token.access and now >= self._no_drop_before:
                self._current, self._rejected = None, token.access
                self._no_drop_before = now + PAUSE

    def adopt(self, token: Token) -> None:
        """Use ``token``, which somebody just got for these credentials, from now on, and share it."""
        with self._mutex:
            self._current, self._refusal = token, None
        with self._lock():
            self._keep(token)

    async def adopt_async(self, token: Token) -> None:
        """Do what ``adopt`` does, without blocking the event loop."""
        await in_background(lambda: self.adopt(token))

    def logout(self) -> bool:
        """Forget the token, here and in the cache, and revoke it.

        Returns:
            Whether the authorization server took a token back; False when there was none, or no address for it.

        Raises:
            NotReached: the token is forgotten, but the server could not be told.
        """
        with self._lock():
            token = self._kept() or self._current
            if self._cache is not None:
                self._cache.drop()
            with self._mutex:
                self._current, self._refusal = None, None
        return token is not None and asyncio.run(self._revoke(token))

    def _ready(self) -> Token | Future[Token]:
        """Return a token that serves, or the renewal to wait for."""
        clock = self.network.clock
        token = self._current
        if token is not None and token.serves(clock.now(), clock.monotonic()):
            return token
        self._after_fork()
        with self._mutex:
            token, now = self._current, clock.monotonic()
            left = 0.0 if token is None else token.remaining(clock.now(), now)
            if token is not None and left > 0:
                if left <= token.early and now >= self._no_early_before:
                    self._renewal()
                return token
            if self._refusal is not None and now < self._refusal[1]:
                raise TokenRefused(self._refusal[0].finding)
            return self._renewal()

    def _renewal(self) -> Future[Token]:
        """Return the renewal under way, or start one. The caller holds the mutex."""
        if self._flight is None:
            self._flight = Future()
            self._flight.set_running_or_notify_cancel()
            thread = Thread(target=self._renew, args=(self._flight,), name="ionapi-token", daemon=True)
            _renewing.add(thread)
            thread.start()
        return self._flight

    def _renew(self, flight: Future[Token]) -> None:
        try:
            token = self._fetched()
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it; nobody may wait for ever
            now = self.network.clock.monotonic()
            with self._mutex:
                self._flight, self._no_early_before = None, now + PAUSE
                if isinstance(error, TokenRefused):
                    self._refusal = (error, now + REMEMBERED)
            # The frames of this thread hold requests; the waiters need only the sentence.
            flight.set_exception(error.with_traceback(None) if isinstance(error, IonApiError) else error)
        else:
            with self._mutex:
                self._current, self._flight, self._refusal = token, None, None
            flight.set_result(token)

    def _fetched(self) -> Token:
        kept = self._kept()
        if kept is not None and self._serves(kept):
            return kept
        with self._lock():
            # Whoever held the lock before may have brought one.
            kept = self._kept()
            if kept is not None and self._serves(kept):
                return kept
            token = asyncio.run(self._requested(kept or self._current))
            self._keep(token)
            return token

    def _serves(self, token: Token) -> bool:
        clock = self.network.clock
        return token.access != self._rejected and token.serves(clock.now(), clock.monotonic())

    async def _requested(self, last: Token | None) -> Token:
        async with open_session(self.network) as session:
            if last is None or last.refresh is None:
                return await self._requested_anew(session, basic=last is not None and last.basic)
            try:
                return (await grants.by_refresh_token(session, self.credentials, last)).token
            except RefreshRefused as refused:
                _log.info("the refresh token was refused, the service account requests a token: %s", refused)
            try:
                return await self._requested_anew(session, basic=last.basic)
            except IonApiError:
                # Whoever asks next must not try the dead refresh token again.
                self._forget_refresh(last)
                raise

    async def _requested_anew(self, session: Session, *, basic: bool) -> Token:
        granted = await grants.by_password(session, self.credentials, basic=basic, retry_seconds=self._retry_seconds)
        return granted.token

    def _forget_refresh(self, last: Token) -> None:
        without = dataclasses.replace(last, refresh=None)
        with self._mutex:
            if self._current is not None and self._current.access == last.access:
                self._current = without
        self._keep(without)

    async def _revoke(self, token: Token) -> bool:
        async with open_session(self.network) as session:
            return await grants.revoke(session, self.credentials, token)

    def _kept(self) -> Token | None:
        text = self._cache.load() if self._cache is not None else None
        return None if text is None else Token.from_cache(text)

    def _keep(self, token: Token) -> None:
        if self._cache is None:
            return
        try:
            self._cache.save(token.to_cache())
        except StoreError as error:
            # The token is good all the same; only other processes have to get their own.
            _log.warning("the token could not be shared with other processes: %s", error)

    @property
    def _longest_wait(self) -> float:
        # The parts of a renewal end by themselves; this is for a store or a lock that does not.
        return self._retry_seconds + 8 * self.network.total

    def _too_late(self) -> NotReached:
        return NotReached(transport_errors.timed_out(self.credentials.token_endpoint, "pu", self._longest_wait))

    def _after_fork(self) -> None:
        # A renewal that was under way has no thread in a forked child, and its mutex may be held for ever.
        if self._process != os.getpid():
            self._process, self._mutex, self._flight = os.getpid(), Lock(), None
