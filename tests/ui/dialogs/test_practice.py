from __future__ import annotations

import pytest

from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.dialogs.practice import EndDialog, PracticeDialog
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.usecases.practice_process import PracticeError
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.machine import Machine
from tests.ui.practising import PORTAL, PRACTICE, Starter
from tests.ui.reviewing import reviewed


def app_of(machine: Machine, starter: Starter) -> IonApiApp:
    """Return an app that starts practice tenants with ``starter``."""
    app = machine.app(start_practice=starter)
    machine.downloads.mkdir(exist_ok=True)
    return app


async def practise(person: Person) -> None:
    """Start a practice tenant, from whatever page is in front."""
    await person.opens("ctrl+r", PracticeDialog)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_says_where_to_go_and_who_can_log_in(
    machine: Machine, starter: Starter, size: tuple[int, int]
) -> None:
    async with running(app_of(machine, starter), size) as person:
        await practise(person)
        await person.sees(PORTAL, "PRACTICE_TST", "practice.admin (no password)", "practice.service", "End practice")
        await person.opens("enter", PrerequisitesPage)
        await person.sees("PRACTICE Create an ION API file")


async def test_the_welcome_page_offers_it(machine: Machine, starter: Starter) -> None:
    async with running(app_of(machine, starter)) as person:
        await person.is_on(WelcomePage)
        await person.press("down", "enter")
        await person.is_on(PracticeDialog)
        await person.opens("escape", WelcomePage)
        await person.sees("ionapi-tui PRACTICE")


async def test_the_list_of_profiles_offers_it_in_its_footer(machine: Machine, starter: Starter) -> None:
    machine.store()
    async with running(app_of(machine, starter), NARROW) as person:
        await person.is_on(HomePage)
        await person.sees("Ctrl+R Practise")
        await practise(person)


async def test_o_opens_the_portal_and_comes_back(machine: Machine, starter: Starter) -> None:
    async with running(app_of(machine, starter)) as person:
        await practise(person)
        await person.press("o")
        await person.until(lambda: machine.opened == [PORTAL])
        await person.is_on(PracticeDialog)
        assert len(starter.started) == 1


async def test_without_a_browser_the_address_is_said(machine: Machine, starter: Starter) -> None:
    machine.opens = False
    async with running(app_of(machine, starter)) as person:
        await practise(person)
        await person.press("o")
        await person.sees("No browser was found")


async def test_f_writes_a_file_and_opens_the_import(machine: Machine, starter: Starter) -> None:
    async with running(app_of(machine, starter)) as person:
        await practise(person)
        await person.opens("f", ImportPage)
        await person.sees("ionapi-tui PRACTICE", "Practice.ionapi")


async def test_one_that_has_died_is_started_anew(machine: Machine, starter: Starter) -> None:
    async with running(app_of(machine, starter)) as person:
        await practise(person)
        await person.press("escape")
        starter.started[0].stop()
        await practise(person)
        assert len(starter.started) == 2


async def test_a_reason_not_to_start_is_said_and_the_app_goes_on(machine: Machine, starter: Starter) -> None:
    starter.failure = PracticeError("It needs a few more packages [b]here[/b].")
    async with running(app_of(machine, starter)) as person:
        await person.press("ctrl+r")
        await person.sees("It needs a few more packages [b]here[/b].")
        page = await person.is_on(WelcomePage)
        assert not page.state.practice


async def test_practice_profiles_are_marked_and_removed_together_after_asking(
    machine: Machine, starter: Starter
) -> None:
    machine.store("ACME_PRD")
    machine.store(**PRACTICE)
    machine.store(name="another", **PRACTICE)
    async with running(app_of(machine, starter)) as person:
        await person.is_on(HomePage)
        lines = [line for line in person.screen().splitlines() if "PRACTICE_TST" in line]
        assert len(lines) == 2
        assert all("PRACTICE " in line for line in lines)
        await practise(person)
        await person.press("e")
        await person.sees("End the practice run?", "2 practice profiles are stored")
        await person.press("enter")
        await person.until(lambda: [profile.name for profile in machine.profiles.profiles()] == ["acme-prd"])
        await person.until(lambda: not starter.started[0].running)
        await person.is_on(HomePage)
        await person.until(lambda: "PRACTICE" not in person.text())


async def test_quitting_asks_first_and_goes_on_when_told_to(machine: Machine, starter: Starter) -> None:
    machine.store(**PRACTICE)
    app = app_of(machine, starter)
    async with running(app) as person:
        await practise(person)
        await person.press("ctrl+q")
        await person.until(lambda: isinstance(app.screen, EndDialog))
        await person.press("ctrl+q")
        assert isinstance(app.screen, EndDialog)
        await person.press("escape", "escape")
        await person.is_on(HomePage)
        assert starter.started[0].running
        await person.press("ctrl+q")
        await person.until(lambda: isinstance(app.screen, EndDialog))
        await person.press("k")
        await person.until(lambda: not app.is_running)
    assert not starter.started[0].running
    assert [profile.name for profile in machine.profiles.profiles()] == ["practice-tst"]


async def test_quitting_asks_about_what_was_stored_on_the_page_in_front(machine: Machine, starter: Starter) -> None:
    app = app_of(machine, starter)
    async with running(app) as person:
        await practise(person)
        await person.press("f")
        await person.sees("Practice.ionapi just now")
        await person.press("enter")
        await reviewed(person)
        await person.press("ctrl+s")
        await person.sees("Stored as practice-tst")
        await person.press("ctrl+q")
        await person.until(lambda: isinstance(app.screen, EndDialog))
        await person.press("enter")
        await person.until(lambda: not app.is_running)
    assert machine.profiles.profiles() == ()


async def test_with_nothing_stored_it_ends_without_a_question(machine: Machine, starter: Starter) -> None:
    async with running(app_of(machine, starter)) as person:
        await practise(person)
        await person.press("e")
        await person.until(lambda: not starter.started[0].running)
        page = await person.is_on(WelcomePage)
        await person.until(lambda: not page.state.practice)


async def test_while_practising_the_step_names_the_service_user_and_c_copies_it(
    machine: Machine, starter: Starter
) -> None:
    async with running(app_of(machine, starter), NARROW) as person:
        page = await person.goes_to("4", StepPage)
        await person.sees("User Name the service user")
        assert "practice.service" not in person.text()
        assert not page.check_action("copy", ())
        await practise(person)
        await person.press("escape")
        await person.is_on(StepPage)
        await person.sees("PRACTICE The service user is practice.service.", "User Name practice.service 2")
        await person.press("c")
        await person.until(lambda: person.app.clipboard == "practice.service")
        await person.goes_to("5", StepPage)
        await person.sees("User Name practice.service")
        await practise(person)
        await person.press("e")
        await person.goes_to("4", StepPage)
        await person.until(lambda: "practice.service" not in person.text())
        await person.sees("User Name the service user")
