"""What is noted in the tenant plan."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.usecases.planning import note_hand_over
from tests.ui.machine import Machine


def test_a_page_for_a_tenant_plans_it_and_what_is_known_stays(own_home: Path) -> None:
    services = Machine(own_home).services()
    services.plan.add([PlannedTenant("ACME_TST", contact="Ann", service_user="doc.service")])
    note_hand_over(services, Customer("Acme", "acme_tst", "other.service"))
    note_hand_over(services, Customer("Globex", "GLOBEX_PRD", "globex.service"))
    note_hand_over(services, Customer("Nobody"))
    acme, globex = services.plan.load()
    assert (acme.customer, acme.contact, acme.service_user) == ("Acme", "Ann", "doc.service")
    assert (globex.tenant, globex.customer, globex.service_user) == ("GLOBEX_PRD", "Globex", "globex.service")
    assert acme.awaited
    assert globex.awaited
