"""The board's orders put first what asks for something to be done."""

from __future__ import annotations

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui.widgets.profile_line import Order, Standing, heading, in_order, line


def profile(name: str, tenant: str, app: str = "App", checked: Checked | None = None, gateway: str = "") -> Profile:
    created = f"2020-01-0{5 - 'bcdea'.index(name)}T00:00:00Z"
    return Profile(name, name, "s", created, {"ti": tenant, "cn": app, "iu": gateway}, checked)


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
        Order.AGE: "aedcb",
        Order.CHECKED: "baced",
    }


def test_the_orders_follow_each_other_in_a_circle() -> None:
    order, seen = Order.NAME, []
    for _one in Order:
        seen.append(order)
        order = order.next
    assert seen == list(Order)
    assert order is Order.NAME


def shown(width: int, order: Order) -> tuple[str, str]:
    """Return the heading, and the line of a profile, as they are drawn."""
    cells = heading(width, order), line(BOARD[0], width, Standing(), None, order)
    return " ".join("".join(cell.plain for cell in cells[0]).split()), "".join(cell.plain for cell in cells[1])


def test_a_wide_line_has_the_age_and_a_narrow_one_while_it_is_sorted_by_it() -> None:
    assert shown(100, Order.NAME)[0] == "NAME ▾ TENANT ENV APP AGE CHECKED"
    assert shown(80, Order.NAME)[0] == "NAME ▾ TENANT ENV APP CHECKED"
    assert shown(80, Order.AGE)[0] == "NAME TENANT ENV AGE ▾ CHECKED"
    beside = "".join(cell.plain for cell in heading(80, Order.NAME, has_facts_beside=True))
    assert beside.split() == ["NAME", "▾", "TENANT", "ENV", "AGE", "CHECKED"]
    assert "APP ▾" in "".join(cell.plain for cell in heading(80, Order.APP, has_facts_beside=True))
    assert " y !" in shown(100, Order.NAME)[1]
    assert " y !" in shown(80, Order.AGE)[1]
    assert all(len(shown(width, order)[1]) == width for width in (60, 80, 86, 100, 120) for order in Order)
