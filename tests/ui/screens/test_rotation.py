"""New credentials for a profile: chosen, verified before anything changes, switched, the old ones kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.rotation_phases import Choosing, Done, Reviewed, VerifiedNew
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.rotation import RotationPage
from tests.fixtures.fake_keyring import TroubledKeyring
from tests.samples import as_bytes, client_credentials, sample
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


@pytest.fixture
def machine(machine: Machine) -> Machine:
    """A machine that waits for Infor even when it has a lot to do."""
    machine.network = Network(total=30)
    return machine


def stored(machine: Machine) -> dict[str, Profile]:
    """Return what is stored, as another process sees it."""
    return {profile.name: profile for profile in machine.profiles.profiles()}


async def opened(person: Person) -> RotationPage:
    """Begin with the highlighted profile."""
    await person.is_on(HomePage)
    page = await person.opens("p", RotationPage)
    await person.sees("Choose the file with the new credentials")
    return page


async def chosen(person: Person, path: Path) -> RotationPage:
    """Choose a file by dropping it on the window."""
    page = await opened(person)
    await person.paste(str(path))
    await person.until(lambda: isinstance(page.phase, Reviewed))
    return page


async def switched(person: Person, path: Path) -> RotationPage:
    """Go on until the new credentials are in place."""
    page = await chosen(person, path)
    await person.press("enter")
    await person.until(lambda: isinstance(page.phase, VerifiedNew))
    await person.sees("Verified.")
    await person.press("enter")
    await person.until(lambda: isinstance(page.phase, Done))
    return page


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_new_credentials_are_verified_switched_and_the_old_ones_kept(
    tenant: PracticeTenant, machine: Machine, size: tuple[int, int]
) -> None:
    old, new = tenant.ionapi(), tenant.ionapi("v1.1-scopes")
    machine.store_document(old, "acme")
    machine.download(content=as_bytes(new))
    async with running(machine.app(), size) as person:
        page = await opened(person)
        await person.sees("Doc2Export.ionapi just now", "New credentials for acme")
        await person.until(lambda: not faults(page))
        await person.press("enter")
        await person.sees("Another authorized app of the same tenant.", "→", "Press Enter to verify them.")
        await person.until(lambda: not faults(page))
        assert list(stored(machine)) == ["acme"]
        await person.press("enter")
        await person.sees("Verified. Press Enter to switch.")
        assert machine.secrets_of("acme") == old
        assert list(stored(machine)) == ["acme"]
        await person.press("enter")
        await person.sees(
            "✓ acme has the new credentials", "Upload the new file to DocBits", "The old credentials are kept as"
        )
        await person.until(lambda: not faults(page))
        assert machine.secrets_of("acme") == new
        assert machine.secrets_of("acme-old") == old
        await person.opens("escape", HomePage)
        await person.sees("The old credentials are kept as acme-old.", "2 of 2")
    checked = stored(machine)["acme"].checked
    assert checked is not None
    assert checked.ok


async def test_enter_leads_on_after_the_switch_and_keeps_both(tenant: PracticeTenant, machine: Machine) -> None:
    machine.store_document(tenant.ionapi(), "acme")
    path = machine.download(content=as_bytes(tenant.ionapi()))
    async with running(machine.app(), NARROW) as person:
        await switched(person, path)
        await person.sees("Press Enter to keep both")
        await person.opens("enter", HomePage)
        await person.is_notified("The old credentials are kept as acme-old.")
    assert set(stored(machine)) == {"acme", "acme-old"}


async def test_o_removes_the_old_ones_after_saying_that_infor_still_has_them(
    tenant: PracticeTenant, machine: Machine
) -> None:
    new = tenant.ionapi()
    machine.store_document(tenant.ionapi(), "acme")
    path = machine.download(content=as_bytes(new))
    async with running(machine.app()) as person:
        await switched(person, path)
        await person.press("o")
        await person.sees("Remove acme-old?", "remain in Infor")
        await person.opens("enter", HomePage)
        await person.sees("1 of 1")
    assert list(stored(machine)) == ["acme"]
    assert machine.secrets_of("acme") == new


async def test_z_puts_the_old_ones_back(tenant: PracticeTenant, machine: Machine) -> None:
    old = tenant.ionapi()
    before = machine.store_document(old, "acme")
    path = machine.download(content=as_bytes(tenant.ionapi()))
    async with running(machine.app()) as person:
        await switched(person, path)
        await person.opens("z", HomePage)
    assert stored(machine) == {"acme": before}
    assert machine.secrets_of("acme") == old


async def test_credentials_that_do_not_work_change_nothing(tenant: PracticeTenant, machine: Machine) -> None:
    before = machine.store_document(tenant.ionapi(), "acme")
    path = machine.download(content=as_bytes(tenant.ionapi("disabled-account")))
    async with running(machine.app()) as person:
        page = await chosen(person, path)
        await person.press("enter")
        await person.until(lambda: isinstance(page.phase, VerifiedNew))
        await person.sees("The new credentials do not work yet, so acme is unchanged.")
        await person.press("enter")
        assert isinstance(page.phase, VerifiedNew)
        await person.press("v")
        await person.until(lambda: isinstance(page.phase, VerifiedNew))
        await person.press("escape")
        await person.until(lambda: isinstance(page.phase, Choosing))
        await person.opens("escape", HomePage)
    assert stored(machine) == {"acme": before}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (client_credentials(tenant="PRACTICE_TST"), "This file cannot be used."),
        (sample(tenant="GLOBEX_PRD"), "This file belongs to another tenant."),
        (None, "The profile already has these keys."),
    ],
    ids=["broken", "other tenant", "same"],
)
async def test_what_cannot_take_their_place_says_why(
    tenant: PracticeTenant, machine: Machine, document: dict[str, object] | None, said: str
) -> None:
    old = tenant.ionapi()
    machine.store_document(old, "acme")
    path = machine.download(content=as_bytes(document or old))
    async with running(machine.app()) as person:
        page = await chosen(person, path)
        await person.sees(said, "Press Esc to go back.")
        await person.press("enter", "v", "o", "z")
        assert isinstance(page.phase, Reviewed)


async def test_nothing_is_sent_to_a_foreign_host_before_yes(machine: Machine) -> None:
    machine.store("ACME_TST")
    path = machine.download(content=as_bytes(sample(iu="https://inforos.acme.example:7443")))
    async with running(machine.app()) as person:
        page = await chosen(person, path)
        await person.press("enter")
        await person.sees("inforos.acme.example", "Yes, send them there")
        await person.opens("escape", RotationPage)
        assert isinstance(page.phase, Reviewed)


async def test_a_store_that_refuses_leaves_the_old_ones_and_the_page(tenant: PracticeTenant, machine: Machine) -> None:
    keyring = TroubledKeyring()
    machine.keyring = keyring
    before = machine.store_document(tenant.ionapi(), "acme")
    path = machine.download(content=as_bytes(tenant.ionapi()))

    def refuse() -> None:
        raise RuntimeError("no mood")

    async with running(machine.app()) as person:
        page = await chosen(person, path)
        await person.press("enter")
        await person.sees("Verified.")
        keyring.troubles = {"set": refuse}
        await person.press("enter")
        await person.sees("no mood")
        assert stored(machine) == {"acme": before}
        keyring.troubles = {}
        await person.press("enter")
        await person.until(lambda: isinstance(page.phase, Done))


async def test_an_app_that_ends_after_the_switch_leaves_both(tenant: PracticeTenant, machine: Machine) -> None:
    old, new = tenant.ionapi(), tenant.ionapi()
    machine.store_document(old, "acme")
    path = machine.download(content=as_bytes(new))
    async with running(machine.app()) as person:
        await switched(person, path)
        person.app.exit()
    assert machine.profiles.recover() == ()
    assert machine.secrets_of("acme") == new
    assert machine.secrets_of("acme-old") == old


async def test_pasted_content_will_do(tenant: PracticeTenant, machine: Machine) -> None:
    machine.store_document(tenant.ionapi(), "acme")
    async with running(machine.app()) as person:
        page = await opened(person)
        await person.paste(as_bytes(tenant.ionapi()).decode())
        await person.until(lambda: isinstance(page.phase, Reviewed))
        await person.sees("Press Enter to verify them.")
