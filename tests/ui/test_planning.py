"""The tenant plan on the board, a guide for each tenant, and the portal one key away."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from textual.widgets import Input, TextArea

from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED, Progress
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.hand_over import HandedOverDialog, HandOverDialog
from ionapi_tui.ui.dialogs.practice import EndDialog, PracticeDialog
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.dialogs.tenant import ConfirmStartOver, ConfirmUnplan, PlanDialog, PortalDialog, TenantDialog
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.controls import Drawn, DrawnClientId
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from tests.samples import as_bytes, sample
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.looking import faults
from tests.ui.machine import Machine

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
ADDRESS = "https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST"
ACME = PlannedTenant("ACME_TST", "Acme", "ann@acme.example", "doc.service")
GLOBEX = PlannedTenant("GLOBEX_PRD", "Globex")


@SIZES
async def test_a_pasted_list_becomes_lines_of_the_board_below_the_profiles(
    machine: Machine, size: tuple[int, int]
) -> None:
    machine.store_document(sample(tenant="OTHER_TST"), "other-tst")
    async with running(machine.app(), size) as person:
        await person.is_on(HomePage)
        dialog = await person.opens("t", PlanDialog)
        dialog.query_one(TextArea).text = "Acme,ACME_TST,ann@acme.example\nhello\n"
        await person.sees("Line 2: “hello” is neither a tenant")
        await person.press("ctrl+s")
        await person.is_on(PlanDialog)
        dialog.query_one(TextArea).text = "Acme,ACME_TST,ann@acme.example\nGlobex,GLOBEX_PRD\n"
        await person.sees("2 tenants")
        await person.until(lambda: not faults(person.app.screen))
        await person.opens("ctrl+s", HomePage)
        await person.sees("other-tst", "ACME_TST", "GLOBEX_PRD", "· not started", "1 of 1, 2 planned")
        await person.press("down")
        await person.sees("ann@acme.example", "No file yet.")
        await person.until(lambda: not faults(person.app.screen))


@SIZES
async def test_enter_opens_the_guide_of_a_tenant_where_it_was_left(machine: Machine, size: tuple[int, int]) -> None:
    machine.services().plan.add([ACME, GLOBEX])
    async with running(machine.app(), size) as person:
        await person.is_on(HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.sees("ACME_TST: ")
        await person.opens("enter", StepPage)
        await person.press("enter")
        await person.sees("Step 2 of 5")
        await person.opens("ctrl+o", HomePage)
        await person.sees("waiting for the file")
        await person.press("down")
        await person.opens("enter", PrerequisitesPage)
        await person.sees("GLOBEX_PRD: ")
        await person.opens("ctrl+o", HomePage)
        await person.press("up")
        await person.opens("enter", StepPage)
        await person.sees("ACME_TST: ", "Step 2 of 5")
    async with running(machine.app(), size) as person:
        await person.opens("n", WelcomePage)
        await person.sees("Continue: ACME_TST Step 2 of 5", "Continue: GLOBEX_PRD Prerequisites")


async def test_a_request_and_a_page_are_filled_in_and_move_the_tenant_on(machine: Machine) -> None:
    machine.services().plan.add([ACME, GLOBEX])
    async with running(machine.app(), WIDE) as person:
        await person.is_on(HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.opens("r", Reading)
        await person.sees("This is about the tenant ACME_TST.", "The service user for DocBits is doc.service.")
        await person.opens("escape", PrerequisitesPage)
        await person.opens("ctrl+o", HomePage)
        await person.sees("not started")
        assert "requested" not in person.text(), "nobody was asked by a look at the text"
        await person.opens("enter", PrerequisitesPage)
        await person.opens("r", Reading)
        await person.press("c")
        await person.sees("Copied ")
        await person.opens("escape", PrerequisitesPage)
        await person.opens("ctrl+o", HomePage)
        await person.sees("prerequisites requested")
        await person.press("down")
        dialog = await person.opens("h", HandOverDialog)
        assert [line.value for line in dialog.query(Input)] == ["Globex", "GLOBEX_PRD", "", ""]
        await person.opens("enter", HandedOverDialog)
        await person.opens("enter", HomePage)
        await person.sees("waiting for the file")


async def test_the_step_names_the_user_of_the_plan_also_while_a_practice_tenant_runs(machine: Machine) -> None:
    machine.services().plan.add([ACME])
    async with running(machine.app(), WIDE) as person:
        await person.is_on(HomePage)
        await person.opens("ctrl+r", PracticeDialog)
        await person.opens("escape", HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.goes_to("4", StepPage)
        await person.sees("The service user is doc.service.")
        assert "practice.service" not in person.text()
        assert "PRACTICE" not in person.text()


async def test_a_file_takes_its_line_on_with_what_was_noted(machine: Machine) -> None:
    machine.services().plan.add([ACME, GLOBEX])
    async with running(machine.app(), WIDE) as person:
        await person.is_on(HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.goes_to(flow.IMPORT, ImportPage)
        machine.download(content=as_bytes(sample()))
        await person.sees("Doc2Export.ionapi just now")
        await person.opens("enter", ReviewPage)
        await person.sees("Press Enter to store the secrets in")
        await person.press("ctrl+s")
        await person.sees("read back and compared")
        await person.opens("enter", NextStepsPage)
        await person.sees("Stored: acme-tst")
        await person.opens("enter", HomePage)
        await person.sees("acme-tst", "1 planned", "ann@acme.example")
        state = person.app.state
        assert [row.planned for row in state.plan] == [GLOBEX]
        assert state.under_way == ()
    assert machine.profiles.profile("acme-tst").notes.contact == "ann@acme.example"


async def test_a_planned_tenant_is_found_by_what_is_known_of_it_and_removed_after_a_question(machine: Machine) -> None:
    machine.services().plan.add([ACME, GLOBEX])
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("slash", *"ann@")
        await person.sees("1 of 2 found")
        await person.press("enter")
        await person.opens("x", ConfirmUnplan)
        await person.sees("Remove ACME_TST from the plan?")
        await person.opens("escape", HomePage)
        await person.opens("x", ConfirmUnplan)
        await person.opens("enter", HomePage)
        await person.press("escape")
        await person.sees("1 planned", "GLOBEX_PRD")
    assert machine.services().plan.load() == (GLOBEX,)


async def test_keys_for_profiles_do_nothing_to_a_planned_tenant(machine: Machine) -> None:
    machine.services().plan.add([ACME])
    async with running(machine.app(), NARROW) as person:
        page = await person.is_on(HomePage)
        for key in ("v", "V", "r", "o", "p", "e", "c", "m", "space", "a"):
            await person.press(key)
        assert person.app.screen is page
        assert not page.query_one(ProfileTable).marked


@SIZES
async def test_the_portal_is_asked_for_once_and_opens_with_one_key(machine: Machine, size: tuple[int, int]) -> None:
    async with running(machine.app(), size) as person:
        await person.goes_to("2", StepPage)
        dialog = await person.opens("o", PortalDialog)
        await person.write("ACME_TST")
        await person.press("enter")
        await person.sees("the region in it cannot be guessed")
        await person.until(lambda: not faults(person.app.screen))
        dialog.query_one(Input).value = f"{ADDRESS}/start?code=1"
        await person.opens("enter", StepPage)
        await person.until(lambda: machine.opened == [ADDRESS])
        await person.sees("ACME_TST: ")
        await person.press("o")
        await person.until(lambda: machine.opened == [ADDRESS, ADDRESS])
    assert machine.services().progress.load().tenant == "ACME_TST"


async def test_the_gateway_of_a_stored_profile_says_where_the_portal_is(machine: Machine) -> None:
    machine.store_document(sample(iu="https://mingle-ionapi.eu1.inforcloudsuite.com"), "acme-tst")
    machine.services().progress.save(Progress("export-to-infor", "2", frozenset(), "ACME_TST"))
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("2", StepPage)
        await person.press("o")
        await person.until(lambda: machine.opened == [ADDRESS])


async def test_a_guide_without_a_tenant_asks_for_it_with_t_and_becomes_its_guide(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("2", StepPage)
        await person.press("space")
        await person.opens("t", TenantDialog)
        await person.write("no tenant")
        await person.press("enter")
        await person.sees("neither a tenant, such as ACME_TST")
        await person.write("acme_tst")
        await person.opens("enter", StepPage)
        await person.sees("ACME_TST: ")
    assert machine.services().progress.all() == (Progress("export-to-infor", "2", frozenset({"2"}), "ACME_TST"),)


async def test_a_second_guide_is_started_for_another_tenant_and_the_first_can_be_started_over(machine: Machine) -> None:
    machine.services().progress.save(Progress("export-to-infor", "3", frozenset({"1", "2"})))
    async with running(machine.app(), WIDE) as person:
        await person.is_on(WelcomePage)
        await person.sees("Continue Step 3 of 5", "Start the guide for another tenant", "Start over")
        await person.press("down")
        await person.opens("enter", TenantDialog)
        await person.write("GLOBEX_PRD")
        await person.opens("enter", PrerequisitesPage)
        assert (person.app.state.tenant, person.app.state.done) == ("GLOBEX_PRD", frozenset())
        await person.goes_to(flow.WELCOME, WelcomePage)
        await person.sees("Continue: GLOBEX_PRD Prerequisites", "Continue Step 3 of 5")
        await person.press("down")
        await person.opens("enter", StepPage)
        assert person.app.state.done == {"1", "2"}
        await person.goes_to(flow.WELCOME, WelcomePage)
        await person.press("end")
        await person.opens("enter", ConfirmStartOver)
        await person.opens("escape", WelcomePage)
        assert person.app.state.done == {"1", "2"}
        await person.opens("enter", ConfirmStartOver)
        await person.opens("enter", PrerequisitesPage)
        assert (person.app.state.tenant, person.app.state.done) == (UNNAMED, frozenset())


async def test_a_practice_run_leaves_no_tick_and_no_stored_profile_behind(machine: Machine) -> None:
    services = machine.services()
    services.progress.save(Progress("export-to-infor", "3", frozenset({"1"}), "ACME_TST"))
    async with running(machine.app(), WIDE) as person:
        await person.is_on(WelcomePage)
        await person.opens("ctrl+r", PracticeDialog)
        await person.opens("enter", PrerequisitesPage)
        await person.sees("PRACTICE Create")
        assert person.app.state.done == frozenset()
        await person.opens("enter", StepPage)
        await person.press("o")
        await person.until(lambda: machine.opened)
        assert machine.opened[0].startswith("http://127.0.0.1:")
        await person.opens("ctrl+r", PracticeDialog)
        await person.opens("f", ImportPage)
        await person.sees("Practice.ionapi just now")
        await person.opens("enter", ReviewPage)
        await person.sees("Press Enter to store the secrets in")
        await person.press("ctrl+s")
        await person.sees("read back and compared")
        await person.opens("enter", NextStepsPage)
        await person.sees("Stored: practice-tst")
        await person.opens("ctrl+r", PracticeDialog)
        await person.opens("e", EndDialog)
        await person.press("enter")
        await person.until(lambda: not person.app.state.practice)
        state = person.app.state
        assert (state.tenant, state.done, state.stored) == ("ACME_TST", frozenset({"1"}), None)
        await person.goes_to(flow.NEXT_STEPS, NextStepsPage)
        await person.sees("Nothing has been stored yet")
    assert PRACTICE not in {one.tenant for one in services.progress.all()}


async def test_next_steps_know_the_profile_of_their_tenant_after_a_restart(machine: Machine) -> None:
    machine.store_document(sample(), "acme-tst")
    machine.store_document(sample(tenant="GLOBEX_PRD"), "globex-prd")
    machine.services().progress.save(Progress("export-to-infor", flow.NEXT_STEPS, frozenset(), "ACME_TST"))
    async with running(machine.app(), NARROW) as person:
        await person.opens("n", WelcomePage)
        await person.sees("Continue: ACME_TST Next steps")
        # On the list, n is for a new guide, and Enter must not open another one's.
        await person.press("up")
        await person.opens("enter", NextStepsPage)
        await person.sees("Stored: acme-tst")


async def test_a_damaged_plan_is_said_and_the_app_goes_on(machine: Machine) -> None:
    machine.store_document(sample(), "acme-tst")
    machine.paths.plan.write_text("{")
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.is_notified("The tenant plan was damaged")
        await person.sees("acme-tst")


async def test_five_hundred_planned_tenants_are_listed_and_found(machine: Machine) -> None:
    services = machine.services()
    services.plan.add(PlannedTenant(f"T{number:03}_TST", f"Customer {number}") for number in range(500))
    machine.store_document(sample(tenant="T007_TST"), "t007-tst")
    async with running(machine.app(), NARROW) as person:
        page = await person.is_on(HomePage)
        await person.sees("1 of 1, 499 planned")
        await person.press("end")
        await person.sees("T499_TST")
        await person.press("slash", *"customer 123")
        await person.sees("T123_TST")
        assert len(page.query_one(ProfileTable).planned) == 1
    rows = json.loads(machine.paths.plan.read_bytes())["tenants"]
    assert len(rows) == 500


async def test_esc_leads_from_the_beginning_of_a_planned_tenants_guide_to_the_board(machine: Machine) -> None:
    machine.services().plan.add([ACME])
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.opens("escape", HomePage)
        # Out, not in circles.
        await person.press("escape")
        await person.is_on(HomePage)
        await person.opens("n", WelcomePage)
        await person.opens("escape", HomePage)
        await person.opens("n", WelcomePage)
        await person.opens("enter", TenantDialog)
        await person.opens("escape", WelcomePage)
        await person.press("up")
        await person.opens("enter", PrerequisitesPage)
        await person.opens("escape", WelcomePage)
        await person.opens("escape", HomePage)


async def test_esc_leads_from_the_board_back_to_the_step_it_was_opened_from(machine: Machine) -> None:
    machine.store()
    async with running(machine.app()) as person:
        person.app.show(flow.PREREQUISITES)
        await person.is_on(PrerequisitesPage)
        step = await person.opens("enter", StepPage)
        await person.opens("ctrl+o", HomePage)
        await person.sees("Esc Back")
        # One thing at a time: first what is looked for, then the marks, then the page.
        await person.press("space", "slash", "a", "escape", "escape")
        await person.is_on(HomePage)
        assert await person.opens("escape", StepPage) is step


async def test_another_guide_begins_at_its_top_with_the_tenant_in_the_sketch(machine: Machine) -> None:
    machine.services().plan.add([ACME])
    async with running(machine.app(), NARROW) as person:
        await person.opens("ctrl+r", PracticeDialog)
        await person.opens("enter", PrerequisitesPage)
        step = await person.goes_to("3", StepPage)
        await person.until(lambda: step.query_one(DrawnClientId).query_one(Drawn).content == "PRACTICE_TST~…")
        body = (await person.goes_to("4", StepPage)).query_one("#body")
        await person.press("end")
        await person.until(lambda: body.scroll_offset.y > 0)
        person.app.navigation.begin("ACME_TST")
        await person.goes_to("4", StepPage)
        await person.until(lambda: body.scroll_offset.y == 0)
        await person.goes_to("3", StepPage)
        assert step.query_one(DrawnClientId).query_one(Drawn).content == "ACME_TST~…"


async def test_a_file_for_another_tenant_than_the_guide_is_said_to_be_one(machine: Machine) -> None:
    machine.services().plan.add([ACME, GLOBEX])
    path = machine.download(**sample(tenant="OTHER_TST"))
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.goes_to(flow.IMPORT, ImportPage)
        await person.paste(str(path))
        await person.is_on(ReviewPage)
        await person.sees("This file is for OTHER_TST, but the guide is for ACME_TST.")
        await person.opens("escape", ImportPage)
        # An import that is opened by itself belongs to no guide.
        await person.opens("ctrl+o", HomePage)
        await person.opens("i", ImportPage)
        assert "ACME_TST" not in person.text()
        await person.paste(str(path))
        await person.is_on(ReviewPage)
        await person.sees("Press Enter to store the secrets in")
        assert "but the guide is for" not in person.text()


async def test_a_step_that_a_finding_names_opens_in_the_guide_of_its_own_tenant(machine: Machine) -> None:
    services = machine.services()
    services.plan.add([ACME, GLOBEX])
    services.progress.save(Progress("export-to-infor", flow.PREREQUISITES, frozenset(), "GLOBEX_PRD"))
    profile = machine.store("OTHER_TST")
    path = machine.download(**sample(tenant="THIRD_TST", dt="3"))
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        person.app.post_message(messages.RedoStep("4", profile))
        await person.is_on(StepPage)
        await person.sees("OTHER_TST:", "Step 4 of 5")
        await person.opens("ctrl+o", HomePage)
        await person.paste(str(path))
        await person.is_on(ReviewPage)
        await person.sees("Press Enter to store the secrets in")
        await person.press("tab")
        await person.opens("2", StepPage)
        await person.sees("THIRD_TST:", "Step 2 of 5")
    kept = {one.tenant: one.step for one in machine.services().progress.all()}
    assert kept == {"GLOBEX_PRD": flow.PREREQUISITES, "OTHER_TST": "4", "THIRD_TST": "2"}


async def test_esc_leads_from_an_import_to_where_it_was_opened_and_changes_no_guide(machine: Machine) -> None:
    machine.services().plan.add([ACME])
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.opens("i", ImportPage)
        await person.opens("escape", HomePage)
        await person.sees("not started")
        await person.opens("n", WelcomePage)
        await person.opens("i", ImportPage)
        await person.opens("escape", WelcomePage)
        assert person.app.state.under_way == ()
    assert machine.services().progress.all() == ()


async def test_the_portal_of_a_practice_run_opens_from_a_guide_without_a_tenant(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("1", StepPage)
        await person.opens("ctrl+r", PracticeDialog)
        await person.opens("escape", StepPage)
        await person.press("o")
        await person.until(lambda: machine.opened)
        assert machine.opened[0].startswith("http://127.0.0.1")


async def test_the_guide_of_a_tenant_that_is_not_planned_any_more_is_no_way_back(machine: Machine) -> None:
    machine.services().plan.add([ACME, GLOBEX])
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.opens("enter", PrerequisitesPage)
        await person.opens("ctrl+o", HomePage)
        await person.press("down")
        await person.opens("enter", PrerequisitesPage)
        await person.opens("enter", StepPage)
        await person.opens("ctrl+o", HomePage)
        await person.opens("x", ConfirmUnplan)
        await person.opens("enter", HomePage)
        await person.sees("GLOBEX_PRD is no longer planned.")
        await person.press("escape")
        await person.sees("Press Ctrl+Q to quit.")
        assert person.app.state.way_back == ""
        assert person.app.state.under_way[0].position == "Prerequisites"


async def test_a_tenant_that_was_removed_from_the_plan_comes_back_with_its_progress(machine: Machine) -> None:
    services = machine.services()
    services.plan.add([ACME, replace(GLOBEX, awaited="2026-01-02T03:04:05Z")])
    services.progress.save(Progress("export-to-infor", "3", frozenset({"1", "2"}), "GLOBEX_PRD"))
    services.progress.save(Progress("export-to-infor", "1", tenant="ACME_TST"))
    before = services.plan.load(), services.progress.all()
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.press("down")
        await person.opens("x", ConfirmUnplan)
        await person.sees("A file that comes back from its hand-over page can still be imported.")
        await person.opens("enter", HomePage)
        await person.sees("GLOBEX_PRD is no longer planned. Press u within 60 seconds to undo.", "u Undo")
        assert [one.tenant for one in services.plan.load()] == ["ACME_TST"]
        await person.press("u")
        await person.sees("Restored GLOBEX_PRD", "2 planned", "Step 3 of 5")
        assert (services.plan.load(), services.progress.all()) == before
        await person.until(lambda: "u Undo" not in person.text())
        assert "no longer planned" not in person.text()
        await person.opens("enter", StepPage)
        await person.sees("GLOBEX_PRD: Create an ION API file", "Step 3 of 5")


async def test_the_import_of_a_planned_tenant_says_whose_file_is_awaited(machine: Machine) -> None:
    services = machine.services()
    services.plan.add([ACME])
    services.progress.save(Progress("export-to-infor", flow.IMPORT, frozenset({"5"}), "ACME_TST"))
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.opens("enter", ImportPage)
        await person.sees("ACME_TST: Create an ION API file", "Import the file")
        await person.opens("escape", StepPage)
        await person.sees("ACME_TST: Create an ION API file", "Step 5 of 5")


async def test_a_list_that_was_typed_is_there_again_after_esc(machine: Machine) -> None:
    machine.store()
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        dialog = await person.opens("t", PlanDialog)
        dialog.query_one(TextArea).text = "ACME_TST\nhello"
        await person.sees("Line 2")
        await person.opens("escape", HomePage)
        again = await person.opens("t", PlanDialog)
        assert again.query_one(TextArea).text == "ACME_TST\nhello"
