from __future__ import annotations

import pytest

from ionapi_tui.domain.findings import Severity
from ionapi_tui.gateway.roles import may_use_idm, missing, that_count

ALL = ("IDM-AdvancedUser", "Infor-SuiteUser", "MingleEnterprise")


def names(*roles: str) -> list[str]:
    return [role for role, _severity in missing(roles)]


def test_the_roles_of_the_prerequisites_are_enough() -> None:
    assert missing(ALL) == ()


@pytest.mark.parametrize("role", ALL)
def test_each_of_them_is_missed(role: str) -> None:
    assert names(*(one for one in ALL if one != role)) == [role]


def test_mingle_enterprise_is_only_warned_of() -> None:
    assert missing(ALL[:2]) == (("MingleEnterprise", Severity.WARNING),)


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
    assert missing(("IDM-SuperUser", *ALL[1:])) == (("IDM-AdvancedUser", Severity.WARNING),)


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
    assert that_count(("Everyone", "IDM-SuperUser", "Infor-SuiteUser", "HR-Clerk")) == (
        "IDM-SuperUser",
        "Infor-SuiteUser",
    )
