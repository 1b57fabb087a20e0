"""What is dropped on the terminal, or pasted, is taken on every page."""

from __future__ import annotations

import pytest

from ionapi_tui.ui import messages
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.review import ReviewPage
from tests.samples import sample_bytes
from tests.ui.driving import NARROW, running
from tests.ui.machine import Machine


@pytest.mark.parametrize("page", ["welcome", "prerequisites", "2", "next-steps", "home"])
async def test_a_file_is_opened_wherever_it_is_dropped(machine: Machine, page: str) -> None:
    path = machine.elsewhere("dropped.ionapi")
    async with running(machine.app(), NARROW) as person:
        await person.goes_to(page, Page)
        await person.paste(f"'{path}'")
        review = await person.is_on(ReviewPage)
        assert review.heading == "dropped.ionapi"


async def test_a_folder_is_opened_and_content_is_inspected_and_nothing_is_said_to_be_so(machine: Machine) -> None:
    machine.download()
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("home", HomePage)
        await person.paste("no path at all")
        await person.is_notified("There is no file or folder at this path.")
        await person.paste(str(machine.downloads))
        await person.is_on(BulkImportPage)
        await person.opens("escape", HomePage)
        await person.paste(sample_bytes().decode())
        review = await person.is_on(ReviewPage)
        assert review.heading == "Pasted content"


async def test_another_file_takes_the_place_of_the_one_that_is_looked_at(machine: Machine) -> None:
    first, second = machine.elsewhere("first.ionapi"), machine.elsewhere("second.ionapi")
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("home", HomePage)
        await person.paste(str(first))
        page = await person.is_on(ReviewPage)
        page.query_one("#body").focus()
        await person.paste(str(second))
        await person.until(lambda: getattr(person.app.screen, "heading", "") == "second.ionapi")
        await person.opens("escape", HomePage)


async def test_what_is_copied_is_said_in_full_or_by_its_lines(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        person.app.post_message(messages.Copy("ACME_TST~1"))
        await person.is_notified("Copied: ACME_TST~1")
        person.app.post_message(messages.Copy("Hello,\n\nplease."))
        await person.is_notified("Copied 3 lines.")
