"""Every mistake that the guide warns of, made in the browser, is named by the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.findings import Code, Finding, Step
from ionapi_tui.files.reading import inspect_file
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.usecases.connections import Connections
from tests.e2e.portal import PortalUser, portal_page
from tests.fixtures.chromium import chromium
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import Shelf
from tests.fixtures.terminal import CTRL_S, ENTER, NARROW, Terminal
from tests.samples import MARKER

pytestmark = pytest.mark.browser

ALWAYS = {Code.INSECURE_URL, Code.SCOPES_PRESENT}
"""What is said of good files of a practice tenant, too."""


@dataclass(frozen=True)
class Mistake:
    """Something to do at the portal, and what the app says to it."""

    name: str
    step: Step | None
    """Where every finding says to go back to."""
    codes: frozenset[Code]
    app: Mapping[str, Any] = field(default_factory=dict)
    """What is special about the new app."""
    account: Mapping[str, Any] = field(default_factory=dict)
    """What is special about its service account."""
    before: Callable[[PortalUser], None] | None = None
    afterwards: Callable[[PortalUser], None] | None = None
    """What happens when the file is downloaded already."""
    instead: Callable[[PortalUser], Path] | None = None
    """What is downloaded instead of the file."""

    def make(self, user: PortalUser) -> Path:
        """Make it, and return what was downloaded."""
        if self.before is not None:
            self.before(user)
        user.new_app(**self.app)
        file = self.instead(user) if self.instead else user.download(**self.account)
        if self.afterwards is not None:
            self.afterwards(user)
        return file


def lose_idm(user: PortalUser) -> None:
    """Make the tenant one without Infor Document Management, such as a sandbox that was taken for the real one."""
    user.tenant.state.database.run("UPDATE tenants SET idm = 0 WHERE name = ?", user.tenant.tenant)


def said(*codes: Code) -> frozenset[Code]:
    """Return what the app finds."""
    return frozenset(codes)


NO_ACCOUNT = {"user": None}
ROLE = said(Code.ROLE_MISSING, Code.IDM_FORBIDDEN)
ALL, NOT_ALL = {"scopes": ("INFOR-IFS", "Infor-IDM", "Infor-ION")}, {"scopes": ("INFOR-IFS", "Infor-ION")}
MISTAKES = (
    Mistake("none", None, said()),
    Mistake("scopes enforced and granted", None, said(), app=ALL, account=ALL),
    Mistake("type Web", Step.NEW_APP, said(Code.WRONG_APP_TYPE), app={"app_type": "Web"}, account=NO_ACCOUNT),
    Mistake(
        "type Mobile", Step.NEW_APP, said(Code.WRONG_APP_TYPE), app={"app_type": "Mobile - Android"}, account=NO_ACCOUNT
    ),
    Mistake(
        "grant type Client Credentials",
        Step.SERVICE_ACCOUNT,
        said(Code.NO_SERVICE_ACCOUNT),
        app={"grant_type": "Client Credentials"},
        account=NO_ACCOUNT,
    ),
    Mistake("Create Service Account left off", Step.SERVICE_ACCOUNT, said(Code.NO_SERVICE_ACCOUNT), account=NO_ACCOUNT),
    Mistake("user box left blank", Step.SERVICE_ACCOUNT, said(Code.NO_USER), account={"user": ""}),
    Mistake("Issue Refresh Tokens left off", Step.NEW_APP, said(Code.NO_REFRESH_TOKEN), app={"refresh_tokens": False}),
    Mistake("service user without the role", Step.PREREQUISITES, ROLE, account={"user": "practice.service.noidm"}),
    Mistake("role taken away", Step.PREREQUISITES, ROLE, afterwards=lambda user: user.take_role("IDM-AdvancedUser")),
    Mistake(
        "scope not granted to the account", Step.SERVICE_ACCOUNT, said(Code.SCOPE_MISSING), app=ALL, account=NOT_ALL
    ),
    Mistake("scope left out of the app", Step.SERVICE_ACCOUNT, said(Code.SCOPE_MISSING), app=NOT_ALL, account=NOT_ALL),
    Mistake(
        "service account disabled",
        Step.SERVICE_ACCOUNT,
        said(Code.INVALID_GRANT),
        afterwards=PortalUser.disable_service_account,
    ),
    Mistake(
        "service user disabled",
        Step.SERVICE_ACCOUNT,
        said(Code.INVALID_GRANT),
        afterwards=PortalUser.disable_service_user,
    ),
    Mistake("app deleted", Step.DOWNLOAD, said(Code.INVALID_CLIENT), afterwards=PortalUser.delete_app),
    Mistake("tenant without IDM", None, said(Code.IDM_NOT_PROVISIONED), before=lose_idm),
    Mistake(
        ".csv of a service account",
        Step.DOWNLOAD,
        said(Code.SERVICE_ACCOUNT_CSV),
        instead=PortalUser.download_service_account,
    ),
    Mistake(
        "private key for Bridge Authentication",
        Step.DOWNLOAD,
        said(Code.BRIDGE_KEY),
        app={"bridge": True},
        instead=PortalUser.download_key_pair,
    ),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def user(browser: Browser, own_home: Path) -> Iterator[PortalUser]:
    """Somebody at a new practice tenant."""
    downloads = own_home / "downloads"
    with PracticeTenant(secret_marker=MARKER) as tenant, portal_page(browser, tenant, downloads) as page:
        yield PortalUser(page, tenant, downloads)


def findings_of(file: Path, home: Path) -> list[Finding]:
    """Return what the inspection says of ``file``, or else what verifying it says."""
    inspection = inspect_file(file)
    if inspection.credentials is None:
        return list(inspection.findings)
    shelf = Shelf(home / "ionapi-tui", FakeKeyring())
    shelf.store().add(inspection.credentials, "mine")
    connections = Connections(shelf.store(), Paths(shelf.folder))
    # Playwright runs a loop in this thread.
    with ThreadPoolExecutor(1) as pool:
        return list(pool.submit(asyncio.run, connections.verify("mine")).result().findings)


@pytest.mark.parametrize("made", MISTAKES, ids=[made.name for made in MISTAKES])
def test_a_mistake_at_the_portal_is_named_with_the_step_to_go_back_to(
    made: Mistake, user: PortalUser, own_home: Path
) -> None:
    findings = [found for found in findings_of(made.make(user), own_home) if found.code not in ALWAYS]
    assert {found.code for found in findings} == made.codes
    assert {found.step for found in findings} <= {made.step}


@pytest.mark.terminal
@pytest.mark.keyring
def test_on_the_screens_a_file_without_keys_leads_back_and_is_made_again(
    user: PortalUser, in_private_keyring: PrivateKeyring
) -> None:
    user.new_app()
    user.download(None)
    with Terminal(size=NARROW) as app:
        app.sees("Import a file")
        app.press("i")
        app.sees("Choose the file", " Doc2Export.ionapi just now")
        app.press(ENTER)
        app.sees("This file cannot be used: 1 error", "Create Service Account", "step 4")
        app.press("4")
        app.sees("Step 4 of 5", "Create Service Account")
        app.paste(str(user.download()))
        app.sees("can be stored", "Press Enter to store the secrets in")
        app.press(CTRL_S)
        app.sees("Stored as practice-tst", "read back and compared")


@pytest.mark.terminal
@pytest.mark.keyring
def test_on_the_screens_a_blank_user_box_is_found_when_the_profile_is_verified(
    user: PortalUser, in_private_keyring: PrivateKeyring
) -> None:
    user.new_app()
    file = user.download("")
    with Terminal(size=NARROW) as app:
        app.sees("Import a file")
        app.press("i")
        app.sees("Choose the file")
        app.paste(str(file))
        app.sees("Store and verify")
        app.press(ENTER)
        app.sees("These credentials do not work yet", "user box", "step 4")
        app.press("4")
        app.sees("Step 4 of 5", "Do not leave the box blank")
