"""The app in every language: switched by a key, and nothing cut off in a small window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ionapi_tui.base import language
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.secret_stores.vault.vault import Vault
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.page import Page, WizardPage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.small_guide import SmallGuidePage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.widgets.frame import KeyBar
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from tests.samples import MARKER
from tests.ui.driving import NARROW, Person, running
from tests.ui.machine import Machine
from tests.ui.reviewing import reviewed
from tests.ui.walking import aftermaths, everything, furnish

ENGLISH = ("the", "you", "your", "press", "this", "is", "and", "of")
"""Words that no sentence does without, and that no other language has."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the process speaking English."""
    yield
    language.use("en", None)


@pytest.mark.parametrize("code", language.known())
async def test_every_page_speaks_one_language_and_cuts_no_key_off_at_eighty_columns(
    code: str, machine: Machine
) -> None:
    language.load(code, language.folder())
    cut, foreign, lost, signs = [], [], [], []
    with PracticeTenant(secret_marker=MARKER) as tenant:
        async with running(furnish(machine).app(), NARROW) as person:
            for walk in (everything(person, machine), aftermaths(person, machine, tenant)):
                async for place in walk:
                    bar = person.app.screen.query_one(KeyBar)
                    if bar.render().cell_length > bar.size.width:
                        cut.append((place, str(bar.render())))
                    if any(key.shown == "?" for key in bar.keys) and " ? " not in bar.render().plain:
                        lost.append((place, str(bar.render())))
                    if set("⏎⇧⇥⌫") & set(person.text()) or "^" in bar.render().plain:
                        signs.append((place, str(bar.render())))
                    words = person.text().casefold().split()
                    foreign += [(place, word) for word in ENGLISH if word in words and code != "en"]
    assert cut == []
    assert foreign == []
    assert lost == [], "the key that lists all keys is always in the footer, except where letters are typed"
    assert signs == [], "keys are written out"


async def test_a_key_switches_the_language_at_once_and_back(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        page = await person.goes_to("2", StepPage)
        await person.sees("Step 2 of 5", "Enter a name and a type", "Enter Next")
        await person.press("ctrl+l")
        await person.sees("Schritt 2 von 5", "Name und Typ eingeben", "Enter Weiter", "? Tasten", "Back-End-Dienst")
        await person.press("enter")
        await person.sees("Schritt 3 von 5")
        await person.press("ctrl+l")
        await person.sees("Step 3 of 5", "next to Secret")
        await person.press("alt+left")
        assert await person.is_on(StepPage) is page
        await person.sees("Step 2 of 5", "Enter Next", "? Keys")


async def test_ticks_and_place_stay_when_the_language_changes(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        await person.until(lambda: person.app.focused is not None)
        await person.press("space")
        await person.until(lambda: person.screen().count("[✓]") == 1)
        await person.press("ctrl+l")
        await person.sees("Sie brauchen zwei Infor-Benutzer", "Voraussetzungen")
        await person.until(lambda: person.screen().count("[✓]") == 1)


async def test_what_stands_above_the_pages_keeps_its_language_and_what_was_typed(machine: Machine) -> None:
    async with running(furnish(machine).app()) as person:
        await person.goes_to("import", WizardPage)
        await person.until(lambda: "Good.ionapi" in person.text())
        await person.paste(str(machine.downloads / "Good.ionapi"))
        await reviewed(person)
        await person.write("my-name")
        assert "ctrl+l" not in {key.key for key in person.app.screen.query_one(KeyBar).keys}
        await person.press("ctrl+l")
        await person.sees("Press Esc first; then the language can be changed.", "my-name")


async def test_the_second_guide_numbers_its_steps_as_the_first_one_does(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("next-steps", WizardPage)
        await person.opens("g", SmallGuidePage)
        await person.sees("▸ Prerequisites · 1 · 2 · 3 · 4 · Next steps")
        await person.press("enter", "enter")
        await person.sees("✓ Prerequisites ✓ 1 ▸ 2")


async def test_the_second_guide_is_played_and_its_ticks_are_kept(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("next-steps", WizardPage)
        page = await person.opens("g", SmallGuidePage)
        await person.sees("Give the file to DocBits", "Infor IDM + ION BOD: the .ionapi file, the IDM mapping")
        await person.press("enter")
        await person.sees("Step 1 of 4", "Open the exports")
        await person.press("enter")
        await person.sees("Step 2 of 4", "✓ 1 Open the exports")
        await person.press("shift+tab")
        await person.sees("Step 1 of 4")
        assert "docbits/1" in page.state.done
        await person.press("space")
        await person.until(lambda: "docbits/1" not in page.state.done)
        await person.press("escape")
        await person.is_on(NextStepsPage)


async def test_h_writes_the_page_for_somebody_else_to_the_downloads_folder(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        await person.until(lambda: person.app.focused is not None)
        await person.press("h")
        await person.sees("Only the customer is")
        await person.press("enter")
        await person.sees("Enter the customer that the page is for.")
        await person.write("Acme GmbH")
        await person.press("tab")
        await person.write("ACME_TST")
        await person.press("enter")
        path = machine.downloads / "ion-api-file-acme-gmbh-acme-tst.html"
        await person.until(path.exists)
        await person.sees("The page is ready", "There is nothing secret in it.")
    assert "ACME_TST" in path.read_text("utf-8")
    assert machine.opened == [path.as_uri()]


@pytest.mark.parametrize("code", language.known())
async def test_each_key_has_a_line_of_its_own_in_a_small_terminal(machine: Machine, code: str) -> None:
    language.load(code, language.folder())
    machine.store("ACME_TST")
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("home", Page)
        await person.press("question_mark")
        dialog = await person.is_on(Reading)
        content = dialog.query_one(".content")
        await person.until(lambda: content.size.height > 0)
        assert content.max_scroll_y == 0, person.screen()


async def test_another_language_keeps_the_highlight_and_calls_the_vault_by_its_name_there(machine: Machine) -> None:
    for tenant in ("ACME_PRD", "ACME_TST"):
        machine.store(tenant)
    async with running(machine.app(), NARROW) as person:
        await person.is_on(HomePage)
        await person.press("down")
        await person.until(lambda: highlighted(person) == "acme-tst")
        await person.press("ctrl+l")
        await person.sees("Profile")
        await person.until(lambda: language.current() == "de" and highlighted(person) == "acme-tst")
    vault = Vault(machine.home / "vault.kdbx")
    assert vault.label == "KeePass-Tresor vault.kdbx"
    language.use("en", None)
    assert vault.label == "KeePass vault vault.kdbx"


def highlighted(person: Person) -> str:
    """Return the name of the highlighted profile; empty while there is none."""
    return next((one.current.name for one in person.app.screen.query(ProfileTable) if one.current), "")
