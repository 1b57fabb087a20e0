"""Signing in, and what each role sees."""

from __future__ import annotations

import pytest

from ionapi_tui.practice.server import PracticeTenant
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


def test_pages_allow_no_script_and_are_not_kept(administrator: Visitor) -> None:
    headers = administrator.open("/menu").headers
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
