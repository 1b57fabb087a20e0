from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
import ssl
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from werkzeug.wrappers import Response

from ionapi_tui.base.errors import StoreFailed, StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.failures import NotReached, TokenRefused
from ionapi_tui.gateway.network import Clock, Network
from ionapi_tui.gateway.tokens import TokenSource, _let_renewals_end
from ionapi_tui.practice.faults.catalogue import FAULTS
from ionapi_tui.practice.faults.fault import Call, Surface
from ionapi_tui.practice.listener import TlsVariant
from ionapi_tui.practice.server import PracticeTenant
from tests.gateway.clocks import HandClock
from tests.gateway.servers import OddServer, read_request, response
from tests.samples import MARKER, random_secret, sample


class Shelf:
    """A cache in memory that several sources may share."""

    def __init__(self) -> None:
        self.kept: Secret | None = None
        self.saved = 0

    def load(self) -> Secret | None:
        return self.kept

    def save(self, text: Secret) -> None:
        self.kept, self.saved = text, self.saved + 1

    def drop(self) -> None:
        self.kept = None


def source(credentials: Credentials, time: HandClock | None = None, **options: Any) -> TokenSource:
    return TokenSource(credentials, Network(total=30, clock=time.clock if time else Clock()), **options)


def until(holds: Callable[[], object]) -> None:
    """Wait until ``holds()``, a minute at most."""
    deadline = threading.Event()
    for _attempt in range(6000):
        if holds():
            return
        deadline.wait(0.01)
    raise AssertionError("it did not come true in a minute")


def held_back(tenant: PracticeTenant) -> threading.Event:
    """Let the tenant answer no request before the event that is returned is set."""
    answer = threading.Event()

    def wait(call: Call) -> Response:
        answer.wait(60)
        return call.proceed()

    tenant.faults.on(dataclasses.replace(FAULTS["latency"], effect=wait))
    return answer


def expired(tenant: PracticeTenant, credentials: Credentials) -> TokenSource:
    """Return a source whose token has just expired, and forget how it came by it."""
    time = HandClock()
    shared = source(credentials, time)
    shared.token()
    time.pass_by(8000)
    tenant.requests.clear()
    return shared


def test_two_hundred_threads_cause_one_request(tenant: PracticeTenant, good: Credentials) -> None:
    shared = expired(tenant, good)
    tenant.faults.on("latency", seconds=0.3)
    together = threading.Barrier(200)

    def ask(_number: int) -> Token:
        together.wait()
        return shared.token()

    with ThreadPoolExecutor(200) as pool:
        tokens = {token.access for token in pool.map(ask, range(200))}
    assert len(tokens) == 1
    assert len(tenant.requests.token_requests) == 1


async def test_two_hundred_tasks_cause_one_request(tenant: PracticeTenant, good: Credentials) -> None:
    shared = expired(tenant, good)
    tenant.faults.on("latency", seconds=0.3)
    tokens = await asyncio.gather(*(shared.token_async() for _number in range(200)))
    assert len({token.access for token in tokens}) == 1
    assert len(tenant.requests.token_requests) == 1


async def test_threads_and_tasks_share_the_same_request(tenant: PracticeTenant, good: Credentials) -> None:
    shared = source(good)
    tenant.faults.on("latency", seconds=0.3)
    threads = [asyncio.to_thread(shared.token) for _number in range(5)]
    tokens = await asyncio.gather(*threads, *(shared.token_async() for _number in range(5)))
    assert len({token.access for token in tokens}) == 1
    assert len(tenant.requests.token_requests) == 1


async def test_a_caller_who_gives_up_disturbs_nobody(tenant: PracticeTenant, good: Credentials) -> None:
    shared = source(good)
    tenant.faults.on("latency", seconds=0.5)
    impatient = asyncio.create_task(shared.token_async())
    patient = asyncio.create_task(shared.token_async())
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert (await patient).access
    assert len(tenant.requests.token_requests) == 1


