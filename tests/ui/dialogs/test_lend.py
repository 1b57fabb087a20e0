"""Lending a file from the screens: it is there for the upload, and gone afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from ionapi_tui.base import language
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.lend import ConfirmLend, LendDialog
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.usecases.recovering import recover
from tests.samples import sample
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine
from tests.ui.practising import PRACTICE

PAGE = "https://docs.docbits.com/infor-integration-and-configuration/exporting-to-infor/creating-an-ion-api-file"


@pytest.fixture
def path(machine: Machine) -> Path:
    """Where the file of the profile acme-tst is lent to; nothing is there."""
    machine.downloads.mkdir()
    return machine.downloads / "acme-tst.ionapi"


def is_there(path: Path) -> bool:
    """Return whether there is a file at ``path``."""
    return path.exists()


def write(path: Path, text: str) -> None:
    """Write a file as another program would."""
    path.write_text(text)


def read(path: Path) -> str:
    """Return what is in a file."""
    return path.read_text()


def remove(path: Path) -> None:
    """Delete a file as another program would."""
    path.unlink()


async def on_profile(person: Person, profile: Profile) -> ProfilePage:
    """Open a profile and return its page."""
    person.app.post_message(messages.ShowProfile(profile))
    return await person.is_on(ProfilePage)


@pytest.mark.parametrize("code", language.known())
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_file_is_there_until_enter_is_pressed(
    machine: Machine, path: Path, size: tuple[int, int], code: str
) -> None:
    language.load(code, language.folder())
    try:
        profile = machine.store("ACME_TST")
        async with running(machine.app(), size) as person:
            await on_profile(person, profile)
            await person.opens("l", LendDialog)
            assert is_there(path)
            assert machine.opened == [PAGE]
            await person.sees("ION Mapping File", "14:")
            await person.until(lambda: not faults(person.app.screen))
            await person.press("c")
            await person.until(lambda: person.app.clipboard == str(path))
            await person.opens("enter", ProfilePage)
            await person.is_notified(str(path))
            assert not is_there(path)
            assert not is_there(machine.paths.loans)
    finally:
        language.use("en", None)


async def test_next_steps_offers_it_for_what_was_stored_last(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    async with running(machine.app(), NARROW) as person:
        page = await person.goes_to("next-steps", NextStepsPage)
        assert page.check_action("lend", ()) is False
        person.app.context.update(stored=profile)
        await person.sees("l Lend file")
        await person.opens("l", LendDialog)
        assert is_there(path)
        await person.opens("escape", NextStepsPage)
        await person.is_notified("was deleted again.")
        assert not is_there(path)


async def test_without_a_browser_the_address_is_shown(machine: Machine, path: Path) -> None:
    machine.opens = False
    profile = machine.store("ACME_TST")
    async with running(machine.app(), NARROW) as person:
        await on_profile(person, profile)
        await person.opens("l", LendDialog)
        await person.sees("The documentation of DocBits:", "creating-an-ion-api-file")
        await person.until(lambda: not faults(person.app.screen))
        await person.opens("enter", ProfilePage)
    assert not is_there(path)


async def test_the_file_of_a_practice_tenant_is_said_to_be_of_no_use(machine: Machine, path: Path) -> None:
    profile = machine.store_document(sample(**PRACTICE), "acme-tst")
    async with running(machine.app(), NARROW) as person:
        await on_profile(person, profile)
        await person.opens("l", LendDialog)
        await person.sees("This is a practice file: DocBits cannot use it.")
        await person.until(lambda: not faults(person.app.screen))
        await person.opens("enter", ProfilePage)


async def test_it_is_taken_back_when_its_time_is_over(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    passed = timedelta()
    async with running(machine.app(now=lambda: datetime.now(UTC) + passed), NARROW) as person:
        await on_profile(person, profile)
        await person.opens("l", LendDialog)
        await person.sees("14:")
        passed = timedelta(minutes=14)
        await person.until(lambda: "0:" in person.text().partition("automatically in")[2])
        assert is_there(path)
        passed = timedelta(minutes=16)
        await person.is_on(ProfilePage)
        await person.is_notified("was deleted again.")
    assert not is_there(path)


async def test_leaving_the_app_takes_it_back(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    app = machine.app()
    async with running(app, NARROW) as person:
        await on_profile(person, profile)
        await person.opens("l", LendDialog)
        assert is_there(path)
        await person.press("ctrl+q")
        await person.until(lambda: not app.is_running)
    assert not is_there(path)
    assert app.lending.ended_with is not None
    assert app.lending.ended_with.ok


async def test_a_file_that_was_changed_meanwhile_is_said_and_left_alone(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    async with running(machine.app(), WIDE) as person:
        await on_profile(person, profile)
        await person.opens("l", LendDialog)
        write(path, "{}")
        await person.opens("enter", ProfilePage)
        await person.is_notified("was changed or replaced")
    assert read(path) == "{}"


async def test_a_file_in_the_way_is_said_and_stays(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    write(path, "{}")
    async with running(machine.app(), WIDE) as person:
        await on_profile(person, profile)
        await person.press("l")
        await person.is_notified("There is already a file")
        # The key works again once the file has gone.
        remove(path)
        await person.opens("l", LendDialog)
        await person.opens("enter", ProfilePage)
    assert not is_there(path)


async def test_production_is_written_only_when_its_name_is_typed(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_PRD")
    async with running(machine.app(), NARROW) as person:
        await on_profile(person, profile)
        await person.opens("l", ConfirmLend)
        await person.until(lambda: not faults(person.app.screen))
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.press("enter")
        await person.sees("Nothing was written.")
        assert not any(machine.downloads.iterdir())
        await person.write("acme-prd")
        await person.opens("enter", LendDialog)
        assert is_there(path.with_name("acme-prd.ionapi"))
        await person.opens("enter", ProfilePage)
    assert not any(machine.downloads.iterdir())


async def test_pressing_the_key_twice_lends_once(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    async with running(machine.app(), NARROW) as person:
        await on_profile(person, profile)
        for _press in range(2):
            person.app.post_message(messages.Lend(profile))
        await person.is_on(LendDialog)
        await person.opens("enter", ProfilePage)
        await person.is_notified("was deleted again.")
        assert not any("There is already a file" in one for one in person.notices)
    assert not is_there(path)


async def test_an_app_that_dies_leaves_the_file_to_the_next_start(machine: Machine, path: Path) -> None:
    profile = machine.store("ACME_TST")
    async with running(machine.app(), NARROW) as person:
        await on_profile(person, profile)
        await person.opens("l", LendDialog)
        # As if the process were gone: nobody takes the file back, and the kernel drops the lock.
        lending = person.app.lending
        assert lending.lent is not None
        lending.lent._held.close()
        lending.lent = None
    assert is_there(path)
    assert any("deleted again" in sentence for sentence in recover(machine.services()))
    assert not is_there(path)
