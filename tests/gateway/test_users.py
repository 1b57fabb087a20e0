"""Who a token speaks for, and whether the roles will do."""

from __future__ import annotations

from typing import Any

import pytest

from ionapi_tui.domain.findings import Severity
from ionapi_tui.gateway.users import User, may_use_idm, missing_roles, relevant_roles, user_in


def response(**user: Any) -> dict[str, Any]:
    return {"response": {"userlist": [{"id": "a-guid", "userName": "svc", **user}]}}


def roles(*groups: object) -> tuple[str, ...] | None:
    user = user_in(response(groups=list(groups)))
    assert user is not None
    return user.roles


def test_a_user_is_known_by_its_display_name() -> None:
    assert user_in(response(displayName="Service User")) == User("a-guid", "Service User", None)
    assert user_in(response()) == User("a-guid", "svc", None)


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


def test_a_distribution_group_is_no_role_even_when_its_name_is_one() -> None:
    distribution = {"display": "IDM-AdvancedUser", "type": "Distribution Group"}
    assert roles({"display": "Infor-SuiteUser", "type": "Security Role"}, distribution) == ("Infor-SuiteUser",)
    assert roles(distribution) == ()
    assert roles(distribution, {"display": "IDM-User"}) == ("IDM-User",)


def test_a_service_user_and_an_inactive_user_are_told_apart_from_others() -> None:
    user = user_in(response(isServiceUser=True, active=False))
    assert user is not None
    assert (user.is_service_user, user.is_active) == (True, False)
    user = user_in(response(isServiceUser="yes", active=None))
    assert user is not None
    assert (user.is_service_user, user.is_active) == (None, True)


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        (["IDM-AdvancedUser", "PORTAL-User", "MingleEnterprise"], []),
        (["IDM-AdvancedUser", "PORTAL-User"], ["MingleEnterprise"]),
        (["IDM-AdvancedUser"], ["Infor-SuiteUser", "MingleEnterprise"]),
    ],
)
def test_the_roles_of_the_portal_are_only_warned_of(present: list[str], missing: list[str]) -> None:
    assert missing_roles(present) == tuple((role, Severity.WARNING) for role in missing)


def test_every_group_counts_where_none_says_what_it_is() -> None:
    assert roles({"display": "IDM-User"}, {"display": "Everyone", "type": None}) == ("IDM-User", "Everyone")


def test_odd_groups_are_left_out() -> None:
    assert roles({"display": 7}, "IDM-User", None, {"display": " "}, {"value": "x"}) == ()


def test_a_name_that_would_act_on_the_terminal_is_made_safe() -> None:
    user = user_in(response(displayName="\x1b[2Jsvc\u202e", groups=[{"display": "\x07IDM"}]))
    assert user == User("a-guid", "␛[2Jsvc‹202E›", ("␇IDM",))


ALL = ("IDM-AdvancedUser", "Infor-SuiteUser", "MingleEnterprise")


def names(*roles: str) -> list[str]:
    return [role for role, _severity in missing_roles(roles)]


def test_the_roles_of_the_prerequisites_are_enough() -> None:
    assert missing_roles(ALL) == ()


@pytest.mark.parametrize("role", ALL)
def test_each_of_them_is_missed(role: str) -> None:
    assert names(*(one for one in ALL if one != role)) == [role]


def test_mingle_enterprise_is_only_warned_of() -> None:
    assert missing_roles(ALL[:2]) == (("MingleEnterprise", Severity.WARNING),)


@pytest.mark.parametrize(
    "spelling",
    [
        "idm-advanceduser",
        "IDM - AdvancedUser",
        "IDM–AdvancedUser",
        "IDM_AdvancedUser",
        "IDM\u2011Advanced User",
        "ＩＤＭ-AdvancedUser",
    ],
)
def test_names_are_compared_without_regard_to_case_spaces_and_kind_of_dash(spelling: str) -> None:
    assert names(spelling, *ALL[1:]) == []


@pytest.mark.parametrize("role", ["IDM-User", "IDM-AdvancedUserX", "XIDM-AdvancedUser", "AdvancedUser", "IDM", ""])
def test_names_are_compared_whole(role: str) -> None:
    assert names(role, *ALL[1:]) == ["IDM-AdvancedUser"]


@pytest.mark.parametrize("role", ["IDM-Administrator", "IDM Admin", "IDMAdministrator"])
def test_an_administrator_of_idm_is_an_advanced_user_too(role: str) -> None:
    assert names(role, *ALL[1:]) == []


def test_a_super_user_of_idm_is_warned_of_what_is_missing() -> None:
    assert missing_roles(("IDM-SuperUser", *ALL[1:])) == (("IDM-AdvancedUser", Severity.WARNING),)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("IDM-User", True),
        ("IDM-SuperUser", True),
        ("IDM-AdvancedUser", True),
        ("IDM-Administrator", True),
        ("Infor-SuiteUser", False),
        ("IDM-SignatureUser", False),
    ],
)
def test_every_role_above_the_least_one_opens_idm(role: str, may: bool) -> None:
    assert may_use_idm([role]) is may


def test_only_roles_that_count_are_shown() -> None:
    assert relevant_roles(("Everyone", "IDM-SuperUser", "Infor-SuiteUser", "HR-Clerk")) == (
        "IDM-SuperUser",
        "Infor-SuiteUser",
    )
