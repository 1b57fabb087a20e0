"""The list of profiles becomes damaged, or too new, or unreadable while the app runs: it says so and runs on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ionapi_tui.domain.guide import flow
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.rotation_phases import Done, Reviewed, VerifiedNew
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.ui.screens.small_guide import SmallGuidePage
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.verify import VerifyPage
from tests.fixtures.windows import when_nobody_reads
from tests.samples import as_bytes, sample_bytes
from tests.ui.driving import WIDE, Person, running
from tests.ui.machine import Machine
from tests.ui.practising import Starter
from tests.ui.reviewing import review

LIST = "list of profiles"
"""What every explanation of a list that cannot be read has in it."""


def put(registry: Path, content: bytes) -> None:
    """Let the list have that content, at once: whoever read it half written would set it aside as damaged."""
    beside = registry.with_name("beside.json")
    beside.write_bytes(content)
    when_nobody_reads(lambda: beside.replace(registry))


def damage(registry: Path) -> None:
    """Cut the list off."""
    put(registry, b'{"version": 1, "prof')


def age(registry: Path) -> None:
    """Let a newer version of the program have written the list."""
    put(registry, b'{"version": 99, "people": []}')


def block(registry: Path) -> None:
    """Let the list be unreadable, for an administrator as well."""
    when_nobody_reads(registry.unlink)
    registry.mkdir()


SPOILERS = (damage, age, block)


class Scene:
    """An app with three profiles and a file, and a list of profiles that can be spoilt and mended."""

    def __init__(self, machine: Machine, tenant: PracticeTenant, spoiler: Callable[[Path], None]) -> None:
        self.machine = machine
        self.person: Person
        self._spoiler = spoiler
        for name in ("acme-1", "acme-2", "acme-3"):
            machine.store_document(tenant.ionapi(), name)
        machine.download(tenant="GLOBEX_TST")
        self._good = machine.paths.registry.read_bytes()

    def spoil(self) -> None:
        """Let the list become what it must not be."""
        self.person.notices.clear()
        self._spoiler(self.machine.paths.registry)

    def mend(self) -> None:
        """Put the list back as it was in the beginning."""
        registry = self.machine.paths.registry
        if registry.is_dir():
            registry.rmdir()
        put(registry, self._good)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.person.press(*keys)

    async def opens(self, key: str, kind: type[Page]) -> None:
        """Press a key and wait for the page it opens."""
        await self.person.opens(key, kind)

    async def asks(self, key: str) -> None:
        """Press a key and wait for the question it asks."""
        await self.person.opens(key, Dialog)

    async def says_why(self) -> None:
        """Wait for the explanation in a notification."""
        await self.person.is_notified(LIST)

    async def shows_why(self) -> None:
        """Wait for the explanation on the page."""
        await self.person.sees(LIST)


Case = Callable[[Scene], Awaitable[None]]


async def verify(scene: Scene) -> None:
    scene.spoil()
    await scene.opens("v", VerifyPage)
    await scene.shows_why()
    await scene.press("v")
    await scene.shows_why()


async def verify_all(scene: Scene) -> None:
    scene.spoil()
    await scene.press("V")
    await scene.says_why()
    await scene.person.until(lambda: scene.person.app.state.verifying is None)


async def rename(scene: Scene) -> None:
    await scene.asks("r")
    scene.spoil()
    await scene.person.write("another")
    await scene.press("enter")
    await scene.says_why()


async def rotate(scene: Scene) -> None:
    scene.spoil()
    await scene.opens("p", RotationPage)
    await scene.person.paste(str(scene.machine.downloads / "Doc2Export.ionapi"))
    await scene.person.sees("another tenant")
    await scene.press("escape", "escape")
    await scene.says_why()


async def export(scene: Scene) -> None:
    await scene.asks("e")
    scene.spoil()
    await scene.press("enter")
    await scene.says_why()


async def import_folder(scene: Scene) -> None:
    await scene.asks("b")
    scene.spoil()
    await scene.press("enter")
    await scene.person.is_on(BulkImportPage)
    await scene.shows_why()


async def store_a_folder(scene: Scene) -> None:
    await scene.asks("b")
    await scene.press("enter")
    await scene.person.is_on(BulkImportPage)
    await scene.person.sees("Press Enter to store 1 file in")
    scene.spoil()
    await scene.press("enter")
    await scene.says_why()


async def drop_a_file(scene: Scene) -> None:
    await scene.opens("i", ImportPage)
    scene.spoil()
    await scene.person.paste(str(scene.machine.downloads / "Doc2Export.ionapi"))
    await scene.person.is_on(ReviewPage)
    await scene.shows_why()


async def choose_a_listed_file(scene: Scene) -> None:
    await scene.opens("i", ImportPage)
    await scene.person.sees("Doc2Export.ionapi just now")
    scene.spoil()
    await scene.press("enter")
    await scene.person.is_on(ReviewPage)
    await scene.shows_why()


async def paste_content(scene: Scene) -> None:
    await scene.opens("i", ImportPage)
    scene.spoil()
    await scene.person.paste(sample_bytes(tenant="GLOBEX_TST").decode())
    await scene.person.is_on(ReviewPage)
    await scene.shows_why()


async def store_a_file(scene: Scene) -> None:
    await review(scene.person, scene.machine.downloads / "Doc2Export.ionapi")
    await scene.person.sees("Press Enter to store the secrets in")
    scene.spoil()
    await scene.press("enter")
    await scene.shows_why()


async def next_steps(scene: Scene) -> None:
    await review(scene.person, scene.machine.downloads / "Doc2Export.ionapi")
    await scene.person.sees("Press Enter to store the secrets in")
    await scene.press("ctrl+s")
    await scene.person.sees("Stored as")
    scene.spoil()
    await scene.press("enter")
    await scene.person.is_on(NextStepsPage)
    await scene.press("c")
    await scene.opens("g", SmallGuidePage)
    await scene.press("enter", "escape")
    scene.mend()
    scene.spoil()
    await scene.opens("v", VerifyPage)
    await scene.shows_why()


async def stores_again(scene: Scene) -> None:
    await scene.opens("f2", StorePage)
    await scene.person.sees("Chosen by a test.")
    scene.spoil()
    await scene.press("r")
    await scene.says_why()
    await scene.person.sees("Chosen by a test.", "Test Keyring")


async def stores_opened(scene: Scene) -> None:
    scene.spoil()
    await scene.opens("f2", StorePage)
    await scene.says_why()
    # How many it counts depends on who was first: a damaged list is set aside by whoever reads it first.
    await scene.person.sees("Test Keyring", "profiles")


async def move_secrets(scene: Scene) -> None:
    await scene.opens("f2", StorePage)
    await scene.person.sees("Chosen by a test.")
    scene.spoil()
    await scene.press("m")
    await scene.says_why()


async def unlock_a_store(scene: Scene) -> None:
    await scene.opens("f2", StorePage)
    await scene.person.sees("Chosen by a test.")
    scene.spoil()
    await scene.press("u")
    await scene.says_why()
    page = await scene.person.is_on(StorePage)
    await scene.person.until(lambda: not page.doing)


async def make_a_vault_or_not(scene: Scene) -> None:
    await scene.opens("f2", StorePage)
    await scene.person.sees("Chosen by a test.")
    scene.spoil()
    await scene.press("p")
    await scene.person.is_notified("Only a vault has a passphrase")
    await scene.asks("n")
    await scene.press("escape")
    await scene.person.is_on(StorePage)
    await scene.press("r")
    await scene.says_why()


async def remove_and_undo(scene: Scene) -> None:
    await scene.asks("x")
    scene.spoil()
    await scene.press("enter")
    await scene.says_why()
    await scene.person.until(lambda: scene.person.app.state.undoable)
    scene.mend()
    scene.spoil()
    await scene.press("u")
    await scene.says_why()
    await scene.person.is_notified("Restored ")


async def carry_out_a_removal(scene: Scene) -> None:
    await scene.asks("x")
    await scene.press("enter")
    await scene.person.until(lambda: scene.person.app.state.undoable)
    scene.spoil()
    await scene.asks("r")
    await scene.says_why()


async def refuse_to_quit_once(scene: Scene) -> None:
    await scene.asks("x")
    await scene.press("enter")
    await scene.person.until(lambda: scene.person.app.state.undoable)
    scene.spoil()
    await scene.press("ctrl+q")
    await scene.says_why()


async def profile_page(scene: Scene) -> None:
    await scene.opens("enter", ProfilePage)
    await scene.press("e", "y", "c")
    scene.spoil()
    await scene.opens("v", VerifyPage)
    await scene.shows_why()
    await scene.press("escape")
    await scene.person.until(lambda: not isinstance(scene.person.app.screen, VerifyPage))


async def rename_on_the_profile_page(scene: Scene) -> None:
    await scene.opens("enter", ProfilePage)
    await scene.asks("r")
    scene.spoil()
    await scene.person.write("another")
    await scene.press("enter")
    await scene.says_why()


async def remove_on_the_profile_page(scene: Scene) -> None:
    await scene.opens("enter", ProfilePage)
    await scene.asks("x")
    scene.spoil()
    await scene.press("enter")
    await scene.says_why()


async def palette(scene: Scene) -> None:
    scene.spoil()
    await scene.press("ctrl+p")
    await scene.person.sees("Search")
    await scene.press("escape")
    await scene.opens("f2", StorePage)
    await scene.says_why()


async def guide_and_request(scene: Scene) -> None:
    scene.spoil()
    await scene.person.goes_to(flow.PREREQUISITES, PrerequisitesPage)
    await scene.asks("r")
    await scene.press("escape")
    await scene.person.is_on(PrerequisitesPage)
    await scene.asks("h")
    await scene.person.write("Acme")
    await scene.press("enter")
    await scene.person.sees("The page is ready")
    await scene.press("escape")


async def change_the_language_and_back(scene: Scene) -> None:
    scene.spoil()
    await scene.press("ctrl+l")
    await scene.person.until(lambda: "Profile" in scene.person.text() and "Profiles" not in scene.person.text())
    await scene.press("ctrl+l")
    await scene.person.sees("Profiles")


async def practise(scene: Scene) -> None:
    scene.spoil()
    await scene.asks("ctrl+r")
    await scene.press("f")
    await scene.person.is_on(ImportPage)
    await scene.asks("ctrl+r")
    scene.mend()
    scene.spoil()
    await scene.press("e")
    await scene.says_why()
    await scene.person.sees("practice profiles are stored")
    scene.mend()
    scene.spoil()
    await scene.press("enter")
    await scene.says_why()
    await scene.person.until(lambda: not scene.person.app.state.practice)


CASES: tuple[Case, ...] = (
    verify,
    verify_all,
    rename,
    rotate,
    export,
    import_folder,
    store_a_folder,
    drop_a_file,
    choose_a_listed_file,
    paste_content,
    store_a_file,
    next_steps,
    stores_again,
    stores_opened,
    move_secrets,
    unlock_a_store,
    make_a_vault_or_not,
    remove_and_undo,
    carry_out_a_removal,
    refuse_to_quit_once,
    profile_page,
    rename_on_the_profile_page,
    remove_on_the_profile_page,
    palette,
    guide_and_request,
    change_the_language_and_back,
    practise,
)


def listed(person: Person) -> bool:
    """Return whether all profiles are shown; what the case before still read may have come after the last reading."""
    if len(person.app.state.profiles) != 3:
        person.app.context.reload_profiles()
    return len(person.app.state.profiles) == 3


@pytest.mark.timeout(600)
@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
async def test_every_page_and_worker_says_why_and_the_app_runs_on(
    machine: Machine, tenant: PracticeTenant, spoiler: Callable[[Path], None], starter: Starter
) -> None:
    scene = Scene(machine, tenant, spoiler)
    async with running(machine.app(start_practice=starter), WIDE) as person:
        scene.person = person
        for case in CASES:
            scene.mend()
            # Also lists again what the case before has begun to remove.
            person.app.removal.undo()
            await person.goes_to("home", HomePage)
            await person.until(lambda: listed(person) and person.app.focused)
            # What reads the list when the app starts must not be the first to find it spoilt.
            await person.until(
                lambda: not any(one.is_running and one.group in ("recover", "store") for one in person.app.workers)
            )
            try:
                await case(scene)
            except (Exception, AssertionError) as error:
                error.add_note(f"in the case {case.__name__}")
                raise
            assert person.app.is_running, case.__name__
        scene.mend()
    assert person.app.return_code in (0, None)


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
async def test_a_list_that_is_spoilt_before_the_app_starts_is_said_once_it_has(
    machine: Machine, spoiler: Callable[[Path], None]
) -> None:
    machine.store("ACME_TST")
    spoiler(machine.paths.registry)
    async with running(machine.app()) as person:
        await person.is_notified(LIST)


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
@pytest.mark.parametrize("key", ["enter", "o", "z"])
async def test_new_credentials_are_not_put_in_place_and_not_taken_back(
    tenant: PracticeTenant, machine: Machine, spoiler: Callable[[Path], None], key: str
) -> None:
    machine.store_document(tenant.ionapi(), "acme")
    path = machine.download(content=as_bytes(tenant.ionapi("v1.1-scopes")))
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        page = await person.opens("p", RotationPage)
        await person.paste(str(path))
        await person.until(lambda: isinstance(page.phase, Reviewed))
        await person.press("enter")
        await person.until(lambda: isinstance(page.phase, VerifiedNew))
        if key != "enter":
            await person.press("enter")
            await person.until(lambda: isinstance(page.phase, Done))
        spoiler(machine.paths.registry)
        await person.press(key)
        if key == "o":
            await person.until(lambda: person.app.screen.is_modal)
            await person.press("enter")
        await person.is_notified(LIST)
        assert person.app.screen is page
        assert isinstance(page.phase, VerifiedNew if key == "enter" else Done)
