"""Pictures of the app and what it copies: none holds a secret."""

from __future__ import annotations

from tests.samples import MARKER, sample
from tests.ui.driving import Person, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review


def assert_no_picture_shows_it(person: Person) -> None:
    picture = person.app.export_screenshot()
    assert picture.startswith("<svg")
    assert MARKER not in picture
    assert MARKER not in person.app.clipboard


async def test_no_picture_of_a_page_shows_a_secret(machine: Machine) -> None:
    document = sample()
    machine.store_document(document, "acme-tst")
    path = machine.download()
    async with running(machine.app()) as person:
        for page in ("welcome", "prerequisites", "1", "2", "3", "4", "5", "import", "next-steps", "home"):
            person.app.show(page)
            await person.pilot.pause(0)
            await person.press("c", "r")
            assert_no_picture_shows_it(person)
            if person.app.screen.is_modal:
                await person.press("escape")
        await person.sees("acme-tst")
        await person.press("enter")
        await person.sees("Client ID")
        await person.press("c")
        await person.until(lambda: person.app.clipboard == document["ci"])
        assert_no_picture_shows_it(person)
        await review(person, path)
        await person.sees("Enter to store the secrets")
        assert_no_picture_shows_it(person)
        await person.press("ctrl+s")
        await person.sees("Stored as")
        assert_no_picture_shows_it(person)
