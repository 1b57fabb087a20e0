"""The practice portal in a real browser that saves into the watched folder by itself, as a person's browser does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from ionapi_tui.practice.server import PracticeTenant


@contextmanager
def portal_page(browser: Browser, tenant: PracticeTenant, downloads: Path) -> Iterator[Page]:
    """Give a page of the portal, before logging in, in a window of its own."""
    downloads.mkdir(mode=0o700, exist_ok=True)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        context.set_default_timeout(10_000)
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
