"""What is stored, as a list, and what can be done with it."""

from __future__ import annotations

from datetime import UTC, datetime

from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import Checked, Notes
from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures import tampering
from tests.plain.transcript import converse
from tests.samples import MARKER, sample
from tests.ui.machine import Machine


def test_profiles_are_listed_by_name_with_their_last_check(machine: Machine) -> None:
    machine.store("GLOBEX_DEV")
    machine.store("ACME_PRD")
    machine.record_check("globex-dev", Checked("2026-01-01T00:00:00Z", ok=False, headline="a role is missing"))
    said = converse(machine, "2", "8", "6", page=flow.HOME)
    assert said.has(
        "2. acme-prd: tenant ACME_PRD, app Doc2Export, never verified",
        "3. globex-dev: tenant GLOBEX_DEV, app Doc2Export, did not work",
        "a role is missing",
        "Environment: PRD",
        "Client ID: ACME_PRD~",
    )


def test_an_empty_list_leads_back_to_the_menu(machine: Machine) -> None:
    assert converse(machine, page=flow.HOME).has("Nothing is stored yet.", "What do you want to do?")


def test_a_profile_is_removed_only_when_its_name_is_typed(machine: Machine) -> None:
    machine.store("ACME_PRD")
    assert converse(machine, "2", "3", "yes", page=flow.HOME).has("Nothing was removed.")
    assert [profile.name for profile in machine.profiles.profiles()] == ["acme-prd"]
    assert converse(machine, "2", "3", "acme-prd", page=flow.HOME).has("acme-prd is removed.")
    assert machine.profiles.profiles() == ()


def test_what_fails_says_why_and_offers_the_step_and_a_request(machine: Machine) -> None:
    with PracticeTenant(secret_marker=MARKER) as tenant:
        document = tenant.ionapi("missing-role")
        machine.store(**{"tenant": document["ti"], "name": "broken", **document})
        said = converse(machine, "2", "2", "4", page=flow.HOME)
        assert said.has(
            "passed",
            "failed",
            "Error: ",
            "In the guide: Prerequisites",
            "broken does not work.",
            "Show a request to send to the administrator",
            "- Tenant: PRACTICE_TST",
        )
        assert converse(machine, "2", "2", "3", page=flow.HOME).has("broken does not work.", "You need two Infor users")


def test_what_was_changed_outside_is_shown_and_restored(tenant: PracticeTenant, machine: Machine) -> None:
    before = machine.store_document(tenant.ionapi(), "practice")
    tampering.lead_elsewhere(machine.paths.registry)
    said = converse(machine, "2", "2", "1", page=flow.HOME)
    assert said.has("changed outside ionapi-tui", "Gateway: stored", tampering.ELSEWHERE, "Restore the stored values?")
    assert machine.profiles.profiles() != (before,)
    assert converse(machine, "2", "2", "2", page=flow.HOME).has("practice is restored.")
    assert machine.profiles.profiles() == (before,)


def test_production_is_restored_only_when_its_name_is_typed(machine: Machine) -> None:
    before = machine.store("ACME_PRD")
    tampering.lead_elsewhere(machine.paths.registry)
    converse(machine, "2", "2", "yes", page=flow.HOME)
    assert machine.profiles.profiles() != (before,)
    assert converse(machine, "2", "2", "acme-prd", page=flow.HOME).has("acme-prd is restored.")
    assert machine.profiles.profiles() == (before,)


def test_nothing_goes_to_a_host_that_nobody_confirmed(machine: Machine) -> None:
    machine.store(iu="https://inforos.acme.example:7443", pu="https://inforos.acme.example/InforIntSTS/")
    said = converse(machine, "2", "2", "1", page=flow.HOME)
    assert said.has("inforos.acme.example is not in one of Infor's cloud domains", "Which profile?")
    assert machine.profiles.profile("acme-tst").trusted_hosts == ()


def test_a_host_that_was_confirmed_is_asked_at_once(machine: Machine) -> None:
    machine.store(iu="https://inforos.invalid:7443", pu="https://inforos.invalid/InforIntSTS/")
    said = converse(machine, "2", "2", "2", "1", page=flow.HOME)
    assert said.has("Send the secrets of acme-tst there?", "inforos.invalid", "acme-tst does not work.")
    assert "not in one of Infor's cloud domains" not in said.text.partition("acme-tst there?")[2]
    checked = machine.profiles.profile("acme-tst").checked
    assert checked is not None
    assert "cannot find the address inforos.invalid" in checked.headline


def test_notes_are_asked_one_by_one_and_a_key_is_refused(machine: Machine) -> None:
    machine.store()
    said = converse(machine, "2", page=flow.HOME)
    number = said.text.partition(". Edit notes")[0].rpartition(" ")[2]
    said = converse(machine, "2", number, "doc.service", "ann@acme.example", "", page=flow.HOME)
    assert said.has("Notes are not secret.", "Service user:", "The notes about acme-tst are saved.")
    said = converse(machine, "2", number, "", "-", "OPS-42", page=flow.HOME)
    assert said.has("Service user: doc.service", "Contact: ann@acme.example", "Contact, now “ann@acme.example”:")
    expected = Notes("doc.service", "", "OPS-42")
    assert machine.profiles.profile("acme-tst").notes == expected
    said = converse(machine, "2", number, "", "", "x" * 86, page=flow.HOME)
    assert said.has("Ticket: this looks like a key")
    assert machine.profiles.profile("acme-tst").notes == expected


def test_old_credentials_are_a_note(machine: Machine) -> None:
    machine.now = lambda: datetime(2020, 1, 1, tzinfo=UTC)
    machine.store()
    assert converse(machine, "2", page=flow.HOME).has("Age: ", " y", "Note: The credentials of acme-tst are")


def test_a_refresh_of_the_tenant_is_said_with_what_to_redo(tenant: PracticeTenant, machine: Machine) -> None:
    for name in ("first", "second"):
        machine.store_document(tenant.ionapi(), name)
        machine.record_check(name, Checked("2026-01-01T00:00:00Z", ok=True))
    machine.record_check("first", Checked("2026-01-02T00:00:00Z", ok=False, headline="no", code="invalid-client"))
    tenant.faults.on("invalid-client")
    assert converse(machine, "3", "2", "1", page=flow.HOME).has(
        "Warning: The tenant PRACTICE_TST was probably refreshed",
        "create the authorized app again",
        "In the guide: ",
    )
    assert converse(machine, "2", page=flow.HOME).has("Warning: The tenant PRACTICE_TST was probably refreshed")


def test_a_downloaded_file_can_be_deleted_later_as_long_as_it_is_there(machine: Machine) -> None:
    document = sample(tenant="ACME_TST")
    machine.store_document(document, "acme-tst")
    path = machine.download(**document)
    assert converse(machine, "2", "8", "1", page=flow.HOME).has("8. Delete the downloaded file", "Keep it")
    assert path.exists()
    assert converse(machine, "2", "8", "2", page=flow.HOME).has("The downloaded file is deleted.")
    assert not path.exists()
    assert "Delete the downloaded file" not in converse(machine, "2", page=flow.HOME).text
