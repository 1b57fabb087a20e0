"""A practice tenant as a whole: its socket, its journal, its clock, its budgets, its certificates."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest
from werkzeug.wrappers import Response

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import UsageError
from ionapi_tui.practice.faults import Surface
from ionapi_tui.practice.faults.catalogue import FAULTS
from ionapi_tui.practice.faults.fault import Call
from ionapi_tui.practice.listener import TlsVariant
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.fixtures.private_keyring import wait_until
from tests.practice.caller import USERS, Caller
from tests.samples import MARKER


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


@pytest.fixture
def timed(clock: Clock) -> Iterator[PracticeTenant]:
    """A practice tenant with the documented budgets and a clock of the test's own."""
    with PracticeTenant(clock=clock, secret_marker=MARKER) as tenant:
        yield tenant


def test_it_listens_on_the_loopback_address_only(tenant: PracticeTenant) -> None:
    assert tenant.url.startswith("http://127.0.0.1:")
    port = int(tenant.url.rpartition(":")[2])
    other_address = socket.gethostbyname(socket.gethostname())
    if not other_address.startswith("127."):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((other_address, port), timeout=2)


def test_a_port_that_is_taken_is_said_so(tenant: PracticeTenant) -> None:
    with pytest.raises(UsageError, match="is taken"):
        PracticeTenant(port=int(tenant.url.rpartition(":")[2]))


def test_after_the_end_nothing_listens_and_nothing_is_left() -> None:
    with PracticeTenant() as tenant:
        assert tenant.home.is_dir()
    with pytest.raises(httpx.ConnectError):
        httpx.get(tenant.url, trust_env=False)
    assert not tenant.home.exists()


def test_a_given_folder_keeps_apps_and_accounts(tmp_path: Path) -> None:
    home = tmp_path / "practice"
    with PracticeTenant(home=home, secret_marker=MARKER) as tenant:
        document = tenant.ionapi()
        port = int(tenant.url.rpartition(":")[2])
    with PracticeTenant(home=home, port=port), Caller(document) as caller:
        assert caller.log_in().status_code == 200
    assert is_private(home)
    assert is_private(home / "practice.sqlite3")


def test_the_journal_counts_requests_and_names_the_client_but_no_secret(tenant: PracticeTenant, caller: Caller) -> None:
    token = caller.token()
    caller.get(f"{USERS}?x={token}", token)
    caller.log_in("invalid-grant")
    first, second, third = tenant.requests
    assert (first.surface, first.method, first.status) == (Surface.TOKEN, "POST", 200)
    assert first.client_id == second.client_id == caller.document["ci"]
    assert (second.surface, second.status, third.status) == (Surface.USERS, 200, 400)
    assert len(tenant.requests.token_requests) == 2
    assert MARKER not in repr(list(tenant.requests))


def test_a_request_is_in_the_journal_before_it_is_answered(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("timeout")
    caller.http.timeout = httpx.Timeout(0.1)
    with pytest.raises(httpx.ReadTimeout):
        caller.log_in()
    wait_until(lambda: len(tenant.requests))
    assert [record.status for record in tenant.requests] == [None]


def test_requests_are_answered_side_by_side(tenant: PracticeTenant) -> None:
    document = tenant.ionapi()
    statuses: list[int] = []
    # Nobody is answered before all have asked.
    together = threading.Barrier(8, timeout=60)

    def ask() -> None:
        with Caller(document) as caller:
            statuses.append(caller.log_in().status_code)

    def meet(call: Call) -> Response:
        together.wait()
        return call.proceed()

    tenant.faults.on(replace(FAULTS["latency"], effect=meet))
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 8
    assert len(tenant.requests) == 8


def test_the_date_is_the_tenants(timed: PracticeTenant, clock: Clock) -> None:
    (date,) = httpx.get(timed.url, trust_env=False).headers.get_list("Date")
    assert parsedate_to_datetime(date).timestamp() == clock.now


def test_a_token_ends_after_its_lifetime_and_the_refresh_token_does_not(timed: PracticeTenant, clock: Clock) -> None:
    with Caller(timed.ionapi()) as caller:
        token = caller.log_in().json()
        clock.now += 7199
        assert caller.get(USERS, token["access_token"]).status_code == 200
        clock.now += 2
        assert caller.get(USERS, token["access_token"]).status_code == 401
        clock.now += 86_400 * 365
        assert caller.refresh(token["refresh_token"]).status_code == 200


def test_the_twenty_first_login_of_a_minute_has_to_wait_for_the_first_to_be_a_minute_old(
    timed: PracticeTenant, clock: Clock
) -> None:
    with Caller(timed.ionapi()) as caller:
        assert caller.log_in().status_code == 200
        clock.now += 20
        assert {caller.log_in().status_code for _ in range(19)} == {200}
        refused = caller.log_in()
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
        clock.now += 41
        assert caller.log_in().status_code == 200


def test_the_hundred_and_first_access_token_of_a_day_is_refused_even_by_refresh(clock: Clock) -> None:
    budgets = Budgets(logins_per_minute=1000)
    with PracticeTenant(clock=clock, budgets=budgets) as tenant, Caller(tenant.ionapi()) as caller:
        refresh_token = caller.log_in().json()["refresh_token"]
        assert {caller.refresh(refresh_token).status_code for _ in range(99)} == {200}
        assert caller.refresh(refresh_token).status_code == 429
        with Caller(tenant.ionapi("no-refresh-token")) as other:
            assert other.log_in().status_code == 200
        clock.now += 86_401
        assert caller.refresh(refresh_token).status_code == 200


def test_with_tls_a_client_that_trusts_the_authority_is_served() -> None:
    with PracticeTenant(tls=TlsVariant.GOOD) as tenant:
        assert tenant.url.startswith("https://127.0.0.1:")
        assert tenant.ca_pem
        trusting = ssl.create_default_context(cafile=tenant.ca_pem)
        with Caller(tenant.ionapi(), verify=trusting) as caller:
            assert caller.get(USERS, caller.token()).status_code == 200


@pytest.mark.parametrize(
    ("variant", "reason"),
    [
        (TlsVariant.EXPIRED, "certificate has expired"),
        (TlsVariant.WRONG_HOST, "IP address mismatch"),
        (TlsVariant.UNKNOWN_ISSUER, "unable to get local issuer certificate"),
    ],
)
def test_each_bad_certificate_is_refused_for_its_own_reason(variant: TlsVariant, reason: str) -> None:
    with PracticeTenant(tls=variant) as tenant:
        assert tenant.ca_pem
        trusting = ssl.create_default_context(cafile=tenant.ca_pem)
        with Caller(tenant.ionapi(), verify=trusting) as caller, pytest.raises(httpx.ConnectError, match=reason):
            caller.log_in()


def test_a_client_that_never_finishes_its_handshake_keeps_nobody_waiting() -> None:
    with PracticeTenant(tls=TlsVariant.GOOD) as tenant:
        port = int(tenant.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)):
            trusting = ssl.create_default_context(cafile=tenant.ca_pem)
            with Caller(tenant.ionapi(), verify=trusting) as caller:
                assert caller.log_in().status_code == 200