def test_a_token_that_serves_is_given_out_again(tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    shared = source(good, time)
    first = shared.token()
    time.pass_by(7000)
    assert shared.token().access == first.access
    assert len(tenant.requests.token_requests) == 1


def test_an_expired_token_is_renewed_with_the_refresh_token(tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    shared = source(good, time)
    first = shared.token()
    time.pass_by(7300)
    assert shared.token().access != first.access
    assert len(tenant.requests.token_requests) == 2


def test_the_old_token_serves_while_one_caller_renews_it(tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    shared = source(good, time)
    first = shared.token()
    time.pass_by(7200 - 30)
    answer = held_back(tenant)
    assert [shared.token().access == first.access for _number in range(10)] == [True] * 10
    # One that keeps a program from ending would hold it up as long as Infor likes.
    assert [thread.daemon for thread in threading.enumerate() if thread.name == "ionapi-token"] == [True]
    answer.set()
    until(lambda: shared.token().access != first.access)
    assert len(tenant.requests.token_requests) == 2


def test_an_early_renewal_that_fails_does_no_harm_and_is_not_repeated_at_once(
    tenant: PracticeTenant, good: Credentials
) -> None:
    time = HandClock()
    shared = source(good, time)
    first = shared.token()
    time.pass_by(7200 - 50)
    tenant.faults.on("server-error")
    assert shared.token().access == first.access
    until(lambda: len(tenant.requests.token_requests) == 2 and shared._flight is None)
    for _number in range(20):
        assert shared.token().access == first.access
    until(lambda: shared._flight is None)
    assert len(tenant.requests.token_requests) == 2
    time.pass_by(30)
    assert shared.token().access == first.access
    until(lambda: len(tenant.requests.token_requests) == 3)


def test_a_refresh_token_that_is_over_is_followed_by_a_new_log_in(tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    shared = source(good, time)
    shared.token()
    time.pass_by(8000)
    tenant.faults.on("invalid-grant", times=1)
    assert shared.token().access
    assert [record.status for record in tenant.requests.token_requests] == [200, 400, 200]


def test_a_broken_secret_does_not_hammer_the_server(tenant: PracticeTenant) -> None:
    time = HandClock()
    shared = source(Credentials.from_document(tenant.ionapi("disabled-account")), time)
    for _number in range(20):
        with pytest.raises(TokenRefused) as caught:
            shared.token()
        assert caught.value.finding.code is Code.INVALID_GRANT
    assert len(tenant.requests.token_requests) == 1
    time.pass_by(60)
    with pytest.raises(TokenRefused):
        shared.token()
    assert len(tenant.requests.token_requests) == 2


def test_a_token_is_renewed_from_the_last_minute_on_and_serves_up_to_its_end(
    tenant: PracticeTenant, good: Credentials
) -> None:
    time = HandClock()
    shared = source(good, time)
    first = shared.token()
    time.pass_by(7200 - 60)
    tenant.faults.on("server-error", times=1)
    assert shared.token().access == first.access
    until(lambda: shared._flight is None)
    assert len(tenant.requests.token_requests) == 2
    time.pass_by(59.5)
    assert shared.token().access == first.access
    until(lambda: shared._flight is None)
    renewed = shared.token()
    assert renewed.access != first.access
    time.pass_by(7200)
    assert shared.token().access != renewed.access


def test_a_failure_carries_no_frames_that_hold_requests_and_a_mistake_of_ours_does(
    tenant: PracticeTenant, good: Credentials
) -> None:
    def names(error: BaseException) -> str:
        return " ".join(frame.name for frame in traceback.extract_tb(error.__traceback__))

    tenant.faults.on("server-error")
    with pytest.raises(NotReached) as failed:
        source(good).token()
    assert "_requested" not in names(failed.value)

    class Mistaken(Shelf):
        def load(self) -> Secret | None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as mistaken:
        source(good, cache=Mistaken()).token()
    assert "load" in names(mistaken.value)


@pytest.mark.parametrize("refreshes", [False, True])
def test_a_server_that_wants_http_basic_is_not_asked_in_the_other_way_again(refreshes: bool) -> None:
    seen: list[str] = []

    def picky(connection: Any) -> None:
        request = read_request(connection).decode()
        grant = request.partition("grant_type=")[2].partition("&")[0]
        is_basic = "authorization: basic" in request.lower()
        seen.append(f"{grant} {is_basic}")
        answer = {"access_token": random_secret(), "expires_in": 7200}
        if refreshes:
            answer["refresh_token"] = random_secret()
        if grant == "refresh_token":
            connection.sendall(response(b'{"error": "invalid_grant"}', "400 Bad Request"))
        elif is_basic:
            connection.sendall(response(json.dumps(answer).encode()))
        else:
            connection.sendall(response(b'{"error": "invalid_client"}', "401 Unauthorized"))

    with OddServer(picky) as server:
        time = HandClock()
        document = sample(iu=server.url, pu=f"{server.url}/ACME_TST/as/")
        shared = source(Credentials.from_document(document), time)
        shared.token()
        time.pass_by(8000)
        shared.token()
    renewal = ["refresh_token True"] if refreshes else []
    assert seen == ["password False", "password True", *renewal, "password True"]


def test_a_caller_without_time_is_not_made_to_wait_for_a_busy_server(tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    tenant.faults.on("rate-limited", retry_after="5", times=1)
    with pytest.raises(NotReached):
        source(good, time, retry_seconds=0).token()
    assert time.slept == []


def test_a_server_that_cannot_be_reached_is_asked_again_by_the_next_caller(
    tenant: PracticeTenant, good: Credentials
) -> None:
    shared = source(good)
    tenant.faults.on("server-error", times=1)
    with pytest.raises(NotReached):
        shared.token()
    assert shared.token().access


def test_a_rejected_token_is_replaced_and_a_newer_one_stays(tenant: PracticeTenant, good: Credentials) -> None:
    shared = source(good)
    first = shared.token()
    shared.reject(first)
    second = shared.token()
    shared.reject(first)
    assert shared.token().access == second.access
    assert len(tenant.requests.token_requests) == 2


def test_a_gateway_that_rejects_everything_costs_one_token_in_half_a_minute(
    tenant: PracticeTenant, good: Credentials
) -> None:
    time = HandClock()
    shared = source(good, time)
    for _number in range(50):
        shared.reject(shared.token())
    assert len(tenant.requests.token_requests) == 2
    time.pass_by(30)
    shared.reject(shared.token())
    shared.token()
    assert len(tenant.requests.token_requests) == 3


@pytest.mark.parametrize("value", ["missing", "abc", "0", "-7", "1000000000000", '"7200"', "5", "null", "[]"])
def test_no_lifetime_causes_a_storm_of_renewals(value: str, tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    shared = source(good, time)
    tenant.faults.on(f"expires-in={value}")
    for _second in range(60):
        shared.token()
        time.pass_by(1)
    until(lambda: shared._flight is None)
    assert 1 <= len(tenant.requests.token_requests) <= 21


def test_a_second_source_takes_the_token_from_the_cache(tenant: PracticeTenant, good: Credentials) -> None:
    shelf = Shelf()
    first = source(good, cache=shelf).token()
    assert source(good, cache=shelf).token().access == first.access
    assert len(tenant.requests.token_requests) == 1


def test_sources_that_share_a_cache_and_a_lock_cause_one_request(tenant: PracticeTenant, good: Credentials) -> None:
    shelf, lock = Shelf(), threading.Lock()
    tenant.faults.on("latency", seconds=0.2)
    together = threading.Barrier(20)

    def ask(_number: int) -> Secret:
        own = source(good, cache=shelf, lock=lambda: lock)
        together.wait()
        return own.token().access

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(ask, range(20)))) == 1
    assert len(tenant.requests.token_requests) == 1


def test_a_rejected_token_is_not_taken_from_the_cache_again(tenant: PracticeTenant, good: Credentials) -> None:
    shelf = Shelf()
    one, other = source(good, cache=shelf), source(good, cache=shelf)
    stale = one.token()
    assert other.token().access == stale.access
    one.reject(stale)
    renewed = one.token()
    assert renewed.access != stale.access
    other.reject(stale)
    assert other.token().access == renewed.access
    assert len(tenant.requests.token_requests) == 2


class Broken(Shelf):
    """A cache that cannot be written to."""

    def save(self, text: Secret) -> None:
        raise StoreFailed("the disk is full")


def test_a_cache_that_cannot_be_written_does_not_cost_the_token(
    tenant: PracticeTenant, good: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    assert source(good, cache=Broken()).token().access
    assert caplog.messages == ["the token could not be shared with other processes: the disk is full"]


def test_a_lock_that_cannot_be_had_is_told_to_the_caller_and_no_request_is_made(
    tenant: PracticeTenant, good: Credentials
) -> None:
    @contextmanager
    def never() -> Any:
        raise StoreLocked("another one is at work")
        yield

    with pytest.raises(StoreLocked, match="another one"):
        source(good, cache=Shelf(), lock=never).token()
    assert not len(tenant.requests)


def test_a_token_in_the_cache_is_taken_without_the_lock(tenant: PracticeTenant, good: Credentials) -> None:
    @contextmanager
    def never() -> Any:
        raise StoreLocked("another one is at work")
        yield

    shelf = Shelf()
    token = source(good, cache=shelf).token()
    assert source(good, cache=shelf, lock=never).token().access == token.access


def test_a_token_somebody_else_got_is_used_and_shared(tenant: PracticeTenant, good: Credentials) -> None:
    shelf = Shelf()
    token = source(good).token()
    own = source(good, cache=shelf)
    own.adopt(token)
    assert own.token().access == token.access
    assert shelf.saved == 1
    assert len(tenant.requests.token_requests) == 1


async def test_a_token_somebody_else_got_is_used_without_blocking_anybody(
    tenant: PracticeTenant, good: Credentials
) -> None:
    token = await source(good).token_async()
    own = source(good, cache=Shelf())
    await own.adopt_async(token)
    assert (await own.token_async()).access == token.access
    assert len(tenant.requests.token_requests) == 1


def test_logging_out_revokes_and_forgets(tenant: PracticeTenant, good: Credentials) -> None:
    shelf = Shelf()
    first = source(good, cache=shelf).token()
    own = source(good, cache=shelf)
    assert own.logout()
    assert shelf.kept is None
    assert len(tenant.requests.of(Surface.REVOKE)) == 2
    assert own.token().access != first.access
    assert not source(good, cache=Shelf()).logout()


@pytest.mark.posix("Wine compares no addresses with certificates")
def test_logging_out_trusts_whom_logging_in_trusts() -> None:
    with PracticeTenant(tls=TlsVariant.GOOD, secret_marker=MARKER) as tenant:
        network = Network(total=30, trust=lambda: ssl.create_default_context(cafile=str(tenant.ca_pem)))
        own = TokenSource(Credentials.from_document(tenant.ionapi()), network, cache=Shelf())
        own.token()
        assert own.logout()
        assert len(tenant.requests.of(Surface.REVOKE)) == 2


def test_a_token_is_forgotten_even_if_the_server_cannot_be_told(tenant: PracticeTenant, good: Credentials) -> None:
    shelf = Shelf()
    own = source(good, cache=shelf)
    own.token()
    tenant.faults.on("redirected", strikes="revoke")
    own.logout()
    assert shelf.kept is None


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.posix("fork")
def test_a_forked_child_does_not_wait_for_a_renewal_that_only_its_parent_has(
    tenant: PracticeTenant, good: Credentials
) -> None:
    shared = source(good)
    answer = held_back(tenant)
    asking = threading.Thread(target=shared.token)
    asking.start()
    until(lambda: len(tenant.requests.token_requests) == 1)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if shared.token().access else 1
        finally:
            os._exit(status)
    try:
        # The child has asked for itself, while its parent still waits.
        until(lambda: len(tenant.requests.token_requests) == 2)
    except AssertionError:
        os.kill(child, signal.SIGKILL)
    answer.set()
    asking.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(tenant.requests.token_requests) == 2


def test_a_program_that_ends_keeps_the_token_it_has_just_asked_for(tenant: PracticeTenant, good: Credentials) -> None:
    time, shelf = HandClock(), Shelf()
    shared = source(good, time, cache=shelf)
    shared.token()
    time.pass_by(7200 - 30)
    tenant.faults.on("latency", seconds=0.3)
    shared.token()
    _let_renewals_end(60)
    assert (shelf.saved, len(tenant.requests.token_requests)) == (2, 2)


def test_nothing_about_a_source_shows_a_secret(tenant: PracticeTenant, good: Credentials) -> None:
    shared = source(good, lock=nullcontext)
    shared.token()
    assert "CANARY" not in repr(vars(shared))


async def test_a_lock_that_never_comes_free_does_not_hold_anybody_for_ever(good: Credentials) -> None:
    busy = threading.Lock()
    busy.acquire()
    shared = TokenSource(good, Network(total=0.02), cache=Shelf(), lock=lambda: busy, retry_seconds=0.1)
    with pytest.raises(NotReached) as caught:
        await shared.token_async()
    finding = caught.value.finding
    assert (finding.code, finding.field, finding.values["host"]) == (Code.TIMEOUT, "pu", "127.0.0.1")
    with pytest.raises(NotReached):
        shared.token()
    busy.release()
    until(lambda: shared._flight is None)
