"""Exporting from the board: the form, the place, and the name of production."""

from __future__ import annotations

import json

from textual.widgets import Input

from ionapi_tui.base.access import is_private
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.ui.dialogs.export import ExportDialog
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.widgets.choices import Choices
from tests.ui.driving import NARROW, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


async def opened(person: Person) -> None:
    """Ask to export the highlighted profile."""
    await person.is_on(HomePage)
    await person.opens("e", ExportDialog)
    await person.until(lambda: isinstance(person.app.focused, Choices) and person.app.focused.highlighted == 0)


async def test_enter_writes_the_file_as_it_was_imported(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-tst.ionapi"
    async with running(machine.app(), NARROW) as person:
        await opened(person)
        await person.sees("Export acme-tst", "in plain text")
        assert not faults(person.app.screen)
        await person.press("enter")
        await person.sees("Written to", "Only you can read it")
        assert is_private(path)
        await person.is_on(HomePage)
    assert json.loads(path.read_bytes()) == machine.secrets_of("acme-tst")
    path.unlink()


async def test_a_file_that_is_there_is_left_alone(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-tst.ionapi"
    path.write_text("mine")
    async with running(machine.app()) as person:
        await opened(person)
        await person.press("enter")
        await person.sees("This path already exists. Enter another one.")
        await person.is_on(ExportDialog)
    assert path.read_text() == "mine"


async def test_a_folder_from_which_it_can_spread_is_warned_of(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    (machine.downloads / ".git").mkdir()
    async with running(machine.app()) as person:
        await opened(person)
        await person.press("enter")
        await person.sees("Written to", "Warning: it is in the git work tree")
    (machine.downloads / "acme-tst.ionapi").unlink()


async def test_another_form_proposes_another_name(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-tst.postman_environment.json"
    async with running(machine.app()) as person:
        await opened(person)
        await person.press(*["down"] * list(FORMATS).index("postman"), "enter")
        await person.sees("Written to", "Only you can read it")
        assert is_private(path)
    assert json.loads(path.read_bytes())["_postman_variable_scope"] == "environment"
    path.unlink()


async def test_production_is_exported_only_when_its_name_is_typed(machine: Machine) -> None:
    machine.store("ACME_PRD")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-prd.ionapi"
    async with running(machine.app(), NARROW) as person:
        await opened(person)
        await person.press("enter")
        await person.sees("That is not the name. Nothing was exported.")
        assert not path.exists()
        await person.until(lambda: isinstance(person.app.focused, Input) and person.app.focused.id == "typed")
        await person.write("acme-prd")
        await person.press("enter")
        await person.sees("Written to", "Only you can read it")
        assert is_private(path)
    path.unlink()


async def test_esc_writes_nothing(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await opened(person)
        await person.opens("escape", HomePage)
    assert not machine.downloads.exists()
