"""A whole folder: what is wrong with each file, what is stored already, and one key for all the good ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.dialogs.folder import FolderDialog
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.widgets.candidate_list import CandidateList, State
from tests.fixtures.disks import closed_folder
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.samples import as_bytes, client_credentials, sample
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine
from tests.ui.test_hostile import ATTACKS, assert_harmless


def names(machine: Machine) -> list[str]:
    """Return what is stored, as another process sees it."""
    return sorted(profile.name for profile in machine.profiles.profiles())


def folder_of_files(machine: Machine) -> Path:
    """Fill the Downloads folder with good and bad files, one second apart, the last one the newest."""
    stored = sample(tenant="STORED_TST")
    machine.store_document(stored, "stored-tst")
    twice = sample(tenant="TWICE_TST")
    files = {
        "broken.ionapi": client_credentials(),
        "stored.ionapi": stored,
        "older.ionapi": twice,
        "newer.ionapi": twice | {"saak": sample()["saak"]},
        "acme.ionapi": sample(tenant="ACME_PRD"),
        "globex.ionapi": sample(tenant="GLOBEX_DEV"),
    }
    for age, (name, document) in enumerate(files.items()):
        path = machine.download(name, as_bytes(document))
        os.utime(path, (1_700_000_000 + age,) * 2)
    return machine.downloads


async def opened(person: Person, folder: Path) -> BulkImportPage:
    """Open the folder from the board and wait until the files were looked at."""
    await person.opens("ctrl+o", HomePage)
    await person.press("b")
    await person.until(lambda: isinstance(person.app.focused, Input))
    assert isinstance(person.app.screen, FolderDialog)
    await person.write(str(folder))
    page = await person.opens("enter", BulkImportPage)
    await person.until(lambda: page.rows is not None)
    return page


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_every_file_is_listed_with_what_becomes_of_it(machine: Machine, size: tuple[int, int]) -> None:
    folder = folder_of_files(machine)
    async with running(machine.app(), size) as person:
        page = await opened(person, folder)
        await person.sees(
            "6 files, 3 to store",
            "app stored as stored-tst",
            "same app as newer.iona",
            "Press Enter to store 3 files in",
        )
        # The line has no room for all of it; below the list there is.
        table = page.query_one(CandidateList)
        table.highlighted = next(at for at, row in enumerate(page.rows or ()) if row.candidate.other == "newer.ionapi")
        await person.sees("same app as newer.ionapi, which is newer")
        await person.press("end")
        await person.sees("Error")
        await person.until(lambda: not faults(page))
    assert names(machine) == ["stored-tst"]


async def test_one_key_stores_all_the_good_ones_and_then_their_files_can_go(machine: Machine) -> None:
    folder = folder_of_files(machine)
    async with running(machine.app()) as person:
        page = await opened(person, folder)
        await person.press("enter")
        await person.sees("6 files, 3 stored", "3 profiles are stored.", "Press d to delete the 3 files with")
        assert names(machine) == ["acme-prd", "globex-dev", "stored-tst", "twice-tst"]
        await person.press("d")
        await person.sees("Delete 3 downloaded files?", "not copies in backups and snapshots")
        await person.press("d")
        await person.sees("stored, file deleted")
        await person.until(lambda: page.rows is not None and sum(row.deleted for row in page.rows) == 3)
        assert sorted(path.name for path in folder.iterdir()) == ["broken.ionapi", "older.ionapi", "stored.ionapi"]
        await person.opens("escape", HomePage)
        await person.sees("4 of 4")


async def test_a_file_can_be_left_out_and_its_profile_get_another_name(machine: Machine) -> None:
    folder = folder_of_files(machine)
    async with running(machine.app()) as person:
        await opened(person, folder)
        await person.press("space")
        await person.sees("left out", "Press Enter to store 2 files in")
        await person.press("down", "r")
        await person.sees("Rename acme-prd")
        assert "Scripts" not in person.text(), "nothing uses what is not stored yet"
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("stored-tst")
        await person.sees("There is already a profile stored-tst.")
        await person.press("enter")
        await person.sees("Rename acme-prd")
        await person.write("production")
        await person.opens("enter", BulkImportPage)
        await person.press("enter")
        await person.sees("2 profiles are stored.")
    assert names(machine) == ["production", "stored-tst", "twice-tst"]


async def test_a_store_that_fails_stops_and_the_rest_can_be_stored_later(machine: Machine) -> None:
    keyring = TroubledKeyring()
    machine.keyring = keyring
    folder = folder_of_files(machine)
    written = []

    def fail_at_the_second() -> None:
        written.append(1)
        if len(written) == 2:
            raise RuntimeError("out of order")

    async with running(machine.app()) as person:
        page = await opened(person, folder)
        keyring.troubles = {"set": fail_at_the_second}
        await person.press("enter")
        await person.sees("out of order", "1 profile is stored.", "Press Enter to store 2 files in")
        assert len(names(machine)) == 2
        keyring.troubles = {}
        await person.press("enter")
        await person.sees("3 profiles are stored.")
        assert page.rows is not None
    assert len(names(machine)) == 4


async def test_a_kill_between_two_files_loses_nothing_and_the_next_run_goes_on(machine: Machine) -> None:
    folder = folder_of_files(machine)
    async with running(machine.app()) as person:
        page = await opened(person, folder)
        await person.press("enter")
        await person.until(lambda: page.rows is not None and any(row.state is State.STORED for row in page.rows))
        person.app.exit()
    assert machine.profiles.recover() == ()
    assert all(machine.secrets_of(name)["cs"] for name in names(machine))
    async with running(machine.app()) as person:
        await opened(person, folder)
        if len(names(machine)) < 4:
            await person.press("enter")
        await person.until(lambda: len(names(machine)) == 4)


async def test_enter_leads_on_from_what_was_stored_to_its_verification(
    tenant: PracticeTenant, machine: Machine
) -> None:
    machine.download("good.ionapi", as_bytes(tenant.ionapi()))
    async with running(machine.app(), NARROW) as person:
        await opened(person, machine.downloads)
        await person.press("enter")
        await person.sees("1 profile is stored.", "Press Enter to verify it.", "Enter Verify them")
        page = await person.opens("enter", VerifyPage)
        assert page.heading == "Verify practice-tst"
        await person.sees("Enter Continue")
        await person.opens("enter", HomePage)


@pytest.mark.posix("symbolic links need a right on Windows")
async def test_links_are_deleted_with_the_files_they_lead_to_and_what_stays_is_said(machine: Machine) -> None:
    file, kept = machine.elsewhere("moved.ionapi"), machine.downloads / "closed" / "kept.ionapi"
    kept.parent.mkdir()
    kept.write_bytes(as_bytes(sample(tenant="KEPT_TST")))
    for path in (file, kept):
        (machine.downloads / path.name).symlink_to(path)
    async with running(machine.app()) as person:
        page = await opened(person, machine.downloads)
        await person.press("enter")
        await person.sees("2 profiles are stored.")
        await person.press("d")
        await person.sees("Delete 2 downloaded files?")
        with closed_folder(kept.parent):
            await person.press("d")
            await person.sees("The file could not be deleted", "Press d to delete the file with the secrets.")
        assert {row.candidate.path.name: row.deleted for row in page.rows or ()} == {
            "moved.ionapi": True,
            "kept.ionapi": False,
        }
    assert not file.exists()
    assert kept.exists()


async def test_the_import_page_leads_here_and_a_wrong_path_is_said(machine: Machine) -> None:
    machine.download()
    async with running(machine.app()) as person:
        await person.goes_to("import", ImportPage)
        await person.press("b")
        await person.until(
            lambda: isinstance(person.app.screen, FolderDialog) and isinstance(person.app.focused, Input)
        )
        await person.until(lambda: isinstance(person.app.focused, Input) and person.app.focused.selected_text)
        # What is proposed is replaced by the first key.
        await person.press("~", "slash", "nowhere"[0])
        assert person.app.focused.value == "~/n"  # type: ignore[union-attr]
        await person.write(str(machine.downloads / "nowhere"))
        await person.press("enter")
        await person.sees("There is no such folder.")
        await person.write(str(machine.downloads))
        await person.opens("enter", BulkImportPage)
        await person.opens("escape", ImportPage)


async def test_an_empty_folder_and_a_machine_without_a_store_are_said(machine: Machine) -> None:
    machine.downloads.mkdir()
    machine.keyring = None
    async with running(machine.app()) as person:
        await opened(person, machine.downloads)
        await person.sees("There is no .ionapi file in")
        await person.press("d", "r", "space")
        await person.opens("escape", HomePage)
    machine.download()
    async with running(machine.app()) as person:
        await opened(person, machine.downloads)
        await person.sees("Nothing can be stored.")
        await person.opens("enter", BulkImportPage)


async def test_hostile_names_and_contents_are_listed_harmlessly(machine: Machine) -> None:
    machine.keyring = FakeKeyring()
    for kind, attack in ATTACKS.items():
        # Windows allows few of them as names.
        name = f"of {kind}" if sys.platform == "win32" else attack.replace("/", "∕").replace("\0", "")[:60]
        machine.download(f"{name}.ionapi", as_bytes(sample(cn=attack, tenant=f"{kind.upper()}_TST")))
    async with running(machine.app(), (120, 60)) as person:
        page = await opened(person, machine.downloads)
        assert_harmless(person)
        for _row in page.rows or ():
            await person.press("down")
            assert_harmless(person)
