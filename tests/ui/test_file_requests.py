"""The way of a file through the app: a page for somebody else, what comes back from it, and what is said about both."""

from __future__ import annotations

from textual.widgets import Static

from ionapi_tui.domain.handover.file_request import FileRequest
from ionapi_tui.ui.dialogs.hand_over import HandedOverDialog, HandOverDialog
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.review import ReviewPage
from tests.fixtures.encrypting import encrypt
from tests.samples import as_bytes, client_credentials, sample_bytes
from tests.ui.driving import NARROW, WIDE, Person, key_event, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review, reviewed


async def ask_for_a_file(person: Person, customer: str) -> None:
    """Write the page for a customer, as a person does."""
    await person.goes_to("prerequisites", PrerequisitesPage)
    await person.until(lambda: person.app.focused is not None)
    await person.opens("h", HandOverDialog)
    await person.write(customer)
    await person.opens("enter", HandedOverDialog)
    await person.sees("The page is ready")


def advice(person: Person) -> str:
    """Return what the dialog says about the page."""
    return str(person.app.screen.query_one("#advice", Static).content)


def only_request(machine: Machine) -> FileRequest:
    """Return the one file request there is."""
    (request,) = machine.profiles.file_requests.open()
    return request


async def test_h_makes_a_request_and_the_file_that_comes_back_is_stored(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await ask_for_a_file(person, "Acme GmbH")
        request = only_request(machine)
        assert request.short_id in advice(person)
        await person.press("c")
        assert person.app.clipboard == str(machine.downloads / "ion-api-file-acme-gmbh.html")
        await person.opens("escape", PrerequisitesPage)
        page = (machine.downloads / "ion-api-file-acme-gmbh.html").read_text("utf-8")
        assert request.public["x"] in page
        await person.goes_to("import", ImportPage)
        machine.download("Doc2Export.ionapi.enc", encrypt(sample_bytes(), request))
        await person.sees("Doc2Export.ionapi.enc")
        await person.press("enter")
        await reviewed(person)
        await person.sees("This file is complete and can be stored", request.short_id, "Acme GmbH")
        await person.press("ctrl+s")
        await person.sees("Stored as acme-tst", "The key of the encrypted file was deleted.")
        assert "Delete the file" not in person.text(), "nobody can open it any more"
    assert machine.profiles.file_requests.open() == ()
    assert [profile.name for profile in machine.profiles.profiles()] == ["acme-tst"]


async def test_the_dialog_names_those_whose_file_is_awaited(machine: Machine) -> None:
    for number in range(7):
        machine.profiles.file_requests.create(f"Customer {number}")
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        await person.until(lambda: person.app.focused is not None)
        await person.opens("h", HandOverDialog)
        await person.sees("Files are still awaited from: Customer 2", "Customer 6", "and 2 more")


async def test_a_file_with_errors_leads_back_to_the_step_and_keeps_its_key(machine: Machine) -> None:
    request = machine.profiles.file_requests.create("Acme")
    path = machine.download("a.ionapi.enc", encrypt(as_bytes(client_credentials()), request))
    async with running(machine.app(), WIDE) as person:
        await review(person, path)
        await person.sees("This file cannot be used", "back to step 4", request.short_id)
    assert only_request(machine) == request


async def test_encrypted_text_can_be_pasted(machine: Machine) -> None:
    request = machine.profiles.file_requests.create("Acme")
    async with running(machine.app(), WIDE) as person:
        await person.goes_to("import", ImportPage)
        await person.paste(encrypt(sample_bytes(), request).decode())
        await person.is_on(ReviewPage)
        await person.sees(request.short_id, "Acme")


async def test_without_a_store_the_page_has_no_box_and_that_is_said(machine: Machine) -> None:
    machine.keyring = None
    async with running(machine.app(), WIDE) as person:
        await ask_for_a_file(person, "Acme")
        assert "The page has no box to encrypt the file:" in advice(person)
    assert "box-data" not in (machine.downloads / "ion-api-file-acme.html").read_text("utf-8")


async def test_a_name_that_is_pasted_with_its_line_break_is_not_missed(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        await person.until(lambda: person.app.focused is not None)
        dialog = await person.opens("h", HandOverDialog)
        await person.until(lambda: dialog.focused is dialog.query_one("#name"))
        # As a terminal without bracketed paste sends it: all at once.
        for key in ("A", "c", "m", "e", "enter"):
            person.app._driver.send_message(key_event(key))  # type: ignore[union-attr]
        await person.is_on(HandedOverDialog)
        assert [request.customer for request in machine.profiles.file_requests.open()] == ["Acme"]
