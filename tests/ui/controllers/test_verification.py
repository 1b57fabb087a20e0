"""Verifying many from the board: each line shows how far it is, it can be given up, and the outcome is kept."""

from __future__ import annotations

import pytest

from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.screens.home import HomePage
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
        await person.sees("! just now", "✕ The user", "3 of 3")
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
