"""The practice portal in a real browser that saves into the watched folder by itself, as a person's browser does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from ionapi_tui.practice.server import PracticeTenant


@contextmanager
def portal_page(browser: Browser, tenant: PracticeTenant, downloads: Path) -> Iterator[Page]:
    """Give a page of the portal, before logging in, in a window of its own."""
    downloads.mkdir(mode=0o700, exist_ok=True)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        context.set_default_timeout(60_000)
        _save_into(browser, context, downloads)
        page = context.new_page()
        page.goto(tenant.url)
        yield page
    finally:
        context.close()


def _save_into(browser: Browser, context: BrowserContext, folder: Path) -> None:
    """Let the browser itself save; Playwright would collect the downloads under random names elsewhere."""
    session = browser.new_browser_cdp_session()
    known = session.send("Target.getBrowserContexts")["browserContextIds"]
    assert len(known) == len(browser.contexts) == 1, f"one window at a time: {context}"
    choice = {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": True, "browserContextId": known[0]}
    session.send("Browser.setDownloadBehavior", choice)


@dataclass
class PortalUser:
    """People at the portal who do as they please, one after the other in the same window."""

    page: Page
    tenant: PracticeTenant
    downloads: Path

    def log_in(self, full_name: str = "Practice Administrator") -> None:
        """Become somebody else."""
        self.page.goto(f"{self.tenant.url}/portal/login")
        self.page.get_by_role("radio", name=f"{full_name} ").check()
        self._leave("Log in")

    def new_app(
        self,
        *,
        app_type: str = "Backend Service",
        grant_type: str = "Password Credentials",
        refresh_tokens: bool = True,
        bridge: bool = False,
        scopes: Sequence[str] = (),
    ) -> None:
        """Save a new app called Doc2Export; with ``scopes``, they are enforced."""
        self.log_in()
        page = self.page
        page.goto(f"{self.tenant.url}/portal/ion-api/apps/new")
        page.get_by_label("Name", exact=True).fill("Doc2Export")
        page.get_by_label(app_type, exact=True).check()
        if app_type == "Backend Service":
            page.get_by_label("Grant Type").select_option(grant_type)
        else:
            page.get_by_label("Redirect URI").fill("https://practice.invalid/callback")
        page.get_by_role("switch", name="Issue Refresh Tokens").set_checked(refresh_tokens)
        page.get_by_role("switch", name="Use Bridge Authentication").set_checked(bridge)
        page.get_by_role("switch", name="Enforce Scopes").set_checked(bool(scopes))
        if scopes:
            page.locator("summary", has_text="Scopes").click()
        for scope in scopes:
            page.get_by_label(scope, exact=True).check()
        self._leave("Save")

    def download(self, user: str | None = "practice.service", scopes: Sequence[str] = ()) -> Path:
        """Download the credentials of the app that is open.

        Args:
            user: goes into the user box; None leaves the switch for a service account off.
            scopes: what is ticked for the service account.
        """
        self._leave("Download Credentials")
        if user is not None:
            self.page.get_by_role("switch", name="Create Service Account").check()
            self.page.get_by_label("User Name").fill(user)
        for scope in scopes:
            self.page.get_by_label(scope, exact=True).check()
        return self._save("DOWNLOAD")

    def download_service_account(self) -> Path:
        """Download the keys of a service account where they are a file of their own."""
        self.log_in("Practice Security")
        self.page.goto(f"{self.tenant.url}/portal/security/service-accounts")
        self.page.get_by_label("User Name").fill("practice.service")
        return self._save("Create and download")

    def download_key_pair(self) -> Path:
        """Download the private key of the app that is open."""
        return self._save("Generate Key Pair")

    def delete_app(self) -> None:
        """Delete the app."""
        self.page.goto(f"{self.tenant.url}/portal/ion-api/apps")
        self.page.get_by_role("link", name="Doc2Export").click()
        self._leave("Delete the app")

    def disable_service_account(self) -> None:
        """Disable the service account that is first in the list."""
        self.log_in("Practice Security")
        self.page.goto(f"{self.tenant.url}/portal/security/service-accounts")
        self.page.get_by_role("checkbox").first.check()
        self._leave("Disable Selected Item(s)")

    def take_role(self, role: str) -> None:
        """Take a security role from the service user."""
        self.open_service_user()
        self._leave(f"Remove {role}")

    def disable_service_user(self) -> None:
        """Disable the service user, as when somebody leaves."""
        self.open_service_user()
        self._leave("Disable the user")

    def open_service_user(self) -> None:
        """Open the page of the service user, as somebody who may change it."""
        self.log_in("Practice Security")
        self.page.goto(f"{self.tenant.url}/portal/security/users")
        self.page.get_by_role("link", name="practice.service", exact=True).click()

    def _leave(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def _save(self, button: str) -> Path:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=button, exact=True).click()
        # Asking for it waits until the file is whole; its name is taken before that.
        assert download.value.failure() is None
        return self.downloads / download.value.suggested_filename
