"""A file that arrives during the guide is said on every step, and Enter opens it."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.guide import flow
from ionapi_tui.ui.controllers.arrivals import Arrivals
from ionapi_tui.ui.dialogs.export import ExportDialog
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.usecases.lending import lend
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine

ARRIVED = "Doc2Export.ionapi arrived: press Enter to open it"


async def on(person: Person, page: str) -> Page:
    """Go to a page, and wait until the folder has been looked at."""
    shown = await person.goes_to(page, Page)
    arrivals: Arrivals = person.app.arrivals
    await person.until(lambda: arrivals._seen is not None)
    return shown


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_it_is_said_on_every_step_and_enter_opens_it(machine: Machine, size: tuple[int, int]) -> None:
    machine.download("old.ionapi")
    async with running(machine.app(), size) as person:
        await on(person, "2")
        machine.download()
        await person.sees(ARRIVED)
        assert "old.ionapi" not in person.text()
        await person.until(lambda: not faults(person.app.screen))
        for page in ("prerequisites", "5", "4"):
            await on(person, page)
            await person.sees(ARRIVED, "Open file")
        review = await person.opens("enter", ReviewPage)
        assert review.heading == "Doc2Export.ionapi"
        await person.opens("escape", StepPage)
        await person.until(lambda: ARRIVED not in person.text())
        # Enter leads on again.
        await person.press("enter")
        await person.until(lambda: person.app.state.page == "5")


async def test_a_file_that_arrives_behind_a_dialog_is_said_afterwards(machine: Machine) -> None:
    machine.downloads.mkdir()
    async with running(machine.app(), NARROW) as person:
        await on(person, "prerequisites")
        await person.opens("r", Reading)
        machine.download()
        await person.opens("escape", PrerequisitesPage)
        await person.sees(ARRIVED)


async def test_a_file_that_goes_again_is_said_no_more(machine: Machine) -> None:
    machine.downloads.mkdir()
    async with running(machine.app(), NARROW) as person:
        await on(person, "1")
        path = machine.download()
        await person.sees(ARRIVED)
        path.unlink()
        await person.until(lambda: ARRIVED not in person.text())
        assert person.app.screen.check_action("next", ())


async def test_what_the_import_page_listed_has_been_seen(machine: Machine) -> None:
    machine.downloads.mkdir()
    async with running(machine.app(), NARROW) as person:
        await on(person, "5")
        page = await person.goes_to(flow.IMPORT, ImportPage)
        machine.download()
        await person.sees("Doc2Export.ionapi just now new")
        assert page.check_action("next", ())
        await on(person, "5")
        assert person.app.state.arrived is None


async def test_a_file_on_loan_has_not_arrived(machine: Machine) -> None:
    profile = machine.store("ACME_TST")
    machine.downloads.mkdir()
    async with running(machine.app(), NARROW) as person:
        await on(person, "1")
        with lend(person.app.services, profile, machine.downloads) as lent:
            await person.until(lambda: lent.path in (person.app.arrivals._seen or ()))
            assert person.app.state.arrived is None


async def test_a_file_that_was_exported_has_not_arrived(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    async with running(machine.app(), NARROW) as person:
        await on(person, "1")
        await person.opens("ctrl+o", HomePage)
        await person.opens("e", ExportDialog)
        await person.press("enter")
        await person.sees("Written to")
        await on(person, "1")
        exported = machine.downloads / "acme-tst.ionapi"
        await person.until(lambda: exported in (person.app.arrivals._seen or ()))
        machine.download()
        await person.sees(ARRIVED)
        assert person.app.state.arrived != exported


@pytest.mark.parametrize("page", ["prerequisites", "3", "import", "next-steps"])
async def test_esc_goes_back_on_every_page_of_the_wizard(machine: Machine, page: str) -> None:
    async with running(machine.app(), NARROW) as person:
        shown = await person.goes_to(page, Page)
        await person.press("escape")
        await person.until(lambda: person.app.screen is not shown)
        order = flow.order(person.app.navigation.guide)
        # An import that was opened by itself leads back to where that was.
        before = flow.WELCOME if page == flow.IMPORT else order[order.index(page) - 1]
        assert person.app.screen is person.app.navigation.page(before)
