"""The page that shows two profiles side by side."""

from __future__ import annotations

import pytest

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.other_profile import OtherProfileDialog
from ionapi_tui.ui.screens.compare import ComparePage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.profile import ProfilePage
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_m_compares_two_marked_profiles(machine: Machine, size: tuple[int, int]) -> None:
    machine.store("ACME_PRD", sc=["Infor-IDM", "Infor-ION"])
    machine.store("ACME_TST", sc=["Infor-IDM"])
    async with running(machine.app(), size) as person:
        await person.is_on(HomePage)
        await person.press("a")
        page = await person.opens("m", ComparePage)
        await person.sees("acme-prd", "acme-tst", "ACME_PRD", "1 difference.", "Verify both", "Differences only")
        await person.until(lambda: not faults(page))
        await person.press("d")
        await person.sees("≠ Infor-ION")
        assert "ACME_PRD" not in person.text()
        await person.opens("escape", HomePage)


async def test_with_one_profile_it_asks_for_the_other(machine: Machine) -> None:
    for tenant in ("ACME_TST", "ZETA_TST", "ACME_PRD"):
        machine.store(tenant)
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        person.app.post_message(messages.ShowProfile(machine.profiles.profile("acme-tst")))
        await person.is_on(ProfilePage)
        await person.opens("m", OtherProfileDialog)
        await person.sees("Compare acme-tst with", "acme-prd", "zeta-tst")
        await person.opens("enter", ComparePage)
        await person.sees("acme-tst", "acme-prd", "No differences found, apart from what identifies the two.")


async def test_three_marked_profiles_are_too_many_and_a_lone_one_has_no_match(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app(), WIDE) as person:
        await person.is_on(HomePage)
        await person.press("m")
        await person.sees("There is no other profile to compare with.")
    for tenant in ("ZETA_TST", "ACME_PRD"):
        machine.store(tenant)
    async with running(machine.app(), WIDE) as person:
        await person.is_on(HomePage)
        await person.press("a", "m")
        await person.sees("Mark two profiles to compare them.")


async def test_v_verifies_both_and_shows_roles_and_checks(tenant: PracticeTenant, machine: Machine) -> None:
    good = machine.store_document(tenant.ionapi(), "good")
    bad = machine.store_document(tenant.ionapi("missing-role"), "bad")
    async with running(machine.app(), (120, 50)) as person:
        person.app.post_message(messages.Compare(good, bad))
        await person.is_on(ComparePage)
        await person.sees("Press v to compare roles and checks as well.")
        await person.press("v")
        await person.sees("Security roles", "≠ IDM-AdvancedUser", "passed", "failed")
