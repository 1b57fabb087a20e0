"""Verifying many from the board: each line shows how far it is, it can be given up, and the outcome is kept."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.profile import Checked
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from tests.ui.driving import NARROW, running
from tests.ui.machine import Machine


@pytest.fixture
def machine(machine: Machine) -> Machine:
    """A machine that waits for Infor even when it has a lot to do."""
    machine.network = Network(total=30)
    return machine


async def test_all_are_verified_and_each_line_says_what_was_found(tenant: PracticeTenant, machine: Machine) -> None:
    machine.store_document(tenant.ionapi(), "good")
    machine.store_document(tenant.ionapi("missing-role"), "role")
    machine.store_document(tenant.ionapi("disabled-account"), "disabled")
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("V")
        await person.sees("1 profile works. 2 do not.")
        await person.until(lambda: person.app.state.verifying is None)
        await person.sees("● just now", "✕ role missing", "✕ account not accepted", "3 of 3")
    outcomes = {profile.name: profile.checked for profile in machine.profiles.profiles()}
    assert {name: checked is not None and checked.ok for name, checked in outcomes.items()} == {
        "good": True,
        "role": False,
        "disabled": False,
    }


async def test_while_it_goes_on_the_lines_say_so_and_esc_gives_it_up(tenant: PracticeTenant, machine: Machine) -> None:
    for number in range(3):
        machine.store_document(tenant.ionapi(), f"profile-{number}")
    tenant.faults.on("timeout")
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("a", "v")
        await person.sees("Verifying: 0 of 3, Esc stops", "▸")
        await person.press("escape", "escape")
        await person.until(lambda: person.app.state.verifying is None)
        await person.sees("3 of 3", "not checked")


async def test_only_the_marked_ones_are_verified(tenant: PracticeTenant, machine: Machine) -> None:
    for number in range(3):
        machine.store_document(tenant.ionapi(), f"profile-{number}")
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.press("space", "space", "v")
        await person.sees("2 profiles work.")
        await person.until(lambda: person.app.state.verifying is None)
    checked = [profile.checked is not None for profile in machine.profiles.profiles()]
    assert checked == [True, True, False]


async def test_only_what_is_found_is_verified_by_verify_all_and_one_alone_on_its_page(
    tenant: PracticeTenant, machine: Machine
) -> None:
    machine.store_document(tenant.ionapi(), "one")
    machine.store_document(tenant.ionapi(), "two")
    async with running(machine.app()) as person:
        page = await person.is_on(HomePage)
        await person.press("slash", *"two")
        await person.until(lambda: len(page.query_one(ProfileTable).profiles) == 1)
        await person.press("enter", "V")
        await person.is_on(VerifyPage)


async def test_a_host_that_nobody_has_confirmed_gets_nothing_and_the_line_says_so(machine: Machine) -> None:
    machine.store("ACME_TST", iu="https://inforos.acme.example:7443", pu="https://inforos.acme.example/as/")
    machine.store("ACME_PRD", iu="https://inforos.acme.example:7443", pu="https://inforos.acme.example/as/")
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.press("V")
        await person.until(lambda: person.app.state.verifying is None and bool(person.app.state.verified))
        await person.sees("inforos.acme.example")
    assert all(one.checked is not None and not one.checked.ok for one in machine.profiles.profiles())


async def test_a_lost_secret_is_said_on_its_line_and_does_not_stop_the_others(
    tenant: PracticeTenant, machine: Machine
) -> None:
    lost = machine.store_document(tenant.ionapi(), "lost")
    machine.store_document(tenant.ionapi(), "good")
    kept = machine.keyring.kept  # type: ignore[union-attr]
    for item in [item for item in kept if lost.id in item[0]]:
        del kept[item]
    async with running(machine.app()) as person:
        await person.is_on(HomePage)
        await person.press("V")
        await person.sees("1 profile works. 1 does not.")


@pytest.fixture
def refreshed(tenant: PracticeTenant, machine: Machine) -> Machine:
    """A machine with two profiles of one tenant that worked until the tenant was refreshed."""
    for name in ("first", "second"):
        machine.store_document(tenant.ionapi(), name)
        machine.record_check(name, Checked("2026-01-01T00:00:00Z", ok=True))
    tenant.faults.on("invalid-client")
    return machine


async def test_profiles_of_a_tenant_that_stop_working_together_are_said_to_be_a_refresh(refreshed: Machine) -> None:
    async with running(refreshed.app(), (120, 50)) as person:
        await person.is_on(HomePage)
        await person.press("V")
        await person.is_notified("The tenant PRACTICE_TST was probably refreshed: 2 profiles stopped working together")
        await person.until(lambda: person.app.state.verifying is None)
        await person.opens("enter", ProfilePage)
        await person.sees("Warning The tenant PRACTICE_TST was probably refreshed", "back to step 1")


async def test_the_refresh_is_shown_when_the_second_profile_is_verified_and_after_a_restart(refreshed: Machine) -> None:
    code = Checked("2026-01-02T00:00:00Z", ok=False, headline="refused", code="invalid-grant")
    refreshed.record_check("first", code)
    async with running(refreshed.app(), (120, 60)) as person:
        await person.is_on(HomePage)
        await person.press("down")
        page = await person.opens("v", VerifyPage)
        await person.until(lambda: page.verification is not None)
        await person.sees("These credentials do not work yet", "was probably refreshed: 2 profiles")
    async with running(refreshed.app(), (120, 50)) as person:
        await person.is_on(HomePage)
        await person.opens("enter", ProfilePage)
        await person.sees("Only this verdict was saved.", "Warning The tenant PRACTICE_TST was probably refreshed")
