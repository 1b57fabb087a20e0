"""Every page and every dialog, at every size it was designed for: nothing overlaps, nothing is cut."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import load
from ionapi_tui.domain.guide.flow import order
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.step import StepPage
from tests.samples import as_bytes, client_credentials, cloud11
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine
from tests.ui.reviewing import reviewed

PAGES = (*order(load(assets(), "en")), "home")
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


async def looks_right(person: Person, where: str) -> None:
    """Wait for a layout without faults; the first frames of a page are drawn while it still finds its size."""
    try:
        await person.until(lambda: not faults(person.app.screen), seconds=60)
    except AssertionError:
        pytest.fail(f"{where}: {faults(person.app.screen)}\n{person.screen()}")


@SIZES
async def test_every_page(machine: Machine, size: tuple[int, int]) -> None:
    machine.download()
    async with running(machine.app(), size) as person:
        for page in PAGES:
            await person.goes_to(page, Page)
            await looks_right(person, page)
        person.app.context.update(profiles=(machine.store("ACME_PRD"), machine.store("ACME_TST")))
        await person.goes_to("welcome", Page)
        await looks_right(person, "welcome, with something to continue")
        await person.goes_to("home", HomePage)
        await looks_right(person, "home, with profiles")


@SIZES
async def test_every_page_without_a_store(machine: Machine, size: tuple[int, int]) -> None:
    machine.keyring = None
    async with running(machine.app(), size) as person:
        for page in ("welcome", "import"):
            await person.goes_to(page, Page)
            await looks_right(person, page)


@SIZES
@pytest.mark.parametrize("good", [True, False], ids=["good", "bad"])
async def test_the_review(machine: Machine, size: tuple[int, int], good: bool) -> None:
    machine.download(content=as_bytes(cloud11() if good else client_credentials(iu="http://198.51.100.7")))
    async with running(machine.app(), size) as person:
        await person.goes_to("import", ImportPage)
        await person.paste(str(machine.downloads / "Doc2Export.ionapi"))
        await reviewed(person)
        await looks_right(person, "review")
        if good:
            await person.press("ctrl+s")
            await person.sees("read back and compared")
            await looks_right(person, "stored")
            await person.press("d")
            await person.until(lambda: person.app.screen.is_modal)
            await looks_right(person, "deleting the file")


@SIZES
async def test_every_dialog(machine: Machine, size: tuple[int, int]) -> None:
    machine.opens = False
    machine.store("ACME_PRD")
    dialogs = (
        (HomePage, "home", "question_mark"),
        (HomePage, "home", "f1"),
        (HomePage, "home", "x"),
        (PrerequisitesPage, "prerequisites", "r"),
        (PrerequisitesPage, "prerequisites", "question_mark"),
        (ImportPage, "import", "f1"),
        (StepPage, "1", "o"),
        (StepPage, "1", "t"),
        (HomePage, "home", "t"),
        (StepPage, "2", "question_mark"),
    )
    async with running(machine.app(), size) as person:
        for kind, page, key in dialogs:
            await person.goes_to(page, kind)
            await person.press(key)
            await person.until(lambda: person.app.screen.is_modal)
            await looks_right(person, f"{page} {key}")
            await person.opens("escape", kind)


async def test_roles_are_asked_for_while_one_is_not_ticked(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        for count in range(6, 0, -1):
            dialog = await person.opens("r", Reading)
            assert str(dialog.query(Static).last().content).count("\n- ") == count
            await person.opens("escape", PrerequisitesPage)
            await person.press("space", "down")
        assert not person.app.screen.check_action("request", ())


async def test_the_layout_follows_the_window_from_wide_to_narrow_and_back(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        for page in ("1", "prerequisites", "next-steps"):
            await person.goes_to(page, Page)
            for size in (WIDE, NARROW, (60, 16), (200, 60), (99, 30), (100, 30), WIDE):
                await person.resize(*size)
                if size[0] >= NARROW[0]:
                    await looks_right(person, f"{page} at {size}")
