"""Users, roles and service accounts."""

from __future__ import annotations

import csv
import io

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import ENTITIES, Caller
from tests.practice.portal.visitor import Visitor


def test_a_new_service_user_works_once_its_roles_are_granted(user_manager: Visitor, tenant: PracticeTenant) -> None:
    page = user_manager.send("/security/users/new", user_name="docbits", full_name="DocBits Service")
    path = page.url.path.removeprefix("/portal")
    keys = tenant.state.accounts
    user = tenant.state.people.named("docbits")
    assert user
    document = tenant.ionapi()
    account = keys.add(tenant.tenant, "test", user.id)
    with Caller(document | {"saak": account.access_key, "sask": account.secret_key}) as caller:
        token = caller.token()
        assert caller.get(ENTITIES, token).status_code == 403
        granted = user_manager.send(f"{path}/roles", roles=["IDM-AdvancedUser", "Infor-SuiteUser"])
        assert "IDM-AdvancedUser" in granted.text
        assert caller.get(ENTITIES, token).status_code == 200
        user_manager.send(f"{path}/roles/IDM-AdvancedUser")
        assert caller.get(ENTITIES, token).status_code == 403


def test_roles_that_do_not_exist_are_not_granted(user_manager: Visitor, tenant: PracticeTenant) -> None:
    user = tenant.state.people.named("practice.clerk")
    assert user
    assert "Choose a role first" in user_manager.send(f"/security/users/{user.id}/roles", roles=["Emperor"]).text


def test_a_disabled_user_cannot_log_in_and_its_accounts_get_no_tokens(
    user_manager: Visitor, tenant: PracticeTenant
) -> None:
    user = tenant.state.people.named("practice.service")
    assert user
    with Caller(tenant.ionapi()) as caller:
        user_manager.send(f"/security/users/{user.id}/enabled", enabled="no")
        assert caller.log_in().json()["error"] == "invalid_grant"
        assert "practice.service<" not in user_manager.open("/login").text
        user_manager.send(f"/security/users/{user.id}/enabled", enabled="yes")
        assert caller.log_in().status_code == 200


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"user_name": "", "full_name": "x"}, "Enter a user name and a full name."),
        ({"user_name": "practice.admin", "full_name": "x"}, "There is already a user of this name."),
    ],
)
def test_a_user_needs_a_name_of_its_own(user_manager: Visitor, form: dict[str, str], said: str) -> None:
    answer = user_manager.send("/security/users/new", **form)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_disabled_service_account_gets_no_new_tokens_and_keeps_the_old_one(
    user_manager: Visitor, tenant: PracticeTenant
) -> None:
    with Caller(tenant.ionapi()) as caller:
        token = caller.log_in().json()
        account = tenant.state.accounts.of(tenant.tenant)[-1]
        page = user_manager.send("/security/service-accounts/status", account=str(account.id), action="disable")
        assert "Disabled" in page.text
        assert caller.log_in().json()["error"] == "invalid_grant"
        assert caller.refresh(token["refresh_token"]).json()["error"] == "invalid_grant"
        assert caller.get(ENTITIES, token["access_token"]).status_code == 200
        user_manager.send("/security/service-accounts/status", account=str(account.id), action="enable")
        assert caller.log_in().status_code == 200


def test_a_service_account_of_the_security_page_comes_as_csv_and_works(
    user_manager: Visitor, tenant: PracticeTenant
) -> None:
    answer = user_manager.send("/security/service-accounts", name="For ION", user="practice.service")
    assert 'filename="For ION.csv"' in answer.headers["Content-Disposition"]
    titles, (name, access_key, secret_key) = csv.reader(io.StringIO(answer.text))
    assert len(titles) == 3
    assert name == "For ION"
    with Caller(tenant.ionapi() | {"saak": access_key, "sask": secret_key}) as caller:
        assert caller.get(ENTITIES, caller.token()).status_code == 200


def test_a_service_account_for_nobody_known_is_not_made(user_manager: Visitor, tenant: PracticeTenant) -> None:
    before = len(tenant.state.accounts.of(tenant.tenant))
    assert "There is no user" in user_manager.send("/security/service-accounts", user="nobody").text
    assert len(tenant.state.accounts.of(tenant.tenant)) == before


def test_only_enabling_and_disabling_can_be_done_to_accounts(user_manager: Visitor) -> None:
    assert user_manager.send("/security/service-accounts/status", action="explode").status_code == 400
    assert "Select an account first" in user_manager.send("/security/service-accounts/status", action="enable").text
