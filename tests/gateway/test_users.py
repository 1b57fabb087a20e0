from __future__ import annotations

from typing import Any

import pytest

from ionapi_tui.gateway.users import User, user_in


def answer(**user: Any) -> dict[str, Any]:
    return {"response": {"userlist": [{"id": "a-guid", "userName": "svc", **user}]}}


def roles(*groups: object) -> tuple[str, ...] | None:
    user = user_in(answer(groups=list(groups)))
    assert user is not None
    return user.roles


def test_a_user_is_known_by_its_display_name() -> None:
    assert user_in(answer(displayName="Service User")) == User("a-guid", "Service User", None)
    assert user_in(answer()) == User("a-guid", "svc", None)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"response": None},
        {"response": {}},
        {"response": {"userlist": []}},
        {"response": {"userlist": None}},
        {"response": {"userlist": ["svc"]}},
        {"response": {"userlist": [{}]}},
        {"ErrorList": [{"Message": "No user"}]},
        {"response": [1]},
    ],
)
def test_an_answer_without_a_user_names_none(document: dict[str, Any]) -> None:
    assert user_in(document) is None


def test_roles_are_taken_from_the_groups_that_say_they_are_some() -> None:
    role, group = {"display": "IDM-User", "type": "Security Role"}, {"display": "Everyone", "type": "Group"}
    assert roles(role, group) == ("IDM-User",)


def test_every_group_counts_where_none_says_what_it_is() -> None:
    assert roles({"display": "IDM-User"}, {"display": "Everyone", "type": None}) == ("IDM-User", "Everyone")


def test_odd_groups_are_left_out() -> None:
    assert roles({"display": 7}, "IDM-User", None, {"display": " "}, {"value": "x"}) == ()


def test_a_name_that_would_act_on_the_terminal_is_made_safe() -> None:
    user = user_in(answer(displayName="\x1b[2Jsvc\u202e", groups=[{"display": "\x07IDM"}]))
    assert user == User("a-guid", "␛[2Jsvc‹202E›", ("␇IDM",))
