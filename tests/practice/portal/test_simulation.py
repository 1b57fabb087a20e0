"""Simulated errors and limits, turned on in a page."""

from __future__ import annotations

from html import unescape

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import Caller
from tests.practice.portal.visitor import Visitor


def test_faults_and_budgets_are_switched_on_a_page(administrator: Visitor, tenant: PracticeTenant) -> None:
    page = administrator.send(
        "/practice/faults", **{"fault": "rate-limited", "parameters-rate-limited": "retry-after=9"}
    )
    assert "Simulated faults: 1" in page.text
    with Caller(tenant.ionapi()) as caller:
        assert caller.log_in().headers["Retry-After"] == "9"
        administrator.send("/practice/faults")
        assert caller.log_in().status_code == 200


def test_parameters_that_do_not_fit_are_said_on_the_page(administrator: Visitor) -> None:
    page = administrator.send("/practice/faults", **{"fault": "slow", "parameters-slow": "seconds=soon"})
    assert "Invalid value for the fault “slow”: slow:seconds=soon" in unescape(page.text)


def test_budgets_take_whole_numbers(administrator: Visitor, tenant: PracticeTenant) -> None:
    numbers = {"access_tokens_per_client_and_day": "7", "logins_per_minute": "8", "logins_per_day": "9"}
    before = tenant.state.budgets
    assert "Enter whole numbers" in administrator.send("/practice/budgets", **(numbers | {"logins_per_day": "-1"})).text
    assert tenant.state.budgets == before
    administrator.send("/practice/budgets", **numbers)
    assert tenant.state.budgets.logins_per_minute == 8
    tenant.state.budgets = before
