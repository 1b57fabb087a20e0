"""Pages are made before they are asked for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.step import StepPage
from tests.ui.driving import WIDE, Person, key_event, running
from tests.ui.machine import Machine


def is_ready(person: Person, page: str) -> bool:
    """Return whether a page is mounted and knows the size of the terminal, though it is not in front."""
    name = f"en/{page}"
    if not person.app.is_screen_installed(name):
        return False
    screen = person.app.get_screen(name)
    return screen.is_mounted and screen.has_class("-wide") and screen is not person.app.screen


async def test_the_next_page_is_made_while_one_is_read(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        await person.until(lambda: is_ready(person, "prerequisites"))
        await person.goes_to("1", StepPage)
        await person.until(lambda: is_ready(person, "2"))
        assert not person.app.is_screen_installed("en/3")
        await person.press("enter")
        await person.sees("Step 2 of 5")


async def test_a_page_that_was_made_before_the_window_changed_fits_it(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        await person.until(lambda: is_ready(person, "1"))
        await person.resize(80, 24)
        page = await person.opens("enter", StepPage)
        await person.until(lambda: page.has_class("-narrow") and not page.has_class("-wide"))
        await person.sees("Step 1 of 5")


async def test_keys_pressed_faster_than_pages_are_made_lead_on_as_well(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        for number in "1234":
            await person.press("enter")
            await person.sees(f"Step {number} of 5")


class Late(Page):
    """A page during whose making somebody quits: Textual gives it no parts any more."""

    def body(self) -> ComposeResult:
        self.app.exit()
        yield Static("late", id="late")

    def begin(self) -> None:
        self.query_one("#late").focus()


async def test_quitting_while_a_page_is_made_is_no_crash(machine: Machine) -> None:
    app = machine.app()
    async with running(app) as person:
        page = Late()
        app.push_screen(page)
        await person.until(lambda: page.is_mounted or not app.is_running)
    assert app.return_code == 0


async def test_keys_that_come_before_a_dialog_is_there_are_no_crash(machine: Machine) -> None:
    # Some of the keys reach what is below the dialogs, and verify it.
    machine.store(iu="http://127.0.0.1:9", pu="http://127.0.0.1:9/ACME_TST/as/")
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        for _burst in range(5):
            for key in ("o", "enter", "r", "enter", "w", "o", "enter", "escape"):
                person.app._driver.send_message(key_event(key))  # type: ignore[union-attr]
            await person.pilot.pause(0.2)
        assert person.app.is_running
        assert person.app.return_code in {None, 0}
