"""The page for somebody else, as files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ionapi_tui.base import language
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import Guide, load
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.usecases.handing_over import PageFormat, hand_over_to

ACME = Customer("Acme GmbH", "ACME_TST", "docbits.service", "DocBits_TST")


@pytest.fixture
def guide() -> Guide:
    """The guide in English."""
    return load(assets(), "en")


def plain(html: str) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)).split())


@pytest.mark.parametrize("kind", PageFormat)
def test_the_names_of_the_customer_are_filled_in(kind: PageFormat, guide: Guide, tmp_path: Path) -> None:
    text = plain(hand_over_to(ACME, guide, tmp_path, kind).read_text("utf-8")).replace("\\", "").replace("`", "")
    assert "Create an ION API file for Acme GmbH" in text
    for sentence in ("The tenant for this file is ACME_TST", "The name of the app is DocBits_TST", "docbits.service"):
        assert sentence in text
    assert "DocBits_TST.ionapi" in text
    assert "Doc2Export" not in text


@pytest.mark.parametrize("kind", PageFormat)
def test_all_of_the_guide_and_the_requests_are_on_the_page(kind: PageFormat, guide: Guide, tmp_path: Path) -> None:
    text = plain(hand_over_to(Customer("Acme"), guide, tmp_path, kind).read_text("utf-8"))
    for step in guide.steps:
        assert f"Step {step.id} of 5: {step.title}" in text
    for user in guide.prerequisites.topics:
        for role in user.roles:
            assert role.canonical in text
    assert "To connect DocBits with Infor, I need the security roles below" in text
    assert "Please enable its service account again" in text
    assert "Do not send it by mail or chat" in text


def test_the_html_page_needs_nothing_from_outside(guide: Guide, tmp_path: Path) -> None:
    html = hand_over_to(ACME, guide, tmp_path / "new", PageFormat.HTML).read_text("utf-8")
    assert re.findall(r"(?:href|action|url|@import)\s*[=(]", html) == []
    sources = re.findall(r'src="([^"]*)"', html)
    assert len(sources) == sum(len(step.pictures) for step in guide.steps)
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["ion-api-file-acme-gmbh-acme-tst.html"]


def test_markdown_has_its_pictures_beside_it(guide: Guide, tmp_path: Path) -> None:
    path = hand_over_to(ACME, guide, tmp_path, PageFormat.MARKDOWN)
    linked = re.findall(r"!\[[^]]*\]\(([^)]*)\)", path.read_text("utf-8"))
    assert len(linked) == sum(len(step.pictures) for step in guide.steps)
    assert all((tmp_path / link).is_file() for link in linked)


def test_names_are_text_and_never_markup(guide: Guide, tmp_path: Path) -> None:
    hostile = Customer("<script>alert(1)</script>", 'x" onload="y', "a\x1b]52;c;AAAA\x07", "`[x](javascript:y)`")
    html = hand_over_to(hostile, guide, tmp_path, PageFormat.HTML).read_text("utf-8")
    assert "<script" not in html
    assert "onload=" not in re.sub(r">[^<]*<", "><", html)
    assert "\x1b" not in html
    markdown = hand_over_to(hostile, guide, tmp_path, PageFormat.MARKDOWN).read_text("utf-8")
    assert "<script" not in markdown.replace("\\<", "")
    assert "`'[x]" in markdown


@pytest.mark.parametrize("kind", PageFormat)
def test_nothing_that_exists_is_overwritten(kind: PageFormat, guide: Guide, tmp_path: Path) -> None:
    first = hand_over_to(ACME, guide, tmp_path, kind)
    first.write_text("mine")
    second = hand_over_to(ACME, guide, tmp_path, kind)
    assert first.read_text() == "mine"
    assert second.name == f"ion-api-file-acme-gmbh-acme-tst-2.{kind}"


def test_a_name_without_letters_makes_a_file_all_the_same(guide: Guide, tmp_path: Path) -> None:
    assert hand_over_to(Customer("株式会社"), guide, tmp_path, PageFormat.HTML).name == "ion-api-file-guide.html"


def test_a_folder_that_cannot_be_written_is_said(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IonApiError, match="The page cannot be written to"):
        hand_over_to(ACME, guide, tmp_path / "file", PageFormat.HTML)


def test_the_page_is_in_the_language_of_the_guide(tmp_path: Path) -> None:
    language.load("de", language.folder())
    try:
        html = hand_over_to(ACME, load(assets(), "de"), tmp_path, PageFormat.HTML).read_text("utf-8")
    finally:
        language.use("en", None)
    assert '<html lang="de">' in html
    words = plain(html)
    assert "ION-API-Datei erstellen für Acme GmbH" in words
    assert "Bitte aktivieren Sie das Dienstkonto wieder" in words
    assert "DOWNLOAD" in words
    assert not re.search(r"\b(the|Please|You should)\b", words)
