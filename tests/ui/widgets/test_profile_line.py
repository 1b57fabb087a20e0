"""The board's orders put first what asks for something to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from textual.content import Content

from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui.widgets.profile_line import (
    Needed,
    Order,
    Standing,
    checked_words,
    columns,
    heading,
    in_order,
    line,
    needed_by,
)


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


def test_what_works_with_warnings_comes_before_what_works_without() -> None:
    warned = replace(BOARD[0], checked=Checked("2026-01-04T00:00:00Z", ok=True, headline="No refresh token"))
    assert [one.name for one in in_order((warned, *BOARD[1:]), Order.CHECKED)] == list("bacde")


def test_the_orders_follow_each_other_in_a_circle() -> None:
    order, seen = Order.NAME, []
    for _one in Order:
        seen.append(order)
        order = order.next
    assert seen == list(Order)
    assert order is Order.NAME


NEEDED = needed_by(BOARD)


def heading_at(width: int, order: Order = Order.NAME, needed: Needed = NEEDED, *, beside: bool = False) -> str:
    return " ".join(text(heading(columns(width, needed, order, has_facts_beside=beside), order)).split())


def text(cells: list[Content]) -> str:
    return "".join(cell.plain for cell in cells)


def row(one: Profile, width: int, order: Order = Order.NAME, needed: Needed | None = None) -> str:
    return text(line(one, columns(width, needed or needed_by([one]), order), Standing(), None))


def test_the_columns_follow_the_room_and_the_sorted_one_is_always_there() -> None:
    assert heading_at(100) == "NAME ▾ TENANT ENV APP AGE CHECKED"
    assert heading_at(66) == "NAME ▾ TENANT ENV CHECKED"
    assert heading_at(62, Order.AGE) == "NAME ENV AGE ▾ CHECKED"
    assert heading_at(62, Order.APP, beside=True) == "NAME ENV APP ▾ CHECKED"
    assert all(len(row(BOARD[0], width, order, NEEDED)) == width for width in (60, 80, 86, 100, 120) for order in Order)


def test_the_tenant_is_left_out_of_a_narrow_list_whose_names_say_it() -> None:
    said = Profile("1", "acme-tst-exports", "s", "2020-01-01T00:00:00Z", {"ti": "ACME_TST", "cn": "Doc2Export"})
    assert heading_at(80, needed=needed_by([said])) == "NAME ▾ ENV APP AGE CHECKED"
    assert heading_at(62, needed=needed_by([said])) == "NAME ▾ ENV APP CHECKED"
    assert heading_at(62, needed=needed_by([said]), beside=True) == "NAME ▾ ENV AGE CHECKED"
    assert heading_at(80, Order.TENANT, needed_by([said])) == "NAME TENANT ▾ ENV APP AGE CHECKED"
    assert heading_at(120, needed=needed_by([said])) == "NAME ▾ TENANT ENV APP AGE CHECKED"
    other = replace(said, name="warehouse")
    assert "TENANT" in heading_at(80, needed=needed_by([said, other]))


@pytest.mark.parametrize("length", [13, 30, 60])
def test_eighty_columns_show_the_whole_name(length: int) -> None:
    name = "n" * length
    assert f" {name} " in row(Profile("1", name, "s", "2020-01-01T00:00:00Z", {"ti": "ACME_PRD"}), 80)


def test_at_two_hundred_columns_nothing_is_cut() -> None:
    checked = Checked("2026-01-01T00:00:00Z", ok=False, headline="The user has no role for this.", code="role-missing")
    public = {"ti": "A_RATHER_LONG_TENANT_PRD", "cn": "The_authorized_app_of_the_warehouse"}
    drawn = row(Profile("1", "n" * 40, "s", "2020-01-01T00:00:00Z", public, checked), 200)
    assert "…" not in drawn
    assert all(part in drawn for part in ("n" * 40, *public.values(), "The user has no role for this."))


def test_the_cause_becomes_a_short_verdict_where_a_sentence_has_no_room() -> None:
    failed = Checked("2026-01-01T00:00:00Z", ok=False, headline="long words " * 12, code="role-missing")
    warned = replace(failed, ok=True, code="clock-skew")
    one = Profile("1", "acme-tst", "s", "2020-01-01T00:00:00Z", {"ti": "ACME_TST"}, failed)
    assert "✕ role missing " in row(one, 80)
    assert "! clock is wrong " in row(replace(one, checked=warned), 62)
    now = datetime(2026, 1, 1, 0, 5, tzinfo=UTC)
    assert checked_words(warned, now, room=40).plain == "! 5 minutes ago: clock is wrong"
    assert checked_words(failed, now).plain.startswith("✕ long words long words")
    # An earlier version did not remember the code.
    assert "✕ long words" in row(replace(one, checked=replace(failed, code="")), 80)


def test_ages_that_ask_for_something_are_marked() -> None:
    assert " y !" in row(BOARD[0], 100)
    assert " y !" in row(BOARD[0], 62, Order.AGE)
