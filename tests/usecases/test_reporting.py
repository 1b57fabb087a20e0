"""Reports to file: what is in them and what is not, hostile names, one printed page, and no file overwritten."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.base import language
from ionapi_tui.base.errors import StoreFailed, StoreLocked
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.usecases import reporting
from ionapi_tui.usecases.report import Report, ReportFormat, Verdict
from ionapi_tui.usecases.reporting import text_of
from tests.fixtures.chromium import chromium
from tests.samples import MARKER
from tests.ui.machine import Machine

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)>|`[a](https://evil.example)\x1b[2J\u202e&amp;\"'"


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own."""
    return Machine(own_home)


def profile(checked: Checked | None = None, **public: object) -> Profile:
    """Return a profile with those public values."""
    own: dict[str, Any] = {"ti": "ACME_PRD", "ci": "ACME_PRD~1", "cn": "DocBits_PRD"}
    return Profile("1", "acme-prd", "keyring:Test", "2026-01-02T03:04:05Z", own | public, checked)


def live(machine: Machine, tenant: PracticeTenant, variant: str = "good") -> tuple[Report, dict[str, Any]]:
    """Verify a profile of that variant; return its report and its whole file."""
    document = tenant.ionapi(variant)
    stored = machine.store_document(document, "acme-prd")
    (report,) = asyncio.run(reporting.gather(machine.services().connections, [stored], NOW))
    return report, document


@pytest.mark.parametrize("form", ReportFormat)
def test_a_report_has_the_verdict_the_user_the_roles_and_every_check_and_no_secret(
    tenant: PracticeTenant, machine: Machine, form: ReportFormat
) -> None:
    report, document = live(machine, tenant)
    text = text_of(report, form)
    plain = text.replace("\\", "")
    assert report.verification is not None
    for shown in (
        document["ci"],
        "Practice Service",
        "IDM-AdvancedUser",
        "The credentials work",
        "2026-03-04 05:06 UTC",
    ):
        assert shown in plain
    for check in report.verification.results:
        assert check.title in plain.replace("&#x27;", "'")
    for key in ("cs", "saak", "sask"):
        assert document[key] not in text
    assert MARKER not in text
    assert report.profile.checked is not None
    assert report.verified_at[:10] == report.profile.checked.at[:10], "the time is that of the verification"


def test_what_fails_is_reported_with_its_fix(tenant: PracticeTenant, machine: Machine) -> None:
    report, _document = live(machine, tenant, "missing-role")
    assert report.verdict is Verdict.FAILED
    text = text_of(report, ReportFormat.HTML)
    assert "The credentials do not work." in text
    assert "does not have the security role IDM-AdvancedUser" in text
    assert "No new file is needed." in text


def test_without_a_verification_the_last_outcome_is_reported() -> None:
    failed = Report(profile(Checked("2026-01-05T06:07:08Z", False, "A role is missing.")), NOW)
    assert (failed.verdict, failed.reason, failed.verified_at) == (
        Verdict.FAILED,
        "A role is missing.",
        "2026-01-05 06:07 UTC",
    )
    assert Report(profile(Checked("2026-01-05T06:07:08Z", True)), NOW).verdict is Verdict.WORKS
    never = Report(profile(), NOW)
    assert (never.verdict, never.verified_at) == (Verdict.UNKNOWN, "")


def test_what_kept_it_from_being_verified_is_reported_and_the_outcome_before() -> None:
    before = Checked("2026-01-05T06:07:08Z", True)
    report = Report(profile(before), NOW, error=StoreLocked("The keyring is locked."))
    assert (report.verdict, report.reason, report.verified_at) == (Verdict.FAILED, "The keyring is locked.", "")
    assert report.earlier == (("2026-01-05 06:07 UTC", "works"),)


def test_hostile_text_is_no_tag_no_link_and_no_table_cell() -> None:
    report = Report(profile(Checked("2026-01-05T06:07:08Z", False, HOSTILE), cn=HOSTILE), NOW)
    html, markdown = (text_of(report, form) for form in ReportFormat)
    assert "<img" not in html
    assert "\x1b" not in html + markdown
    (row,) = (line for line in markdown.splitlines() if line.startswith("| Authorized app"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 3
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").render(markdown)
    assert "<img" not in rendered
    assert "<a " not in rendered


def test_a_report_speaks_german() -> None:
    language.load("de", language.folder())
    try:
        html = text_of(Report(profile(), NOW), ReportFormat.HTML)
    finally:
        language.use("en", None)
    assert '<html lang="de">' in html
    assert "Prüfbericht" in html


def test_an_existing_file_is_left_alone_and_the_new_one_gets_a_number(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "reports"
    first = reporting.write(Report(profile(), NOW), folder)
    first.write_text("mine")
    second = reporting.write(Report(profile(), NOW), folder)
    assert (first.name, second.name) == (
        "ion-api-report-acme-prd-2026-03-04.html",
        "ion-api-report-acme-prd-2026-03-04-2.html",
    )
    assert first.read_text() == "mine"
    assert second.read_text("utf-8").endswith("</html>\n")
    assert sorted(path.name for path in folder.iterdir()) == sorted((first.name, second.name)), "nothing else is left"


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed, match="The report cannot be written to"):
        reporting.write(Report(profile(), NOW), tmp_path / "file" / "reports")


@pytest.mark.browser
@pytest.mark.parametrize("code", ["en", "de"])
def test_it_prints_on_one_page_loads_nothing_and_reads_well_on_a_phone(
    tenant: PracticeTenant, machine: Machine, code: str
) -> None:
    language.load(code, language.folder())
    try:
        report, _document = live(machine, tenant, "missing-role")
        path = reporting.write(report, machine.home / "reports")
    finally:
        language.use("en", None)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 380, "height": 700})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 380
        headings = page.locator("h1, h2").all_inner_texts()
        pdf = page.pdf(prefer_css_page_size=True)
        page.emulate_media(color_scheme="dark")
        colour = page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
    assert len(headings) >= 4
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert requests == [path.as_uri()]
    assert colour == "rgb(23, 29, 36)"
