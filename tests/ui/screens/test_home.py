"""The list of what is stored: finding, opening, copying, removing, with keys and with the mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from keyring.errors import KeyringError
from textual.widgets import Input

from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.domain.profile import Checked
from ionapi_tui.ui.dialogs.notes import NotesDialog
from ionapi_tui.ui.screens import home as home_screen
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.widgets import profile_line
from ionapi_tui.ui.widgets.frame import KeyBar
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.machine import LABEL, Machine


async def home(person: Person) -> ProfileTable:
    """Wait for the list and return its table."""
    page = await person.is_on(HomePage)
    return page.query_one(ProfileTable)


async def test_it_lists_what_is_stored_with_the_environment_as_text(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        await home(person)
        await person.sees("3 of 3", "acme-prd PRD Doc2Export", "globex-dev DEV Doc2Export", "not checked")


async def test_an_empty_home_says_what_to_do(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.press("ctrl+o")
        await person.sees("Nothing is stored yet. Press n for the guide, or i to import a file.")
        await person.press("x", "c", "v", "down")
        await person.is_on(HomePage)
        await person.opens("i", ImportPage)


async def test_finding_narrows_the_list_and_esc_brings_everything_back(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app()) as person:
        table = await home(person)
        await person.press("slash")
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("GLOB")
        await person.sees("1 of 3 found")
        assert [profile.name for profile in table.profiles] == ["globex-dev"]
        await person.press("enter")
        await person.until(lambda: person.app.focused is table)
        await person.press("escape")
        await person.sees("3 of 3")


async def test_enter_shows_the_facts_of_the_highlighted_profile(machine: Machine) -> None:
    machine.store("ACME_PRD")
    profile = machine.store("GLOBEX_DEV", region="us2")
    async with running(machine.app(), NARROW) as person:
        await home(person)
        await person.press("down", "enter")
        await person.sees("globex-dev", profile.client_id[:30], "mingle-ionapi.us2", f"Secrets in {LABEL}")
        await person.press("c")
        await person.until(lambda: person.app.clipboard == profile.client_id)
        await person.press("escape")
        await home(person)


async def test_a_test_profile_is_removed_with_one_confirmation_which_says_what_stays(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app(), NARROW) as person:
        await home(person)
        await person.press("x")
        await person.sees("Remove acme-tst?", "remain in Infor", "Service Accounts")
        await person.press("escape")
        await home(person)
        assert machine.profiles.profiles()
        await person.press("x")
        await person.sees("Remove acme-tst?")
        await person.press("enter")
        await person.sees("acme-tst is removed.", "Nothing is stored yet")
        await person.press("ctrl+q")
        await person.until(lambda: not machine.profiles.profiles())
    assert isinstance(machine.keyring, FakeKeyring)
    assert not machine.keyring.kept


async def test_production_is_removed_only_when_its_name_is_typed(machine: Machine) -> None:
    machine.store("ACME_PRD")
    async with running(machine.app(), NARROW) as person:
        await home(person)
        await person.press("delete")
        await person.sees("This is production. Type acme-prd to remove it:")
        await person.press("enter")
        await person.sees("Type acme-prd to remove. Nothing was removed.")
        await person.write("acme-tst")
        await person.press("enter")
        await person.sees("Remove acme-prd?")
        assert machine.profiles.profiles()
        await person.write("acme-prd")
        await person.press("enter")
        await person.sees("acme-prd is removed.")
        await person.press("ctrl+q")
        await person.until(lambda: not machine.profiles.profiles())


async def test_the_dialog_of_a_profile_leads_to_its_removal(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await home(person)
        await person.press("enter")
        await person.sees("Secrets in")
        await person.press("x")
        await person.sees("Remove acme-tst?")
        await person.press("enter")
        await person.sees("acme-tst is removed.")


async def test_a_removal_that_the_store_refuses_is_said_and_the_profile_stays(machine: Machine) -> None:
    keyring = TroubledKeyring()
    machine.keyring = keyring
    machine.undo_seconds = 0.2
    machine.store("ACME_TST")

    def fail() -> None:
        raise KeyringError("no mood")

    keyring.troubles["delete"] = fail
    async with running(machine.app()) as person:
        await home(person)
        await person.press("x")
        await person.sees("Remove acme-tst?")
        await person.press("enter")
        await person.until(lambda: "no mood" in person.text())


async def test_one_click_highlights_and_two_open(machine: Machine) -> None:
    machine.store("ACME_PRD")
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        table = await home(person)
        await person.click(table, (5, 2))
        await person.until(lambda: table.cursor == 1)
        await person.click(table, (5, 1), times=2)
        await person.sees("Secrets in", "acme-prd")


async def test_ten_thousand_profiles_are_listed_and_the_last_one_is_one_key_away(machine: Machine) -> None:
    profile = machine.store("ACME_TST")
    many = tuple(replace(profile, id=f"{number:016x}", name=f"acme-{number}") for number in range(10_000))
    async with running(machine.app()) as person:
        table = await home(person)
        person.app.context.update(profiles=many)
        await person.sees("10000 of 10000")
        await person.until(lambda: table.show_vertical_scrollbar)
        await person.press("end")
        await person.sees("acme-9999")
        await person.press("slash")
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("acme-4242")
        await person.until(lambda: len(table.profiles) == 1)


async def test_words_find_what_contains_them_and_letters_apart_find_nothing(machine: Machine) -> None:
    for tenant in ("PIEDPIPER_TST", "ACME_PRD", "ACME_TST"):
        machine.store(tenant)
    async with running(machine.app()) as person:
        table = await home(person)
        await person.press("end", "slash")
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("prd")
        await person.until(lambda: [one.name for one in table.profiles] == ["acme-prd"])
        await person.write("tst acme")
        await person.until(lambda: [one.name for one in table.profiles] == ["acme-tst"])
        await person.write("atst")
        await person.until(lambda: not table.profiles)


async def test_keys_work_on_what_is_marked_and_listed_and_never_on_what_the_filter_hides(machine: Machine) -> None:
    stored = [machine.store(tenant) for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV", "GLOBEX_TST")]
    async with running(machine.app()) as person:
        table = await home(person)
        await person.press("space", "space", "slash")
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("globex")
        await person.sees("0 marked (+2 hidden), 2 of 4")
        await person.press("enter", "x")
        await person.sees("Remove globex-dev?")
        await person.press("escape")
        await home(person)
        await person.press("space", "c")
        await person.until(lambda: person.app.clipboard == stored[2].client_id)
        await person.press("escape")
        await person.sees("3 marked, 4 of 4")
        await person.until(lambda: person.app.focused is table)
        await person.press("c")
        await person.until(lambda: person.app.clipboard == "\n".join(one.client_id for one in stored[:3]))


@pytest.mark.parametrize("key", ["r", "p", "e"])
async def test_a_key_for_one_profile_works_on_the_marked_one_and_says_so_when_several_are(
    machine: Machine, key: str
) -> None:
    for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app()) as person:
        await home(person)
        await person.press("space", "space", key)
        await person.is_notified("This key works on one profile, and 2 are marked.")
        await person.is_on(HomePage)
        await person.press("escape", "home", "space", key)
        await person.until(lambda: not isinstance(person.app.screen, HomePage) and "acme-prd" in person.text())


async def test_an_empty_board_offers_the_guide_and_nothing_that_needs_a_profile(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        page = await person.opens("ctrl+o", HomePage)
        bar = page.query_one(KeyBar)
        await person.until(lambda: "Start the guide" in {key.words for key in bar.keys})
        assert not {"Find", "Verify", "Verify all"} & {key.words for key in bar.keys}
        await person.opens("enter", PrerequisitesPage)


async def test_s_sorts_by_the_next_column_and_the_heading_says_by_which(machine: Machine) -> None:
    for tenant in ("ACME_TST", "BETA_PRD", "GLOBEX_DEV"):
        machine.store(tenant)
    machine.record_check("globex-dev", Checked("2026-01-01T00:00:00Z", ok=False, headline="no"))
    async with running(machine.app(), NARROW) as person:
        table = await home(person)
        await person.sees("NAME ▾")
        for heading, first in (
            ("TENANT", "acme-tst"),
            ("ENV", "beta-prd"),
            ("APP", "acme-tst"),
            ("AGE", "acme-tst"),
            ("CHECKED", "globex-dev"),
        ):
            await person.press("s")
            await person.sees(f"{heading} ▾")
            assert table.profiles[0].name == first
        await person.press("s")
        await person.sees("NAME ▾")


async def test_the_highlight_stays_on_its_profile_when_the_list_changes(machine: Machine) -> None:
    for tenant in ("ACME_TST", "BETA_PRD", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app()) as person:
        table = await home(person)
        await person.press("down")
        await person.press("s", "s")
        await person.until(lambda: table.profiles[0].name == "beta-prd")
        assert table.current is not None
        assert table.current.name == "beta-prd"


async def test_the_facts_stand_beside_the_table_where_there_is_room(machine: Machine) -> None:
    machine.store("ACME_PRD")
    profile = machine.store("GLOBEX_DEV", region="us2")
    async with running(machine.app(), WIDE) as person:
        await home(person)
        await person.press("down")
        await person.sees("mingle-ionapi.us2", f"Secrets in {LABEL}")
        await person.resize(*NARROW)
        await person.until(lambda: "Secrets in" not in person.text())
        await person.resize(*WIDE)
        await person.sees("Secrets in", profile.gateway.removeprefix("https://")[:20])


async def test_marks_are_counted_kept_while_finding_and_taken_away_with_esc(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "ACME_TST", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        table = await home(person)
        await person.press("space", "space")
        await person.sees("2 marked, 3 of 3", "✓acme-prd", "✓acme-tst")
        await person.press("slash")
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("globex")
        await person.sees("0 marked (+2 hidden), 1 of 3")
        await person.press("escape")
        await person.press("a")
        await person.sees("3 marked, 3 of 3")
        await person.press("a")
        await person.until(lambda: not table.marked)
        await person.press("space")
        await person.sees("1 marked")
        await person.press("escape")
        await person.until(lambda: "marked" not in person.text())


async def test_a_click_at_the_edge_marks(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        table = await home(person)
        await person.click(table, (0, 1))
        await person.sees("1 marked")


async def test_a_note_is_written_on_the_board_and_found_by_the_filter(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "GLOBEX_DEV"):
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        table = await home(person)
        await person.press("down")
        await person.opens("o", NotesDialog)
        await person.sees("Notes about globex-dev")
        await person.press("tab", "tab")
        await person.write("OPS-42")
        await person.press("enter")
        await person.sees("The notes about globex-dev are saved.")
        await person.press("slash")
        await person.write("OPS-42")
        await person.sees("1 of 2")
        assert [profile.name for profile in table.profiles] == ["globex-dev"]


async def test_the_oldest_credentials_come_first_when_the_list_is_sorted_by_age(machine: Machine) -> None:
    for year, tenant in ((2024, "ACME_PRD"), (2022, "GLOBEX_DEV")):
        machine.now = lambda year=year: datetime(year, 1, 1, tzinfo=UTC)  # type: ignore[misc]
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        table = await home(person)
        await person.press("s", "s", "s", "s")
        await person.sees("AGE ▾", " y !")
        assert [profile.name for profile in table.profiles] == ["globex-dev", "acme-prd"]


async def test_the_line_below_a_narrow_list_has_the_tenant_and_the_whole_cause_of_the_highlighted_profile(
    machine: Machine,
) -> None:
    machine.store("ACME_TST")
    machine.store("GLOBEX_DEV")
    cause = "The user docbits does not have the security role IDM-AdvancedUser, which DocBits needs."
    machine.record_check("globex-dev", Checked("2026-01-01T00:00:00Z", ok=False, headline=cause, code="role-missing"))
    async with running(machine.app(), NARROW) as person:
        await home(person)
        await person.sees("✕ role missing", "ACME_TST · Doc2Export")
        await person.press("down")
        await person.sees("GLOBEX_DEV · Doc2Export", f"✕ {cause}")
        await person.resize(*WIDE)
        await person.until(lambda: "GLOBEX_DEV · Doc2Export" not in person.text())


async def test_the_footer_shows_as_many_keys_as_fit_and_always_the_one_that_lists_them(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app(), (200, 24)) as person:
        await home(person)
        await person.sees("n New", "r Rename", "m Compare", "? Keys")
        for width in (160, 120, 80, 60):
            await person.resize(width, 24)
            await person.until(lambda width=width: len(last_line(person)) <= width)  # type: ignore[misc]
            await person.sees("/ Find", "n New", "? Keys")
        assert "Compare" not in last_line(person)


def last_line(person: Person) -> str:
    """Return what the footer says."""
    return person.screen().splitlines()[-1]


async def test_moments_grow_older_while_nobody_presses_a_key(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.store()
    machine.record_check("acme-tst", Checked("2026-01-01T00:00:00Z", ok=True))
    now = [datetime(2026, 1, 1, 0, 5, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now[0]

    monkeypatch.setattr(profile_line, "datetime", Clock)
    monkeypatch.setattr(home_screen, "_SECONDS_BETWEEN_AGES", 0.05)
    async with running(machine.app(), WIDE) as person:
        await person.sees("● 5 minutes ago")
        now[0] += timedelta(hours=2)
        await person.sees("● 2 hours ago")


async def test_the_highlight_stays_on_its_line_when_another_comes_in_above(machine: Machine) -> None:
    machine.services().plan.add([PlannedTenant(f"{name}_TST") for name in ("GAMMA", "ALPHA", "BETA")])
    async with running(machine.app(), WIDE) as person:
        table = await home(person)
        await person.press("end")
        await person.until(lambda: table.current_planned and table.current_planned.planned.tenant == "GAMMA_TST")
        machine.store("OTHER_TST")
        person.app.context.reload_profiles()
        await person.sees("other-tst")
        assert table.current_planned is not None
        assert table.current_planned.planned.tenant == "GAMMA_TST"
        machine.services().plan.add([PlannedTenant("DELTA_TST")])
        person.app.context.reload_plan()
        await person.sees("DELTA_TST")
        assert table.current_planned.planned.tenant == "GAMMA_TST"


async def test_finding_nothing_says_so_and_esc_lists_everything_again(machine: Machine) -> None:
    machine.store()
    async with running(machine.app(), NARROW) as person:
        await home(person)
        await person.press("slash")
        await person.sees("Enter To the list", "Esc List everything")
        await person.press(*"nowhere")
        await person.sees("Nothing here has these words.")
        await person.press("escape")
        await person.sees("acme-tst")
