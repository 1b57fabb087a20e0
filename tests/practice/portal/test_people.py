"""Who may do what, users, roles and service accounts."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import ENTITIES, Caller
from tests.practice.portal.visitor import NEW_APP, Visitor


@pytest.mark.parametrize("path", ["/menu", "/ion-api/apps", "/ion-api/apps/new", "/security/users", "/practice"])
def test_every_page_asks_a_stranger_to_log_in(visitor: Visitor, path: str) -> None:
    assert "Choose whom you want to be" in visitor.open(path).text


def test_logging_in_without_a_choice_is_mended_on_the_same_page(visitor: Visitor) -> None:
    assert "Choose a user first" in visitor.send("/login", user="nobody").text


def test_logging_out_ends_the_visit(administrator: Visitor) -> None:
    administrator.send("/logout")
    assert "Choose whom you want to be" in administrator.open("/menu").text


@pytest.mark.parametrize("path", ["/login", "/menu", "/ion-api/apps", "/ion-api/apps/new", "/practice"])
def test_every_page_says_that_it_is_not_infor(administrator: Visitor, path: str) -> None:
    assert "Practice tenant, not Infor" in administrator.open(path).text


@pytest.mark.parametrize(
    ("user_name", "sees", "misses"),
    [
        ("practice.admin", ["Infor ION API"], [">Security<"]),
        ("practice.viewer", ["Infor ION API"], [">Security<"]),
        ("practice.clerk", ["does not see Infor ION API"], [">Infor ION API<", ">Security<"]),
        ("practice.security", [">Security<"], [">Infor ION API<"]),
    ],
)
def test_the_app_menu_shows_what_the_roles_allow(
    visitor: Visitor, user_name: str, sees: list[str], misses: list[str]
) -> None:
    page = visitor.log_in(user_name).text
    assert all(text in page for text in sees)
    assert not any(text in page for text in misses)


def test_without_the_administrator_role_there_is_no_plus_and_no_disk(visitor: Visitor, tenant: PracticeTenant) -> None:
    tenant.ionapi()
    visitor.log_in("practice.viewer")
    assert "Add New App" not in visitor.open("/ion-api/apps").text
    app = tenant.state.apps.of(tenant.tenant)[0]
    page = visitor.open(f"/ion-api/apps/{app.client_id}").text
    assert 'aria-label="Save"' not in page
    assert "Download Credentials" in page
    refused = visitor.send("/ion-api/apps/new", **NEW_APP)
    assert refused.status_code == 403
    assert "IONAPI-Administrator" in refused.text
    assert visitor.send(f"/ion-api/apps/{app.client_id}/delete").status_code == 403


def test_a_clerk_cannot_reach_the_apps_by_their_address(visitor: Visitor) -> None:
    visitor.log_in("practice.clerk")
    assert visitor.open("/ion-api/apps").status_code == 403


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
        ({"user_name": "practice.admin", "full_name": "x"}, "There is a user of this name already."),
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


def test_faults_and_budgets_are_switched_on_a_page(administrator: Visitor, tenant: PracticeTenant) -> None:
    page = administrator.send(
        "/practice/faults", **{"fault": "rate-limited", "parameters-rate-limited": "retry-after=9"}
    )
    assert "Faults switched on: 1" in page.text
    with Caller(tenant.ionapi()) as caller:
        assert caller.log_in().headers["Retry-After"] == "9"
        administrator.send("/practice/faults")
        assert caller.log_in().status_code == 200


def test_parameters_that_do_not_fit_are_said_on_the_page(administrator: Visitor) -> None:
    page = administrator.send("/practice/faults", **{"fault": "slow", "parameters-slow": "seconds=soon"})
    assert "The fault “slow” cannot be had like this: slow:seconds=soon" in unescape(page.text)


def test_budgets_take_whole_numbers(administrator: Visitor, tenant: PracticeTenant) -> None:
    numbers = {"access_tokens_per_client_and_day": "7", "logins_per_minute": "8", "logins_per_day": "9"}
    before = tenant.state.budgets
    assert "Enter whole numbers" in administrator.send("/practice/budgets", **(numbers | {"logins_per_day": "-1"})).text
    assert tenant.state.budgets == before
    administrator.send("/practice/budgets", **numbers)
    assert tenant.state.budgets.logins_per_minute == 8
    tenant.state.budgets = before


def test_pages_allow_no_script_and_are_not_kept(administrator: Visitor) -> None:
    headers = administrator.open("/menu").headers
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
