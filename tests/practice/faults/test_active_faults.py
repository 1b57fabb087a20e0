"""Switching faults on and off."""

from __future__ import annotations

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.practice.faults import ActiveFaults, Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import USERS, Caller


def test_a_fault_strikes_until_it_is_switched_off(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("invalid-grant")
    assert [caller.log_in().status_code for _ in range(2)] == [400, 400]
    tenant.faults.off("invalid-grant")
    assert caller.log_in().status_code == 200


def test_a_fault_with_times_strikes_so_often_and_is_off(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("rate-limited", times=2, retry_after="0")
    assert [caller.log_in().status_code for _ in range(3)] == [429, 429, 200]
    assert tenant.faults.active == ()


def test_faults_strike_together_the_outer_ones_first(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("no-refresh-token")
    tenant.faults.on("expires-in=7")
    tenant.faults.on("clock-skew=100")
    token = caller.log_in().json()
    assert token["expires_in"] == 7
    assert "refresh_token" not in token


def test_a_fault_strikes_only_its_part_of_the_tenant(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("token-rejected", strikes="idm")
    assert caller.get(USERS, caller.token()).status_code == 200


def test_the_portal_is_never_struck(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("not-a-gateway")
    assert "Practice tenant" in caller.http.get(f"{tenant.url}/portal/login").text


def test_a_header_switches_a_fault_on_for_one_request(tenant: PracticeTenant, caller: Caller) -> None:
    assert caller.http.get(f"{tenant.url}/", headers={"X-Practice-Fault": "proxy"}).status_code == 407
    assert caller.http.get(f"{tenant.url}/").status_code == 400


def test_an_unknown_fault_in_a_header_is_said_to_the_test_that_sent_it(tenant: PracticeTenant, caller: Caller) -> None:
    assert "There is no fault “nonsense”" in caller.log_in("nonsense").text


@pytest.mark.parametrize(
    "spec", ["nonsense", "slow:seconds=fast", "slow:speed=1", "slow:strikes=moon", "slow:times=often", "proxy=1"]
)
def test_what_cannot_be_switched_on_is_refused_with_what_can(spec: str) -> None:
    with pytest.raises(UsageError, match=r"Available: |Allowed: "):
        ActiveFaults().on(spec)


def test_what_was_given_is_remembered_as_it_would_be_typed() -> None:
    faults = ActiveFaults()
    faults.on("rate-limited:retry-after=date,times=3,strikes=users")
    (active,) = faults.active
    assert active.given == "retry-after=date,strikes=users,times=3"
    assert active.strikes is Surface.USERS


def test_clearing_switches_everything_off() -> None:
    faults = ActiveFaults()
    faults.on("slow")
    faults.on("opaque")
    faults.clear()
    assert faults.active == ()
