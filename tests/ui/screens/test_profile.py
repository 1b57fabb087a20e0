"""The page of one profile: facts, findings, checks, and examples without secrets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual.widgets import Input

from ionapi_tui.domain.export.snippets import SNIPPETS
from ionapi_tui.domain.profile import Checked, Notes, Profile, local_time
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.notes import NotesDialog
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.ui.screens.verify import VerifyPage
from tests.samples import MARKER
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import LABEL, Machine


async def opened(person: Person, profile: Profile) -> ProfilePage:
    """Open a profile and return its page."""
    person.app.post_message(messages.ShowProfile(profile))
    return await person.is_on(ProfilePage)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_it_tells_the_facts_and_where_the_secret_is(machine: Machine, size: tuple[int, int]) -> None:
    profile = machine.store("GLOBEX_DEV", region="us2")
    async with running(machine.app(), size) as person:
        page = await opened(person, profile)
        await person.sees("Profile globex-dev", "GLOBEX_DEV", "DEV", "mingle-ionapi.us2", f"Secrets in {LABEL}")
        await person.sees("Not verified yet. Press v to verify.", "It was never verified.")
        await person.until(lambda: not faults(page))


async def test_the_last_checks_are_listed_newest_first(machine: Machine) -> None:
    profile = machine.store()
    for day, headline in ((1, "The secret is wrong."), (2, "")):
        machine.record_check("acme-tst", Checked(f"2026-01-{day:02}T12:00:00Z", ok=not headline, headline=headline))
    async with running(machine.app()) as person:
        await opened(person, machine.profiles.profile(profile.name))
        await person.sees("2026-01-02", "2026-01-01", "The secret is wrong.")
        assert person.text().index("2026-01-02") < person.text().index("2026-01-01")


async def test_what_a_verification_found_is_shown_until_the_app_ends(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with running(machine.app(), (120, 50)) as person:
        await opened(person, profile)
        verify = await person.opens("v", VerifyPage)
        await person.until(lambda: verify.verification is not None)
        await person.opens("escape", ProfilePage)
        await person.sees("IDM-AdvancedUser", "back to the prerequisites", "just now")
    async with running(machine.app()) as person:
        await opened(person, machine.profiles.profile("practice"))
        # Checked again by another process, or in an earlier run: what is known is shown, with its time.
        checked = machine.profiles.profile("practice").checked
        assert checked is not None
        await person.sees(
            f"Last verified {local_time(checked.at)}: ✕", "IDM-AdvancedUser", "Only this verdict was saved"
        )


async def test_each_example_can_be_seen_and_copied_and_holds_no_secret(machine: Machine) -> None:
    profile = machine.store()
    async with running(machine.app(), (120, 50)) as person:
        await opened(person, profile)
        for number, snippet in enumerate(SNIPPETS, 1):
            await person.sees(f"Example: {snippet.title} ({number} of {len(SNIPPETS)})")
            await person.press("y")
            text = snippet.text(profile)
            await person.until(lambda text=text: person.app.clipboard == text)  # type: ignore[misc]
            assert MARKER not in person.app.clipboard
            await person.press("e")
        await person.sees(f"Example: {SNIPPETS[0].title}")


async def test_c_copies_the_client_id_and_esc_closes(machine: Machine) -> None:
    profile = machine.store()
    async with running(machine.app()) as person:
        await opened(person, profile)
        await person.press("c")
        await person.until(lambda: person.app.clipboard == profile.client_id)
        await person.opens("escape", HomePage)


async def test_a_new_name_shows_at_once(machine: Machine) -> None:
    profile = machine.store()
    async with running(machine.app()) as person:
        await opened(person, profile)
        await person.press("r")
        await person.sees("Rename acme-tst")
        await person.write("acme-test")
        await person.press("enter")
        await person.sees("acme-tst is called acme-test now.", "Profile acme-test")


async def test_removing_it_closes_its_page(machine: Machine) -> None:
    profile = machine.store()
    async with running(machine.app()) as person:
        await opened(person, profile)
        await person.press("x")
        await person.sees("Remove acme-tst?")
        await person.opens("enter", HomePage)
        await person.sees("acme-tst is removed.")


async def test_old_credentials_are_a_note_that_leads_to_the_rotation(machine: Machine) -> None:
    machine.now = lambda: datetime(2020, 1, 1, tzinfo=UTC)
    profile = machine.store()
    async with running(machine.app(), WIDE) as person:
        await opened(person, profile)
        await person.sees("Note", "days old, more than 365.", "press p on the page of the profile")
        await person.opens("p", RotationPage)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_o_notes_who_it_belongs_to(machine: Machine, size: tuple[int, int]) -> None:
    profile = machine.store()
    async with running(machine.app(), size) as person:
        await opened(person, profile)
        dialog = await person.opens("o", NotesDialog)
        await person.sees("Notes about acme-tst", "Service user", "such as OPS-42", "Enter Save", "Tab Next field")
        await person.until(lambda: not faults(person.app.screen))
        await person.write("doc.service")
        await person.press("tab")
        await person.write("x" * 50)
        await person.sees("Contact: this looks like a key")
        await person.press("enter", "y")
        await person.until(lambda: dialog.query_one("#contact", Input).value.endswith("y"))
        assert person.app.screen is dialog
        await person.write("ann@acme.example")
        await person.press("enter")
        await person.sees("The notes about acme-tst are saved.", "Contact", "ann@acme.example")
    assert machine.profiles.profile("acme-tst").notes == Notes("doc.service", "ann@acme.example")


async def test_esc_leaves_the_notes_as_they_were(machine: Machine) -> None:
    profile = machine.store()
    machine.profiles.set_notes("acme-tst", Notes(ticket="OPS-42"))
    async with running(machine.app()) as person:
        await opened(person, profile)
        await person.opens("o", NotesDialog)
        await person.write("somebody")
        await person.opens("escape", ProfilePage)
    assert machine.profiles.profile("acme-tst").notes == Notes(ticket="OPS-42")


async def test_enter_verifies_what_is_not_known_to_work_and_leads_to_the_list_from_what_works(
    tenant: PracticeTenant, machine: Machine
) -> None:
    profile = machine.store_document(tenant.ionapi(), "practice")
    async with running(machine.app(), NARROW) as person:
        await opened(person, profile)
        verify = await person.opens("enter", VerifyPage)
        await person.until(lambda: verify.verification is not None)
        await person.opens("enter", ProfilePage)
        await person.opens("enter", HomePage)


async def test_the_number_of_a_step_leads_to_it_as_the_finding_says(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi("missing-role"), "practice")
    async with running(machine.app(), (120, 50)) as person:
        page = await opened(person, profile)
        assert page.check_action("back_to", ("prerequisites",)) is False
        verify = await person.opens("v", VerifyPage)
        await person.until(lambda: verify.verification is not None)
        await person.opens("escape", ProfilePage)
        await person.sees("0 back to the prerequisites")
        await person.opens("0", PrerequisitesPage)
