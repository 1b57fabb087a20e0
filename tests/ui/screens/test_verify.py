from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ionapi_tui.domain.findings import Code, Severity, Step
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import Status
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.confirm import ConfirmHosts
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.widgets.check_list import CheckLine
from ionapi_tui.ui.widgets.profile_line import checked_words
from ionapi_tui.ui.widgets.text import FindingBlock
from tests.gateway.live_cases import CASES, LiveCase
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review


@asynccontextmanager
async def verifying(
    machine: Machine, profile: Profile, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Person, VerifyPage]]:
    """Open the app in a window of ``size`` on ``profile`` and begin to verify it."""
    async with running(machine.app(), size) as person:
        person.app.post_message(messages.Verify(profile))
        yield person, await person.is_on(VerifyPage)


async def finished(person: Person, page: VerifyPage) -> None:
    """Wait for the end of the checks."""
    await person.until(lambda: page.verification is not None)
    await person.until(lambda: all(line.result.status.is_final for line in page.query(CheckLine)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
async def test_every_live_code_is_shown_with_its_cause_its_fix_and_its_step(
    case: LiveCase, tenant: PracticeTenant, machine: Machine
) -> None:
    total = 2 if case.code is Code.TIMEOUT else 30
    machine.network = Network(total=total, trusted_hosts=frozenset(case.trusted_hosts))
    with case.arranged(tenant) as document:
        profile = machine.store_document(document, "practice")
        machine.profiles.trust("practice", case.trusted_hosts)
        profile = machine.profiles.profile("practice")
        async with verifying(machine, profile) as (person, page):
            await finished(person, page)
            assert page.verification is not None
            finding = next(found for found in page.verification.findings if found.code is case.code)
            line = next(line for line in page.query(CheckLine) if line.result.id == case.check)
            assert line.result.status is (Status.FAILED if case.severity is Severity.ERROR else Status.WARNED)
            page.query_one("#body").scroll_to_widget(line, animate=False, top=True)
            await person.sees(" ".join(finding.message.split()), " ".join(finding.fix.split()))
            if case.step is not None:
                key = "0" if case.step is Step.PREREQUISITES else str(case.step)
                assert any(active.binding.key == key and active.enabled for active in page.active_bindings.values())
    checked = machine.profiles.profile("practice").checked
    assert checked is not None
    assert checked.ok is (case.severity is not Severity.ERROR)


async def test_good_credentials_end_green_with_what_the_token_says_and_what_it_does_not_prove(
    tenant: PracticeTenant, machine: Machine
) -> None:
    profile = machine.store_document(tenant.ionapi(), "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        await person.sees("These credentials work", "Acting user", "IDM-AdvancedUser", "Not checked: ")
        assert not page.check_action("request", ()), "there is nothing to ask an administrator for"
    assert len(tenant.requests.token_requests) == 1


async def test_a_practice_run_without_mistakes_ends_green_and_its_notes_open_with_space(
    tenant: PracticeTenant, machine: Machine
) -> None:
    path = machine.download(content=json.dumps(tenant.ionapi()).encode())
    async with running(machine.app()) as person:
        await review(person, path)
        await person.sees("This file is complete and can be stored")
        await person.press("enter")
        page = await person.is_on(VerifyPage)
        await finished(person, page)
        await person.sees("✓ These credentials work", "1 note: press Space")
        assert not any(line.is_open for line in page.query(CheckLine) if line.result.findings)
        await person.press("space")
        await person.sees("Note", "as it does for a practice tenant")
        await person.press("escape")
    checked = machine.profiles.profiles()[0].checked
    assert checked is not None
    assert checked_words(checked).plain.startswith("●")


async def test_what_is_less_bad_is_folded_below_what_failed(tenant: PracticeTenant, machine: Machine) -> None:
    document = tenant.ionapi("deleted-app")
    profile = machine.store_document(document | {"ci": f"OTHER~{document['ci'].partition('~')[2]}"}, "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        await person.sees("do not work yet", "✕ Access token", "! File and addresses")
        lines = {line.result.id: line for line in page.query(CheckLine)}
        assert (lines["file"].is_open, lines["token"].is_open) == (False, True)
        await person.until(lambda: "should begin with the tenant" not in person.text())


async def test_the_list_knows_the_verdict_also_for_those_who_leave_by_a_key_of_the_app(
    tenant: PracticeTenant, machine: Machine
) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with verifying(machine, profile, NARROW) as (person, page):
        await finished(person, page)
        await person.opens("ctrl+o", HomePage)
        await person.sees("✕ role missing")
        assert "not checked" not in person.text()


async def test_the_verdict_stays_in_view_above_what_failed(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with verifying(machine, profile, NARROW) as (person, page):
        await finished(person, page)
        await person.sees("These credentials do not work yet", "✕ Security roles", "IDM-AdvancedUser")
        await person.until(lambda: page.query_one("#body").scroll_y == 0)


async def test_a_number_leads_back_to_the_step(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("no-user"), "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        step = await person.opens("4", StepPage)
        assert step.step.id == "4"


async def test_a_request_names_the_app_and_what_is_missing(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        await person.opens("r", Reading)
        await person.sees("PRACTICE_TST", "IDM-AdvancedUser", "Thank you")


async def test_no_request_is_offered_for_what_an_administrator_of_the_tenant_cannot_correct(
    tenant: PracticeTenant, machine: Machine
) -> None:
    profile = machine.store_document(tenant.ionapi() | {"iu": "http://127.0.0.1:1"}, "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        await person.sees("do not work yet")
        assert not page.check_action("request", ())


async def test_a_check_that_hangs_leaves_the_app_alive_and_can_be_left(
    tenant: PracticeTenant, machine: Machine
) -> None:
    machine.network = Network(total=60.0)
    profile = machine.store_document(tenant.ionapi(), "practice")
    tenant.faults.on("timeout")
    async with verifying(machine, profile) as (person, page):
        await person.until(lambda: any(line.elapsed > 0.2 for line in page.query(CheckLine)))
        await person.opens("escape", HomePage)
        await person.until(lambda: not any(worker.node is page for worker in person.app.workers))
    assert machine.profiles.profile("practice").checked is None


async def test_verifying_again_makes_the_checks_again(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi(), "practice")
    tenant.faults.on("idm-not-provisioned")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        await person.sees("do not work yet")
        tenant.faults.clear()
        await person.press("v")
        await person.sees("These credentials work")


async def test_nothing_is_sent_to_a_foreign_host_before_yes(tenant: PracticeTenant, machine: Machine) -> None:
    document = tenant.ionapi() | {"iu": "https://gateway.example", "pu": "https://gateway.example/PRACTICE_TST/as/"}
    profile = machine.store_document(document, "foreign")
    async with running(machine.app()) as person:
        person.app.post_message(messages.Verify(profile))
        await person.is_on(ConfirmHosts)
        await person.sees("gateway.example")
        await person.opens("escape", HomePage)
        assert machine.profiles.profile("foreign").trusted_hosts == ()
        person.app.post_message(messages.Verify(profile))
        await person.is_on(ConfirmHosts)
        page = await person.opens("y", VerifyPage)
        await finished(person, page)
    assert machine.profiles.profile("foreign").trusted_hosts == ("gateway.example",)


async def test_enter_continues_when_all_is_well_and_only_then(tenant: PracticeTenant, machine: Machine) -> None:
    good = machine.store_document(tenant.ionapi(), "practice")
    async with verifying(machine, good) as (person, page):
        await finished(person, page)
        await person.sees("Enter Continue")
        await person.opens("enter", HomePage)
    bad = machine.store_document(tenant.ionapi("missing-role"), "no-role")
    async with verifying(machine, bad) as (person, page):
        await finished(person, page)
        assert "Continue" not in person.text()
        await person.press("enter")
        await person.is_on(VerifyPage)


async def test_space_folds_what_a_check_found(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        failed = next(line for line in page.query(CheckLine) if line.result.status is Status.FAILED)
        await person.until(lambda: page.focused is failed)
        line = failed
        await person.press("space")
        await person.until(lambda: not line.query(FindingBlock).first().display)
        await person.press("space")
        await person.until(lambda: line.query(FindingBlock).first().display)


async def test_a_page_that_is_taken_apart_draws_no_more_results(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi(), "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        line, verification = page.query(CheckLine).first(), page.verification
        await line.query(".line").remove()
        line.show(line.result)
        await page.query(CheckLine).remove()
        page.verification = None
        page.verification = verification
        await person.opens("escape", HomePage)


async def test_space_folds_and_unfolds_and_the_footer_says_which(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with verifying(machine, profile) as (person, page):
        await finished(person, page)
        await person.sees("Space Fold")
        await person.press("space")
        await person.sees("Space Unfold", "press Space")
        await person.press("space")
        await person.sees("Space Fold")
