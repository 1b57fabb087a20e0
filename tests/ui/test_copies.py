"""The downloaded file can be deleted wherever somebody may remember it, until it is gone."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.confirm import ConfirmDelete
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.small_guide import SmallGuidePage
from tests.samples import sample
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review


def stored_and_left(machine: Machine, name: str = "Doc2Export.ionapi") -> tuple[Profile, Path]:
    """Store a profile, and leave the file it came from in the Downloads folder."""
    document = sample(tenant="ACME_TST")
    return machine.store_document(document, "acme-tst"), machine.download(name, **document)


async def test_next_steps_deletes_the_file_that_was_just_imported_from_anywhere(machine: Machine) -> None:
    path = machine.elsewhere("from-a-mail.ionapi")
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.press("ctrl+s")
        await person.sees("read back and compared")
        page = await person.opens("enter", NextStepsPage)
        await person.sees("d Delete file")
        await person.press("end")
        await person.sees("Press d to delete it.")
        await person.opens("d", ConfirmDelete)
        await person.sees("from-a-mail.ionapi")
        await person.opens("escape", NextStepsPage)
        assert list(machine.downloads.rglob("*.ionapi")) == [path]
        await person.opens("d", ConfirmDelete)
        await person.press("d")
        await person.is_notified("1 downloaded file is deleted.")
        await person.until(lambda: page.check_action("delete_file", ()) is False)
        await person.press("end")
        await person.sees("✓ No copy of the file is left in Downloads.")
    assert list(machine.downloads.rglob("*.ionapi")) == []


async def test_the_upload_guide_offers_it_at_its_end_and_not_before(machine: Machine) -> None:
    profile, _path = stored_and_left(machine)
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("next-steps", NextStepsPage)
        person.app.context.update(stored=profile)
        guide = await person.opens("g", SmallGuidePage)
        await person.until(lambda: profile.id in person.app.state.copies)
        while guide.part < 5:
            assert guide.check_action("delete_file", ()) is False
            part = guide.part
            # Step 4 asks for the client ID.
            assert guide.check_action("copy", ()) is (part == 4)
            if part == 4:
                await person.press("c")
                await person.until(lambda: person.app.clipboard == profile.client_id)
            await person.press("enter")
            await person.until(lambda part=part: guide.part > part)  # type: ignore[misc]
        await person.sees("d Delete file")
        await person.opens("d", ConfirmDelete)
        await person.press("d")
        await person.until(lambda: guide.check_action("delete_file", ()) is False)
    assert list(machine.downloads.iterdir()) == []


async def test_the_profile_offers_it_until_every_copy_is_gone_also_after_a_restart(machine: Machine) -> None:
    profile, _path = stored_and_left(machine)
    machine.download("Doc2Export (1).ionapi", **machine.secrets_of("acme-tst"))
    async with running(machine.app(), WIDE) as person:
        person.app.post_message(messages.ShowProfile(profile))
        page = await person.is_on(ProfilePage)
        await person.sees("d Delete file")
        await person.opens("d", ConfirmDelete)
        await person.sees("Delete 2 downloaded files?")
        await person.press("d")
        await person.is_notified("2 downloaded files are deleted.")
        await person.until(lambda: page.check_action("delete_file", ()) is False)
    assert list(machine.downloads.iterdir()) == []


async def test_a_file_of_the_same_app_with_keys_that_are_not_stored_is_named_and_stays(machine: Machine) -> None:
    document = sample(tenant="ACME_TST")
    profile = machine.store_document(document, "acme-tst")
    stored = machine.download("Doc2Export.ionapi", **document)
    other = machine.download("Doc2Export (1).ionapi", **(document | {"saak": sample()["saak"]}))
    async with running(machine.app(), NARROW) as person:
        person.app.post_message(messages.ShowProfile(profile))
        page = await person.is_on(ProfilePage)
        await person.sees("d Delete file")
        await person.opens("d", ConfirmDelete)
        await person.sees("Delete the downloaded file?", "Not deleted, because the profile acme-tst does not have the")
        await person.press("d")
        await person.is_notified("1 downloaded file is deleted.")
        await person.until(lambda: page.check_action("delete_file", ()) is False)
    assert (stored.exists(), other.exists()) == (False, True)
    async with running(machine.app(), NARROW) as person:
        person.app.post_message(messages.ShowProfile(profile))
        await person.is_on(ProfilePage)
        await person.sees("d Delete file")
        await person.press("d")
        await person.is_notified("Not deleted, because the profile acme-tst does not have the same content")
    assert other.exists()


async def test_a_file_that_was_deleted_elsewhere_is_not_offered_any_more(machine: Machine) -> None:
    profile, _path = stored_and_left(machine)
    async with running(machine.app(), WIDE) as person:
        person.app.post_message(messages.ShowProfile(profile))
        page = await person.is_on(ProfilePage)
        await person.sees("d Delete file")
        # A look that is under way might see what comes next, and the key would not be there any more.
        await person.until(lambda: not any(one.is_running for one in person.app.workers if one.group == "copies"))
        for path in list(machine.downloads.iterdir()):
            path.unlink()
        await person.press("d")
        await person.is_notified("There is no downloaded file of acme-tst any more.")
        assert page.check_action("delete_file", ()) is False


async def test_the_palette_finds_delete_on_the_board(machine: Machine) -> None:
    stored_and_left(machine)
    async with running(machine.app(), WIDE) as person:
        await person.is_on(HomePage)
        await person.until(lambda: person.app.state.copies)
        await person.press("ctrl+p")
        await person.until(lambda: "Search" in person.text())
        await person.press(*"delete")
        await person.until(lambda: not any("gather" in worker.group for worker in person.app.workers))
        await person.sees("Delete the downloaded file of acme-tst")
        await person.press("enter")
        await person.is_on(ConfirmDelete)
