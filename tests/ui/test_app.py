"""The wizard as a whole: from the first key to the secrets in the store."""

from __future__ import annotations

import json

import pytest

from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from tests.samples import sample
from tests.ui.driving import NARROW, Person, running
from tests.ui.machine import KEY, LABEL, Machine


async def walk_to_import(person: Person) -> None:
    """Go through the prerequisites and the five steps with the keyboard, ticking everything."""
    await person.is_on(WelcomePage)
    await person.opens("enter", PrerequisitesPage)
    await person.until(lambda: person.app.focused is not None)
    for _role in range(6):
        await person.press("space", "down")
    await person.press("enter")
    for number in "12345":
        step = await person.is_on(StepPage)
        await person.until(lambda number=number: person.app.screen.step.id == number)  # type: ignore[attr-defined,misc]
        assert step.heading == "Create an ION API file"
        await person.press("enter")
    await person.is_on(ImportPage)


async def test_a_person_goes_from_nothing_to_stored_secrets_with_the_keyboard_alone(machine: Machine) -> None:
    document = sample()
    async with running(machine.app(), NARROW) as person:
        await walk_to_import(person)
        machine.download(content=json.dumps(document).encode())
        await person.sees("Doc2Export.ionapi just now new")
        await person.opens("enter", ReviewPage)
        await person.sees("This file is complete and can be stored", "ACME_TST", f"store the secrets in {LABEL}")
        await person.press("ctrl+s")
        await person.sees(f"Stored as acme-tst in {LABEL}, read back and compared.")
        await person.opens("enter", NextStepsPage)
        await person.sees("Stored: acme-tst", document["ci"][:20])
        await person.opens("enter", HomePage)
        await person.sees("acme-tst", "ACME_TST", "Doc2Export")
        await person.press("ctrl+q")
    assert machine.secrets_of("acme-tst") == document
    assert machine.profiles.profile("acme-tst").store == KEY


async def test_back_keeps_every_tick_and_every_typed_letter(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await walk_to_import(person)
        await person.press("slash")
        await person.write("half-typed")
        for number in "54321":
            page = await person.opens("alt+left", StepPage)
            assert page.step.id == number
            assert number in page.state.done
        await person.opens("alt+left", PrerequisitesPage)
        await person.until(lambda: person.screen().count("[✓]") == 6)
        await person.opens("alt+left", WelcomePage)
        page_again = await person.goes_to("import", ImportPage)
        assert page_again.query_one("#path").value == "half-typed"  # type: ignore[attr-defined]


async def test_ticks_and_place_survive_the_end_of_the_app(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.opens("enter", PrerequisitesPage)
        await person.until(lambda: person.app.focused is not None)
        await person.press("space", "enter")
        await person.is_on(StepPage)
        await person.press("enter")
        await person.sees("Step 2 of 5")
        await person.press("enter")
        await person.sees("Step 3 of 5")
    async with running(machine.app()) as person:
        await person.is_on(WelcomePage)
        await person.sees("Continue Step 3 of 5", "Start over")
        page = await person.opens("enter", StepPage)
        assert page.step.id == "3"
        assert page.state.done == {"admin-user/IONDeskAdmin", "1", "2"}
        await person.press("alt+left", "alt+left", "alt+left")
        await person.is_on(PrerequisitesPage)
        await person.until(lambda: person.screen().count("[✓]") == 1)


async def test_space_takes_a_tick_away_again(machine: Machine) -> None:
    async with running(machine.app()) as person:
        page = await person.goes_to("1", StepPage)
        await person.press("space")
        await person.until(lambda: "1" in page.state.done)
        await person.press("space")
        await person.until(lambda: "1" not in page.state.done)


async def test_going_on_from_the_prerequisites_needs_no_tick_and_is_remembered_as_open(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.opens("enter", PrerequisitesPage)
        await person.opens("enter", StepPage)
        await person.sees("· Prerequisites")


async def test_the_app_opens_with_the_profiles_when_there_are_any(machine: Machine) -> None:
    machine.store()
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.opens("n", WelcomePage)


async def test_progress_that_cannot_be_written_is_said_and_nothing_else_is_lost(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.paths.progress.mkdir(parents=True)
    app = machine.app()
    # On a busy machine a message may be gone again before this test has seen it.
    monkeypatch.setattr(app, "NOTIFICATION_TIMEOUT", 60)
    async with running(app) as person:
        await person.goes_to("1", StepPage)
        await person.sees("Your progress cannot be written")
        await person.press("enter")
        await person.until(lambda: "1" in person.app.screen.state.done)  # type: ignore[attr-defined]


async def test_two_quick_presses_of_enter_skip_no_page(machine: Machine) -> None:
    async with running(machine.app()) as person:
        step = await person.goes_to("4", StepPage)
        step.action_next()
        step.action_next()
        await person.sees("Step 5 of 5")
        await person.pilot.pause()
        assert person.app.state.page == "5"
