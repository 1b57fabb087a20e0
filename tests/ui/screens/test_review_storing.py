"""Storing what was looked at: names, slow stores, failing stores, no store, and the file that is left."""

from __future__ import annotations

from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from keyring.errors import PasswordSetError
from textual.widgets import Button, Input

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.profile_store.registry import Contents, Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.store_bar import StoreBar
from tests.fixtures.disks import closed_folder
from tests.fixtures.fake_keyring import FakeKeyring, ForgetfulKeyring, LockedKeyring, TroubledKeyring
from tests.samples import as_bytes, sample
from tests.ui.driving import NARROW, Person, running
from tests.ui.machine import LABEL, NO_STORE, Machine
from tests.ui.reviewing import review


async def store_only(person: Person, path: Path) -> None:
    """Store a file of ``ACME_TST`` without verifying it, and stay on its page."""
    await review(person, path)
    await person.sees("Press Enter to store the secrets in")
    await person.press("ctrl+s")
    await person.sees("Stored as acme-tst")


async def test_the_name_can_be_changed_and_a_bad_one_is_refused_without_losing_it(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.write("Not a name")
        await person.press("ctrl+s")
        await person.sees("Not stored.")
        assert person.app.screen.query_one("#name", Input).value == "Not a name"
        await person.write("my-test")
        await person.press("ctrl+s")
        await person.sees("Stored as my-test")
    assert [profile.name for profile in machine.profiles.profiles()] == ["my-test"]


@pytest.mark.posix("Windows has its store")
async def test_a_bad_name_is_refused_before_a_vault_is_made(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    machine.keyring = None
    path = machine.download()
    async with running(machine.app(choose_store=None), NARROW) as person:
        page = await review(person, path)
        await person.until(lambda: page.query_one(StoreBar).is_usable)
        await person.write("?")
        await person.press("enter")
        await person.sees("Not stored.")
        await person.is_on(ReviewPage)


async def test_enter_stores_and_verifies_and_when_all_is_well_goes_on_to_the_next_steps(
    tenant: PracticeTenant, machine: Machine
) -> None:
    path = machine.download(content=as_bytes(tenant.ionapi()))
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("Press Enter to store the secrets in", "and verify them.")
        await person.sees("Enter Store and verify", "Ctrl+S Store only")
        page = await person.opens("enter", VerifyPage)
        assert page.heading == "Verify practice-tst"
        await person.sees("Enter Continue")
        await person.opens("enter", NextStepsPage)
        await person.sees("Stored: practice-tst", "DocBits cannot use it.")
        path.unlink()
        await person.opens("v", VerifyPage)
        await person.sees("Enter Continue")
        await person.opens("escape", NextStepsPage)
        await person.sees("No copy of the file is left in Downloads.")


async def test_the_board_has_what_was_stored_also_for_those_who_leave_by_a_key_of_the_app(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        await store_only(person, path)
        await person.opens("ctrl+o", HomePage)
        await person.sees("1 of 1", "acme-tst")


async def test_a_file_that_is_there_is_not_said_to_be_gone(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        await person.until(lambda: person.app.state.are_copies_known)
        await store_only(person, path)
        await person.opens("enter", NextStepsPage)
        assert "No copy of the file" not in person.text()
        await person.until(lambda: bool(person.app.state.copies))
        assert "No copy of the file" not in person.text()


async def test_page_and_arrow_keys_scroll_what_is_in_the_file_while_the_name_is_typed(machine: Machine) -> None:
    path = machine.download(content=as_bytes(sample()))
    async with running(machine.app(), (80, 16)) as person:
        page = await review(person, path)
        await person.until(lambda: page.query_one("#name").has_focus)
        body = page.query_one("#body")
        await person.press("pagedown")
        await person.until(lambda: body.scroll_offset.y > 0)
        await person.press("pageup")
        await person.until(lambda: body.scroll_offset.y == 0)
        await person.press("down", "down")
        await person.until(lambda: body.scroll_offset.y == 2)
        await person.press("up")
        await person.until(lambda: body.scroll_offset.y == 1)


async def test_the_button_that_only_stores_does_what_ctrl_s_does(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        page = await review(person, path)
        await person.sees("Enter to store the secrets")
        await person.click(page.query_one("#store", Button))
        await person.sees("Stored as acme-tst")


async def test_replacing_is_offered_for_the_same_app_and_keeps_the_name(machine: Machine) -> None:
    old = sample()
    machine.profiles.add(Credentials.from_document(old), "first-name")
    new = sample() | {"ci": old["ci"]}
    path = machine.download(content=as_bytes(new))
    async with running(machine.app()) as person:
        await review(person, path)
        await person.sees(
            "This app is already stored. Enter verifies these keys and then switches first-name (tenant",
            "Ctrl+S switches without verifying. The old keys are kept as another profile.",
        )
        assert person.app.screen.query_one("#name", Input).value == "first-name"
        await person.press("ctrl+s")
        await person.sees(f"Stored as first-name in {LABEL}", "The old credentials are kept as first-name-old.")
    assert machine.secrets_of("first-name") == new
    assert machine.secrets_of("first-name-old") == old
    assert len(machine.profiles.profiles()) == 2


async def test_the_keys_of_another_tenant_are_not_replaced(machine: Machine) -> None:
    old = sample()
    machine.profiles.add(Credentials.from_document(old), "first-name")
    path = machine.download(content=as_bytes(sample(tenant="GLOBEX_TST") | {"ci": old["ci"]}))
    async with running(machine.app()) as person:
        await review(person, path)
        await person.write("first-name")
        for key in ("enter", "ctrl+s"):
            await person.press(key)
            await person.sees("Not stored. first-name belongs to the tenant ACME_TST. Enter another name.")
    assert machine.secrets_of("first-name") == old


async def test_enter_replaces_working_keys_only_after_the_new_ones_were_verified_and_keeps_the_old_ones(
    tenant: PracticeTenant, machine: Machine
) -> None:
    old, new = tenant.ionapi(), tenant.ionapi()
    assert new["ci"] == old["ci"]
    assert new["saak"] != old["saak"]
    machine.store_document(old, "acme")
    path = machine.download(content=as_bytes(new))
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("Enter verifies these keys")
        await person.opens("enter", RotationPage)
        await person.sees("Verified. Press Enter to switch.")
        assert machine.secrets_of("acme") == old
        await person.press("enter")
        await person.sees("The old credentials are kept as acme-old.")
        await person.opens("enter", NextStepsPage)
        await person.sees("Stored: acme", "The old credentials are kept as acme-old.")
    assert machine.secrets_of("acme")["saak"] == new["saak"]
    assert machine.secrets_of("acme-old") == old


async def test_keys_that_do_not_work_replace_nothing(tenant: PracticeTenant, machine: Machine) -> None:
    old = tenant.ionapi()
    machine.store_document(old, "acme")
    strange = {key: sample()[key] for key in ("saak", "sask")}
    path = machine.download(content=as_bytes(old | strange))
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("Enter verifies these keys")
        await person.opens("enter", RotationPage)
        await person.sees("so acme is unchanged.")
        await person.opens("escape", ReviewPage)
        await person.sees("Enter verifies these keys")
    assert machine.secrets_of("acme") == old
    assert [profile.name for profile in machine.profiles.profiles()] == ["acme"]


async def test_enter_stores_the_same_keys_again_and_a_profile_whose_secret_is_gone(
    tenant: PracticeTenant, machine: Machine
) -> None:
    document = tenant.ionapi()
    machine.store_document(document, "acme")
    path = machine.download(content=as_bytes(document))
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("Enter verifies these keys")
        await person.opens("enter", VerifyPage)
    machine.keyring = FakeKeyring()
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("Enter verifies these keys")
        await person.opens("enter", VerifyPage)
    assert machine.secrets_of("acme") == document


async def test_another_name_keeps_both(machine: Machine) -> None:
    old = sample()
    machine.profiles.add(Credentials.from_document(old), "first-name")
    path = machine.download(content=as_bytes(sample() | {"ci": old["ci"]}))
    async with running(machine.app()) as person:
        await review(person, path)
        await person.write("second-name")
        await person.sees("Press Enter to store the secrets in")
        await person.press("ctrl+s")
        await person.sees("Stored as second-name")
    assert machine.secrets_of("first-name") == old
    assert {profile.name for profile in machine.profiles.profiles()} == {"first-name", "second-name"}


async def test_a_second_app_of_the_same_tenant_gets_a_name_of_its_own(machine: Machine) -> None:
    machine.store()
    path = machine.download(app="OtherApp")
    async with running(machine.app()) as person:
        await review(person, path)
        assert person.app.screen.query_one("#name", Input).value == "acme-tst-otherapp"


async def test_a_store_that_fails_says_so_and_the_next_try_succeeds(machine: Machine) -> None:
    def fail() -> None:
        raise PasswordSetError("the daemon is in a bad mood")

    keyring = TroubledKeyring(set=fail)
    machine.keyring = keyring
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("Not stored.")
        assert machine.profiles.profiles() == ()
        assert not keyring.kept
        keyring.troubles.clear()
        await person.press("ctrl+s")
        await person.sees("Stored as acme-tst")


@pytest.mark.parametrize("keyring", [ForgetfulKeyring, LockedKeyring])
async def test_a_store_that_loses_or_refuses_the_secret_leaves_nothing_behind(
    machine: Machine, keyring: type[TroubledKeyring]
) -> None:
    machine.keyring = keyring()
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("Not stored.")
        await person.is_on(ReviewPage)
    assert machine.profiles.profiles() == ()


async def test_while_the_store_waits_for_a_password_the_app_says_so_and_can_be_left(machine: Machine) -> None:
    answered = Event()
    machine.keyring = TroubledKeyring(set=lambda: answered.wait(60))
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees(f"Storing in {LABEL}.", "Press Esc to leave.")
        await person.press("question_mark")
        await person.sees("Keys")
        await person.press("escape")
        await person.sees("Storing in")
        await person.opens("escape", ImportPage)
        await person.opens("alt+left", WelcomePage)
        answered.set()
        await person.until(machine.profiles.profiles)
        await person.is_on(WelcomePage)


async def test_the_app_ends_while_the_store_still_waits(machine: Machine) -> None:
    answered = Event()
    machine.keyring = TroubledKeyring(set=lambda: answered.wait(60))
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("Storing in")
        await person.press("ctrl+q")
        await person.until(lambda: not person.app.is_running)
    answered.set()


async def test_without_a_store_it_is_said_before_anything_is_typed_and_nothing_can_be_stored(
    machine: Machine,
) -> None:
    machine.keyring = None
    path = machine.download()
    async with running(machine.app(), NARROW) as person:
        await person.sees(NO_STORE, "no password store")
        await person.goes_to("import", ImportPage)
        await person.sees(
            "No password store was found on this computer: you can inspect files, but not store them. Press F2"
        )
        page = await review(person, path)
        await person.sees("Nothing can be stored.", NO_STORE)
        assert page.query_one("#store", Button).disabled
        assert page.query_one("#name", Input).disabled
        await person.press("enter")
        await person.sees("Nothing can be stored.")
    assert machine.profiles.profiles() == ()


async def test_deleting_the_downloaded_file_is_asked_and_says_what_it_does_not_reach(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("The downloaded file still holds the secrets in plain text.")
        await person.press("d")
        await person.sees("Delete the downloaded file?", "recycle bin", "backups", "synced folders", path.name)
        await person.press("escape")
        await person.sees("still holds the secrets")
        assert path.exists()
        await person.press("d")
        await person.sees("Delete the downloaded file?")
        await person.press("d")
        await person.sees("The downloaded file is deleted.")
        assert not path.exists()
        await person.opens("enter", NextStepsPage)


async def test_a_file_that_cannot_be_deleted_is_said(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("Stored as")
        path.unlink()
        path.mkdir()
        await person.press("d")
        await person.sees("Delete the downloaded file?")
        await person.press("d")
        await person.sees("The file could not be deleted")


async def store_and_ask_to_delete(person: Person, path: Path) -> None:
    """Store what is in the file, and press the key that deletes it; the question is still open."""
    await review(person, path)
    await person.press("ctrl+s")
    await person.sees("Stored as")
    await person.press("d")
    await person.sees("Delete the downloaded file?")


@pytest.mark.posix("symbolic links need a right on Windows")
async def test_a_link_is_deleted_with_the_file_it_leads_to(machine: Machine) -> None:
    file = machine.elsewhere("Doc2Export.ionapi")
    link = machine.downloads / "link.ionapi"
    link.symlink_to(file)
    async with running(machine.app()) as person:
        await store_and_ask_to_delete(person, link)
        await person.press("d")
        await person.sees("The downloaded file is deleted.")
    assert not file.exists()
    assert not link.is_symlink()


@pytest.mark.posix("symbolic links need a right on Windows")
async def test_a_link_that_stays_behind_is_said_and_its_file_gone(machine: Machine) -> None:
    file = machine.elsewhere("Doc2Export.ionapi")
    link = machine.home / "closed" / "link.ionapi"
    link.parent.mkdir()
    link.symlink_to(file)
    async with running(machine.app()) as person:
        await store_and_ask_to_delete(person, link)
        with closed_folder(link.parent):
            await person.press("d")
            await person.sees("is deleted, but the link", "The downloaded file is deleted.")
    assert not file.exists()


BROKEN_LISTS = {"damaged": (b"{", "was damaged"), "newer": (b'{"version": 99}', "newer version of ionapi-tui")}


@pytest.mark.parametrize("kind", BROKEN_LISTS)
async def test_a_list_of_profiles_that_cannot_be_read_is_said_and_enter_tries_again(
    machine: Machine, kind: str
) -> None:
    content, reason = BROKEN_LISTS[kind]
    registry = machine.paths.registry
    path = machine.download()
    async with running(machine.app()) as person:
        await person.goes_to("import", ImportPage)
        registry.parent.mkdir(exist_ok=True)
        registry.write_bytes(content)
        await review(person, path)
        await person.sees("Not stored.", reason)
        registry.unlink(missing_ok=True)
        await person.press("enter")
        await person.sees("Press Enter to store the secrets in")
        await person.press("ctrl+s")
        await person.sees("Stored as acme-tst")


async def test_the_list_of_profiles_is_read_once_and_not_where_keys_are_waited_for(machine: Machine) -> None:
    readers: list[bool] = []

    class WatchedRegistry(Registry):
        def load(self) -> Contents:
            readers.append(current_thread() is main_thread())
            return super().load()

    path = machine.download()
    app = machine.app()
    registry, lock = WatchedRegistry(machine.paths.registry), ProcessLock(machine.paths.lock)
    app.services.profiles = ProfileStore(registry, app.services.open_store, lock)
    async with running(app) as person:
        await person.goes_to("import", ImportPage)
        readers.clear()
        await review(person, path)
        await person.sees("Press Enter to store the secrets in")
        assert readers == [False]


async def test_leaving_after_storing_goes_on_and_the_import_is_ticked(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("Stored as")
        page = await person.opens("escape", NextStepsPage)
        assert "import" in page.state.done
        await person.press("c")
        await person.until(lambda: person.app.clipboard == machine.profiles.profiles()[0].client_id)
        await person.opens("enter", HomePage)
