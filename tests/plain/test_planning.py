"""The tenant plan and the portal, line by line."""

from __future__ import annotations

from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.plain.planning import PLAN
from tests.plain.transcript import converse
from tests.samples import as_bytes, sample
from tests.ui.machine import Machine

ADDRESS = "https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST"


def test_tenants_are_added_their_guides_opened_and_removed(machine: Machine) -> None:
    said = converse(machine, "", "Acme,ACME_TST,Ann", ",GLOBEX_PRD", "", "3", "2", "3", "3", "1", "6", "8", page=PLAN)
    assert said.has(
        "No tenant is planned yet.",
        "2 tenants were added.",
        "3. ACME_TST: not started, Acme",
        "4. GLOBEX_PRD: not started",
        "Customer: Acme",
        "2. Open the guide",
        "ACME_TST: Prerequisites",
        "ACME_TST: Step 1 of 5",
    )
    said = converse(machine, "3", "3", "2", "1", "6", page=PLAN)
    assert said.has("3. ACME_TST: waiting for the file, Step 1 of 5, Acme", "ACME_TST is no longer planned.")
    services = machine.services()
    assert [one.tenant for one in services.plan.load()] == ["GLOBEX_PRD"]
    assert "ACME_TST" not in {one.tenant for one in services.progress.all()}


def test_a_list_with_a_wrong_line_adds_nothing(machine: Machine) -> None:
    said = converse(machine, "", "ACME_TST", "hello", "", "2", "6", page=PLAN)
    assert said.has("Line 2: “hello” is neither a tenant")
    assert machine.services().plan.load() == ()


def test_each_tenant_goes_on_where_it_was_left(machine: Machine) -> None:
    converse(machine, "1", "1", "1", "6", "2", "ACME_TST", "1", "6", "8")
    said = converse(machine, "2", "6", "8")
    assert said.has(
        "1. Continue: ACME_TST: Step 1 of 5", "2. Continue the guide without a tenant: Step 2 of 5", "Step 2 of 5: "
    )


def test_the_portal_opens_once_its_address_was_pasted(machine: Machine) -> None:
    said = converse(machine, "5", "ACME_TST", "5", f"{ADDRESS}/start?x=1", "5", "6", "7", page="2")
    assert said.has("the region in it cannot be guessed", f"opening in the browser: {ADDRESS}")
    assert machine.opened == [ADDRESS, ADDRESS]
    services = machine.services()
    assert services.plan.load() == (PlannedTenant("ACME_TST", portal=ADDRESS),)
    assert [one.tenant for one in services.progress.all()] == ["ACME_TST"]


def test_a_request_names_the_tenant_and_is_remembered(machine: Machine) -> None:
    machine.services().plan.add([PlannedTenant("ACME_TST", service_user="doc.service")])
    said = converse(machine, "3", "2", "4", "6", "7", page=PLAN)
    assert said.has("Hello,", "This is about the tenant ACME_TST.", "The service user for DocBits is doc.service.")
    assert converse(machine, "1", "7", page=PLAN).has("ACME_TST: prerequisites requested")


def test_a_page_for_somebody_else_has_what_the_plan_knows(machine: Machine) -> None:
    machine.services().plan.add([PlannedTenant("ACME_TST", "Acme", service_user="doc.service")])
    converse(machine, "3", "2", "5", "Acme", "", "6", "7", page=PLAN)
    page = next(machine.downloads.glob("*.html")).read_text("utf-8")
    assert "doc.service" in page
    assert converse(machine, "1", "7", page=PLAN).has("ACME_TST: waiting for the file")


def test_a_stored_file_belongs_to_the_guide_of_its_tenant(machine: Machine) -> None:
    machine.download(content=as_bytes(sample()))
    converse(machine, "1", "", "2", "1", "1", "1", "7", page=flow.IMPORT)
    guides = {one.tenant: one for one in machine.services().progress.all()}
    assert {flow.IMPORT, flow.NEXT_STEPS} <= guides["ACME_TST"].done


def test_a_practice_run_has_its_own_ticks_and_leaves_those_of_the_guide_alone(machine: Machine) -> None:
    converse(machine, "1", "1", "1", "6", "7")
    before = machine.services().progress.load()
    said = converse(machine, "3", "1", "1", "6", "7")
    assert said.has(
        "Practice run: a simulated Infor portal", "Prerequisites", "6 roles are not ticked yet.", "Step 1 of 5"
    )
    services = machine.services()
    assert services.progress.load(before.tenant) == before
    assert converse(machine, "7").has("1. Continue the guide without a tenant: Step 2 of 5")
    assert converse(machine, "3", "1", "6", "7").has("6 roles are not ticked yet.")
