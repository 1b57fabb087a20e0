"""The page as people see it: in a browser, on a small window, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import load
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.usecases.handing_over import PageFormat, hand_over_to
from tests.fixtures.chromium import chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as browser:
        yield browser


@pytest.fixture(params=["en", "de"])
def page_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A page, in each language."""
    customer = Customer("Acme GmbH", "ACME_TST", "docbits.service", "DocBits_TST")
    return hand_over_to(customer, load(assets(), request.param), tmp_path, PageFormat.HTML)


def test_it_asks_for_nothing_but_itself_and_shows_every_picture(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    assert page.locator("h2").count() >= 8
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(width: int, browser: Browser, page_file: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_prints_on_few_pages_with_each_step_on_one_of_its_own(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 8 <= pages <= 12
    page.close()
