"""The board's orders put first what asks for something to be done."""

from __future__ import annotations

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui.widgets.profile_line import Order, in_order


def profile(name: str, tenant: str, app: str = "App", checked: Checked | None = None, gateway: str = "") -> Profile:
    return Profile(name, name, "s", "c", {"ti": tenant, "cn": app, "iu": gateway}, checked)


BOARD = (
    profile("d", "ACME_TST", "Zeta", Checked("2026-01-02T00:00:00Z", ok=True)),
    profile("b", "ACME_PRD", "beta", Checked("2026-01-03T00:00:00Z", ok=False)),
    profile("a", "globex_DEV", "Alpha"),
    profile("e", "other", "Alpha", Checked("2026-01-01T00:00:00Z", ok=True)),
    profile("c", "PRACTICE_PRD", "Beta", gateway="http://127.0.0.1:8080"),
)


def names(order: Order) -> str:
    return "".join(one.name for one in in_order(BOARD, order))


def test_each_order_falls_back_on_the_name() -> None:
    assert {order: names(order) for order in Order} == {
        Order.NAME: "abcde",
        Order.TENANT: "bdaec",
        Order.ENVIRONMENT: "bdace",
        Order.APP: "aebcd",
        Order.CHECKED: "baced",
    }


def test_the_orders_follow_each_other_in_a_circle() -> None:
    order, seen = Order.NAME, []
    for _one in Order:
        seen.append(order)
        order = order.next
    assert seen == list(Order)
    assert order is Order.NAME
