"""Profiles that were changed outside the app: named, shown with both values, restored after a question."""

from __future__ import annotations

import pytest

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.restore import ConfirmRestore
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.verify import VerifyPage
from tests.fixtures import tampering
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_what_was_changed_is_shown_and_restored(machine: Machine, size: tuple[int, int]) -> None:
    before = machine.store()
    tampering.lead_elsewhere(machine.paths.registry)
    async with running(machine.app(), size) as person:
        person.app.post_message(messages.ShowProfile(machine.profiles.profile("acme-tst")))
        await person.is_on(ProfilePage)
        await person.opens("b", ConfirmRestore)
        await person.sees("Restore 1 profile?", "Gateway: stored", tampering.ELSEWHERE)
        await person.until(lambda: not faults(person.app.screen))
        await person.opens("escape", ProfilePage)
        assert machine.profiles.profiles() != (before,)
        await person.opens("b", ConfirmRestore)
        await person.opens("enter", ProfilePage)
        await person.is_notified("acme-tst is restored.")
    assert machine.profiles.profiles() == (before,)


async def test_production_is_restored_only_when_its_name_is_typed(machine: Machine) -> None:
    before = machine.store("ACME_PRD")
    tampering.lead_elsewhere(machine.paths.registry)
    async with running(machine.app()) as person:
        person.app.post_message(messages.CheckAddresses())
        await person.is_on(ConfirmRestore)
        await person.write("acme")
        await person.press("enter")
        await person.is_notified("Nothing was restored.")
        assert machine.profiles.profiles() != (before,)
        await person.write("acme-prd")
        await person.press("enter")
        await person.is_notified("acme-prd is restored.")
    assert machine.profiles.profiles() == (before,)


async def test_the_page_of_stores_offers_it_and_says_when_all_is_well(machine: Machine) -> None:
    machine.store()
    async with running(machine.app()) as person:
        await person.opens("f2", StorePage)
        await person.press("b")
        await person.is_notified("No profile was changed outside ionapi-tui.")


async def test_a_verification_sends_nothing_and_says_what_to_do(tenant: PracticeTenant, machine: Machine) -> None:
    profile = machine.store_document(tenant.ionapi(), "practice")
    tampering.lead_elsewhere(machine.paths.registry)
    async with running(machine.app()) as person:
        person.app.post_message(messages.Verify(profile))
        await person.is_on(VerifyPage)
        await person.sees("practice was changed outside ionapi-tui", "press b on the page of the profile")
    assert len(tenant.requests) == 0
