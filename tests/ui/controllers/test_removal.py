"""Removing: asked first, undone for some seconds, carried out when those are over or when somebody leaves."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from tests.fixtures.fake_keyring import TroubledKeyring
from tests.samples import as_bytes, sample
from tests.ui.driving import NARROW, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


def names(machine: Machine) -> list[str]:
    """Return what is stored, as another process sees it."""
    return [profile.name for profile in machine.profiles.profiles()]


async def remove(person: Person) -> None:
    """Remove what is meant on the list, without production."""
    await person.is_on(HomePage)
    await person.press("x")
    await person.until(lambda: person.app.screen.is_modal)
    await person.opens("enter", HomePage)


async def test_u_brings_a_removed_profile_back_with_its_secret(machine: Machine) -> None:
    machine.store("ACME_TST")
    secrets = machine.secrets_of("acme-tst")
    async with running(machine.app(), NARROW) as person:
        await remove(person)
        await person.sees("acme-tst is removed.", "Press u within", "Nothing is stored yet", "u Undo")
        assert names(machine) == ["acme-tst"]
        await person.press("u")
        await person.sees("Restored acme-tst", "1 of 1")
        await person.until(lambda: "u Undo" not in person.text())
    assert machine.secrets_of("acme-tst") == secrets


async def test_what_is_back_is_highlighted(machine: Machine) -> None:
    for tenant in ("ACME_TST", "GLOBEX_DEV", "UMBRELLA_DEV"):
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("down")
        await remove(person)
        await person.sees("globex-dev is removed.", "2 of 2")
        await person.press("home", "u")
        await person.sees("Restored globex-dev", "3 of 3")
        assert "is removed" not in person.text()
        await person.until(lambda: person.app.screen.query_one(ProfileTable).cursor == 1)


async def test_what_is_highlighted_and_stays_because_others_are_marked_is_named(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.services().plan.add([PlannedTenant("ACME_PRD")])
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("space")
        await person.sees("1 marked", "Esc Clear marks")
        await person.press("space")
        await person.is_notified("Only profiles can be marked.")
        await person.press("x")
        await person.sees("Remove acme-tst?", "Only what is marked is removed. ACME_PRD, which is highlighted, stays.")
        await person.opens("escape", HomePage)
        await person.press("escape")
        await person.until(lambda: "marked" not in person.text())


async def test_enter_opens_what_is_listed_again_after_the_list_was_empty(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await remove(person)
        await person.sees("Nothing is stored yet")
        await person.until(lambda: person.app.focused is None)
        await person.press("u")
        await person.sees("1 of 1")
        await person.until(lambda: person.app.focused)
        await person.opens("enter", ProfilePage)


async def test_a_removal_is_carried_out_when_its_seconds_are_over(machine: Machine) -> None:
    machine.undo_seconds = 0.2
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await remove(person)
        await person.until(lambda: not names(machine))
        await person.until(lambda: not person.app.state.undoable)
    assert not machine.keyring.kept  # type: ignore[union-attr]


async def test_leaving_the_app_carries_it_out_at_once(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await remove(person)
        await person.press("ctrl+q")
        await person.until(lambda: not person.app.is_running)
    assert names(machine) == []
    assert not machine.keyring.kept  # type: ignore[union-attr]


async def test_an_app_that_ends_in_any_other_way_keeps_the_profile(machine: Machine) -> None:
    machine.store("ACME_TST")
    secrets = machine.secrets_of("acme-tst")
    async with running(machine.app()) as person:
        await remove(person)
        await person.until(lambda: bool(person.app.state.undoable))
        person.app.exit()
    assert names(machine) == ["acme-tst"]
    assert machine.secrets_of("acme-tst") == secrets
    assert machine.profiles.recover() == ()


async def test_what_was_removed_is_not_in_the_way_of_its_own_file(machine: Machine) -> None:
    document = sample()
    machine.store_document(document, "acme-tst")
    path = machine.download(content=as_bytes(document))
    async with running(machine.app()) as person:
        await remove(person)
        await person.press("i")
        await person.paste(str(path))
        await person.is_on(ReviewPage)
        await person.until(lambda: "Press Enter to store the secrets in" in person.text())
        assert "already stored" not in person.text()
        assert names(machine) == []


async def test_many_are_asked_about_once_with_production_apart_and_its_number_typed(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV", "KEPT_TST", "ZZ_PRD"):
        machine.store(tenant)
    machine.undo_seconds = 60
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("space", "space", "space", "end", "space", "x")
        await person.sees("Remove 4 profiles?", "Production (2): acme-prd, zz-prd", "Others (2): acme-tst, globex-dev")
        await person.sees("2 of them are production. Type 2 to remove all 4 profiles:")
        assert not faults(person.app.screen)
        await person.press("enter")
        await person.sees("Type 2 to remove. Nothing was removed.")
        await person.press("2", "enter")
        await person.sees("4 profiles are removed.", "1 of 1")
        await person.press("u")
        await person.sees("5 of 5")
        assert len(names(machine)) == 5


async def test_esc_leaves_every_one_of_many(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("a", "x")
        await person.sees("acme-prd is production. Type acme-prd to remove all 3 profiles:")
        await person.opens("escape", HomePage)
        await person.sees("3 of 3")
        assert not person.app.state.undoable


async def test_a_second_removal_carries_out_the_first(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.store("GLOBEX_DEV")
    async with running(machine.app()) as person:
        await remove(person)
        await person.until(lambda: len(person.app.state.profiles) == 1)
        await remove(person)
        await person.sees("globex-dev is removed.", "u Undo")
        assert names(machine) == ["globex-dev"]
        await person.press("u")
        await person.sees("Restored globex-dev")
    assert names(machine) == ["globex-dev"]


async def test_a_name_that_another_process_has_given_away_since_is_left_alone(machine: Machine) -> None:
    machine.undo_seconds = 0.5
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await remove(person)
        machine.profiles.remove("acme-tst")
        other = machine.store("ACME_TST")
        await person.until(lambda: not person.app.state.undoable and bool(person.app.state.profiles))
    assert machine.profiles.profiles() == (other,)


async def test_a_store_that_refuses_at_the_end_keeps_the_profile_and_the_app_open(machine: Machine) -> None:
    keyring = TroubledKeyring()
    machine.keyring = keyring
    machine.store("ACME_TST")

    def refuse() -> None:
        raise RuntimeError("no mood")

    async with running(machine.app()) as person:
        await remove(person)
        keyring.troubles = {"delete": refuse}
        await person.press("ctrl+q")
        await person.sees("no mood", "acme-tst")
        table = person.app.screen.query_one(ProfileTable)
        assert [profile.name for profile in table.profiles] == ["acme-tst"]
        keyring.troubles = {}
        await person.press("ctrl+q")
        await person.until(lambda: not person.app.is_running)
    assert names(machine) == ["acme-tst"]


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_there_is_nothing_to_remove_on_an_empty_list(machine: Machine, key: str) -> None:
    app: IonApiApp = machine.app()
    async with running(app) as person:
        await person.opens("ctrl+o", HomePage)
        await person.press(key, "u")
        await person.is_on(HomePage)
