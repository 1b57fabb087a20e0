"""Choosing a file or a folder in a list of ours, which a small window has room for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widgets import OptionList

from ionapi_tui.ui.dialogs.folder import FolderDialog
from ionapi_tui.ui.dialogs.picker import Picker
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.rotation import RotationPage
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine
from tests.ui.reviewing import reviewed


def furnish(machine: Machine) -> Path:
    """Fill the Downloads folder with a folder, two files of which the second one is newer, and one of another kind."""
    machine.elsewhere("inside.ionapi")
    for age, name in enumerate(["older.ionapi", "newer.ionapi"]):
        os.utime(machine.download(name), (1_700_000_000 + age,) * 2)
    (machine.downloads / "notes.txt").write_text("no")
    (machine.downloads / ".hidden.ionapi").write_text("no")
    return machine.downloads


async def lines(person: Person) -> list[str]:
    """Return the lines of the picker, without when the files were written, once they are there."""
    picker = await person.is_on(Picker)
    entries = picker.query_one(OptionList)
    await person.until(lambda: entries.option_count)
    return [str(option.prompt).partition("  ")[0] for option in entries.options]


async def browsing(person: Person) -> Picker:
    """Open the file picker from the page of the import."""
    await person.goes_to("import", ImportPage)
    return await person.opens("f", Picker)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_newest_file_is_in_view_and_one_enter_away(machine: Machine, size: tuple[int, int]) -> None:
    furnish(machine)
    async with running(machine.app(), size) as person:
        picker = await browsing(person)
        await person.sees("Choose an .ionapi file", str(machine.downloads)[:40], "newer.ionapi", "older.ionapi")
        await person.sees("2 .ionapi files in this folder")
        assert await lines(person) == ["..", "elsewhere/", "newer.ionapi", "older.ionapi"]
        assert not faults(person.app.screen)
        if size == NARROW:
            assert picker.query_one(".dialog").region == picker.region
        await person.press("enter")
        page = await reviewed(person)
        assert page.heading == "newer.ionapi"


async def test_enter_goes_into_a_folder_and_backspace_back_to_where_it_was(machine: Machine) -> None:
    furnish(machine)
    async with running(machine.app(), NARROW) as person:
        picker = await browsing(person)
        entries = picker.query_one(OptionList)
        await person.until(lambda: entries.option_count == 4)
        await person.press("home", "down", "enter")
        await person.until(lambda: entries.option_count == 2)
        assert await lines(person) == ["..", "inside.ionapi"]
        await person.press("backspace")
        await person.until(lambda: entries.option_count == 4)
        assert entries.highlighted == 1
        await person.press("up", "enter")
        await person.sees(str(machine.home)[:40])
        await person.until(lambda: machine.downloads.name + "/" in person.text())


async def test_a_shows_every_file_and_hides_the_others_again(machine: Machine) -> None:
    furnish(machine)
    async with running(machine.app(), NARROW) as person:
        picker = await browsing(person)
        entries = picker.query_one(OptionList)
        await person.until(lambda: entries.option_count == 4)
        await person.press("a")
        await person.sees("notes.txt", "3 files in this folder")
        await person.press("a")
        await person.until(lambda: entries.option_count == 4)


async def test_esc_answers_with_nothing(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await browsing(person)
        await person.opens("escape", ImportPage)


async def test_a_folder_is_chosen_where_one_is_asked_for_and_files_are_only_counted(machine: Machine) -> None:
    furnish(machine)
    async with running(machine.app(), NARROW) as person:
        await person.opens("ctrl+o", HomePage)
        await person.opens("b", FolderDialog)
        await person.opens("ctrl+b", Picker)
        await person.sees("Choose a folder", "2 .ionapi files in this folder")
        assert await lines(person) == ["..", "elsewhere/"]
        page = await person.opens("u", BulkImportPage)
        await person.until(lambda: page.rows is not None)
        assert page.heading == "Import a folder"
        await person.sees("newer.ionapi", "older.ionapi")


@pytest.mark.posix("Windows allows no such name")
async def test_a_name_with_control_characters_is_drawn_without_them(machine: Machine) -> None:
    machine.download("bad\x1b[31m.ionapi")
    async with running(machine.app(), NARROW) as person:
        await browsing(person)
        await person.sees("bad")
        assert all(segment.text.isprintable() for segment in person.segments())


async def test_new_credentials_are_chosen_with_the_same_keys_as_a_file_to_import(machine: Machine) -> None:
    machine.store("ACME_TST")
    furnish(machine)
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        page = await person.opens("p", RotationPage)
        await person.sees("f Browse", "/ Type a path")
        await person.press("slash")
        await person.write("~/downloads")
        await person.press("enter")
        await person.sees("This is a folder. Choose a file in it.")
        await person.press("escape")
        await person.until(lambda: person.app.focused is page.query_one("#files"))
        await person.opens("f", Picker)
        await person.sees("newer.ionapi")
        await person.opens("enter", RotationPage)
        await person.sees("File contents")
