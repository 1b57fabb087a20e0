"""The portal in a real browser: as a person uses it, with a keyboard, without JavaScript, on a small window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures.chromium import chromium
from tests.practice.caller import ENTITIES, Caller

pytestmark = pytest.mark.browser

PAGES = (
    *("/portal/menu", "/portal/ion-api", "/portal/ion-api/apps", "/portal/ion-api/apps/new", "/portal/practice"),
    *("/portal/security/users", "/portal/security/users/new", "/portal/security/service-accounts"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, tenant: PracticeTenant) -> Iterator[Page]:
    """The portal before logging in, in a browser that runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(tenant.url)
    yield page
    context.close()


def log_in(page: Page, name: str = "Practice Administrator") -> None:
    """Log in as the user with that full name."""
    page.get_by_role("radio", name=name).check()
    page.get_by_role("button", name="Log in").click()


def test_a_person_who_follows_the_guide_gets_a_file_that_works(page: Page, tmp_path: Path) -> None:
    log_in(page)
    page.get_by_role("link", name="Infor ION API").click()
    page.get_by_role("link", name="Authorized Apps").click()
    page.get_by_role("link", name="Add New App").click()
    page.get_by_label("Name", exact=True).fill("Doc2Export")
    page.get_by_label("Description").fill("Doc2Export")
    page.get_by_label("Backend Service").check()
    page.get_by_label("Grant Type").select_option("Password Credentials")
    page.get_by_role("switch", name="Issue Refresh Tokens").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("The app is saved")
    expect(page.get_by_label("Client ID")).not_to_have_value("")
    page.get_by_role("button", name="Download Credentials").click()
    dialog = page.get_by_role("dialog", name="Download Credentials")
    dialog.get_by_role("switch", name="Create Service Account").check()
    dialog.get_by_label("User Name").fill("practice.service")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="DOWNLOAD").click()
    assert download.value.suggested_filename == "Doc2Export.ionapi"
    path = tmp_path / "downloads" / "Doc2Export.ionapi"
    download.value.save_as(path)
    with Caller(json.loads(path.read_text())) as caller:
        assert caller.get(ENTITIES, caller.token()).status_code == 200


def test_the_keyboard_alone_saves_an_app(page: Page, tenant: PracticeTenant) -> None:
    def tab_to(name: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            for focused in page.locator(":focus").all():
                named = (focused.get_attribute("aria-label"), focused.get_attribute("name"), focused.text_content())
                if name in [(text or "").strip() for text in named]:
                    return
        raise AssertionError(f"Tab never reached {name}")

    def enter() -> None:
        with page.expect_navigation():
            page.keyboard.press("Enter")

    for name in ("Log in", "Infor ION API", "Authorized Apps", "Add New App"):
        tab_to(name)
        enter()
    tab_to("name")
    page.keyboard.type("By keyboard")
    tab_to("type")
    page.keyboard.press("ArrowUp")  # from the first choice round to the last: Backend Service
    tab_to("refresh_tokens")
    page.keyboard.press("Space")
    enter()
    expect(page.get_by_role("status")).to_contain_text("The app is saved")
    app = tenant.state.apps.named(tenant.tenant, "By keyboard")
    assert app
    assert (app.form.type.value, app.form.refresh_tokens) == ("Backend Service", True)


def test_fields_appear_with_what_they_depend_on(page: Page, tenant: PracticeTenant) -> None:
    log_in(page)
    page.goto(f"{tenant.url}/portal/ion-api/apps/new")
    grant_type, redirect_uri = page.get_by_label("Grant Type"), page.get_by_label("Redirect URI")
    expect(grant_type).to_be_hidden()
    expect(redirect_uri).to_be_hidden()
    page.get_by_label("Backend Service").check()
    expect(grant_type).to_be_visible()
    expect(redirect_uri).to_be_hidden()
    page.get_by_label("Web").check()
    expect(grant_type).to_be_hidden()
    expect(redirect_uri).to_be_visible()


def test_the_user_box_appears_with_the_switch(page: Page, tenant: PracticeTenant) -> None:
    tenant.ionapi()
    log_in(page)
    page.goto(f"{tenant.url}/portal/ion-api/apps")
    page.get_by_role("link", name="Doc2Export", exact=True).first.click()
    page.get_by_role("button", name="Download Credentials").click()
    box = page.get_by_label("User Name")
    expect(box).to_be_hidden()
    page.get_by_role("switch", name="Create Service Account").check()
    expect(box).to_be_visible()


def test_roles_are_granted_with_plus_and_add_and_close(page: Page, tenant: PracticeTenant) -> None:
    log_in(page, "Practice Security")
    page.get_by_role("link", name="Security").click()
    page.get_by_role("link", name="practice.clerk").click()
    page.locator("summary", has_text="+").click()
    page.get_by_label("IDM-User").check()
    page.get_by_role("button", name="Add & Close").click()
    expect(page.get_by_role("button", name="Remove IDM-User")).to_be_visible()
    user = tenant.state.people.named("practice.clerk")
    assert user
    assert "IDM-User" in user.roles


@pytest.mark.parametrize("path", PAGES)
def test_every_field_and_button_has_a_name_and_nothing_needs_scrolling_sideways(
    browser: Browser, tenant: PracticeTenant, path: str
) -> None:
    context = browser.new_context(viewport={"width": 480, "height": 800})
    page = context.new_page()
    tenant.ionapi()
    user_name = "Practice Security" if "security" in path else "Practice Administrator"
    page.goto(f"{tenant.url}/portal/login")
    log_in(page, user_name)
    page.goto(tenant.url + path)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("input:not([type=hidden]), select, button, a, summary")]
            .filter(it => !(it.labels && it.labels.length) && !it.ariaLabel && !it.textContent.trim())
            .filter(it => it.offsetParent !== null).map(it => it.outerHTML)"""
    )
    assert nameless == []
    assert (
        page.evaluate("document.title && document.documentElement.lang && document.querySelectorAll('h1').length") == 1
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
