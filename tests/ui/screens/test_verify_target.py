"""What DocBits exports to is chosen on the page of a verification, and decides what it says."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.export_target import ExportTargetDialog
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.widgets.check_list import CheckLine
from tests.gateway.recorded_cases import PING
from tests.gateway.recorded_tenant import Answer, RecordedTenant
from tests.gateway.target_cases import GOOD, M3
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.machine import Machine


async def verified_for(person: Person, page: VerifyPage, target: ExportTarget | None) -> None:
    """Wait until the checks for ``target`` are over."""
    await person.until(lambda: page.verification is not None and page.verification.target is target)


async def choose(person: Person, page: VerifyPage, target: ExportTarget | None) -> None:
    """Choose ``target`` in the dialog, and wait for the outcome."""
    await person.opens("f", ExportTargetDialog)
    await person.press("home", *["down"] * [None, *ExportTarget].index(target), "enter")
    await person.is_on(VerifyPage)
    await verified_for(person, page, target)


def listed(page: VerifyPage) -> list[str]:
    return [line.result.id for line in page.query(CheckLine)]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_choice_decides_what_counts_and_is_remembered(machine: Machine, size: tuple[int, int]) -> None:
    with RecordedTenant(answers={PING: Answer(404, ""), M3: GOOD}) as tenant:
        profile = machine.store_document(tenant.document, "acme-tst")
        async with running(machine.app(), size) as person:
            person.app.post_message(messages.Verify(profile))
            page = await person.is_on(VerifyPage)
            await verified_for(person, page, None)
            await person.sees("For: any export", "These credentials work (")
            await choose(person, page, ExportTarget.ION)
            page.query_one("#body").scroll_home(animate=False)
            await person.sees("For: ION", "do not work yet")
            await choose(person, page, ExportTarget.M3)
            assert listed(page)[-1] == "m3"
            assert page.verification is not None
            assert page.verification.ok
            assert machine.profiles.profile("acme-tst").export_target is ExportTarget.M3
            await choose(person, page, None)
            assert "m3" not in listed(page)
            assert machine.profiles.profile("acme-tst").export_target is None


async def test_leaving_the_dialog_changes_nothing_and_asks_nobody(machine: Machine) -> None:
    with RecordedTenant() as tenant:
        profile = machine.store_document(tenant.document, "acme-tst")
        async with running(machine.app()) as person:
            person.app.post_message(messages.Verify(profile))
            page = await person.is_on(VerifyPage)
            await verified_for(person, page, None)
            asked = len(tenant.seen)
            await person.opens("f", ExportTargetDialog)
            await person.opens("escape", VerifyPage)
            assert page.verification is not None
        assert len(tenant.seen) == asked
    assert machine.profiles.profile("acme-tst").export_target is None


async def test_what_was_chosen_earlier_is_verified_at_once_and_shown_with_the_profile(machine: Machine) -> None:
    with RecordedTenant(answers={M3: GOOD}) as tenant:
        machine.store_document(tenant.document, "acme-tst")
        (profile,) = machine.profiles.set_export_target(["acme-tst"], ExportTarget.M3)
        async with running(machine.app()) as person:
            person.app.post_message(messages.Verify(profile))
            page = await person.is_on(VerifyPage)
            assert listed(page)[-1] == "m3"
            await verified_for(person, page, ExportTarget.M3)
            await person.press("escape")
            person.app.post_message(messages.ShowProfile(profile))
            await person.is_on(ProfilePage)
            await person.sees("Exports to M3")
