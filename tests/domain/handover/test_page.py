"""The page is the guide's own Markdown with names in it; what somebody typed is never markup in either form."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import Kind, load
from ionapi_tui.domain.handover.page import Customer, html, markdown, pictures_of, source

GUIDE = load(assets(), "en")

NAMES = [
    "Acme GmbH",
    "*Acme* _GmbH_",
    "<b>Acme</b>",
    "&lt;Acme&gt;",
    "[Acme](https://acme.example)",
    "![Acme](../../secret.png)",
    "`Acme`",
    "# Acme",
    "Acme\\",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_as_it_was_typed_in_both_forms(name: str) -> None:
    customer = Customer(name, tenant=name, service_user=name)
    title = f"Create an ION API file for {name}"
    page = html(GUIDE, customer)
    assert unescape(re.findall(r"<h1>(.*?)</h1>", page)[0]) == title
    read = MarkdownIt("commonmark").parse(markdown(GUIDE, customer, "pictures"))
    assert "".join(child.content for child in read[1].children or ()) == title
    assert [unescape(fact) for fact in re.findall(r"<li>[^<]*<strong>(.*?)</strong></li>", page)] == [name] * 3


def test_tags_in_the_guide_or_in_a_name_do_not_pass() -> None:
    page = html(GUIDE, Customer("<img src=x onerror=y>", tenant="<script>", app_name="<style>"))
    tags = set(re.findall(r"<(\w+)", page.partition("<main>")[2]))
    assert tags <= {
        *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "aside", "input", "img", "span")
    }
    assert len(re.findall("<img ", page)) == len(pictures_of(GUIDE))


def test_notes_are_containers_in_the_source_and_quotations_in_markdown() -> None:
    text, written = source(GUIDE, Customer("Acme")), markdown(GUIDE, Customer("Acme"), "pictures")
    assert ":::" not in written
    assert "{#" not in text
    for kind in Kind:
        assert written.count(f"> **{kind.heading}**") == text.count(f"::: {kind}\n") > 0
        assert html(GUIDE, Customer("Acme")).count(f'<aside class="{kind}"><h4>') == text.count(f"::: {kind}\n")


def test_the_suggested_name_gives_way_only_where_it_is_code() -> None:
    text = source(GUIDE, Customer("Doc2Export", app_name="DocBits_TST"))
    assert "`DocBits_TST.ionapi`" in text
    assert re.findall("Doc2Export", text) == ["Doc2Export"] * 2, "the customer's own name stays, in title and facts"


def test_a_letter_is_verbatim() -> None:
    text = markdown(GUIDE, Customer("Acme", tenant="![x](a/b.png)", service_user="*u*"), "pictures")
    assert "    - Tenant: ![x](a/b.png)\n" in text
    assert "    - Service user: *u*\n" in text


def test_the_letter_about_roles_names_the_tenant_and_the_service_user_of_the_page() -> None:
    text = markdown(GUIDE, Customer("Acme", "ACME_TST", "doc.service"), "pictures")
    letter = text.partition("You can send this text as it is:")[2].partition("If the service account")[0]
    assert "This is about the tenant ACME_TST." in letter
    assert "The service user for DocBits is doc.service." in letter
