"""Language and colours are remembered for the next start, and the palette finds them by the words people look for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.command import CommandList, CommandPalette
from textual.widgets import Input

from ionapi_tui.base import language
from ionapi_tui.profile_store.appearance import Appearance
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.styling import CONTRAST, DARK, LIGHT
from ionapi_tui.usecases.appearance import use_remembered_language
from tests.ui.driving import NARROW, Person, running
from tests.ui.machine import Machine


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    """Leave the process as it was."""
    yield
    language.use("en", None)


async def choose(person: Person, words: str, entry: str) -> None:
    """Open the palette, type ``words``, and choose ``entry``, which is the first that they find."""

    def is_first() -> bool:
        found = person.app.screen.query_one(CommandList)
        if found.highlighted is None or any("gather" in worker.group for worker in person.app.workers):
            return False
        return str(found.get_option_at_index(found.highlighted).prompt).startswith(entry)

    palette = await person.opens("ctrl+p", CommandPalette)
    await person.until(lambda: isinstance(person.app.focused, Input))
    await person.press(*(character if character != " " else "space" for character in words))
    await person.until(lambda: palette.query_one(Input).value == words and is_first())
    await person.press("enter")


async def test_the_colours_are_those_of_the_last_run(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        assert person.app.theme == DARK.name
        await person.press("ctrl+t")
        await person.until(lambda: person.app.theme == LIGHT.name)
    async with running(machine.app(), NARROW) as person:
        await person.is_on(WelcomePage)
        assert person.app.theme == LIGHT.name
    assert machine.services().appearance.load() == Appearance(theme=LIGHT.name)


async def test_the_language_is_that_of_the_last_run(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.press("ctrl+l")
        await person.sees("Eine Datei importieren")
    language.use("en", None)
    use_remembered_language(machine.services())
    assert language.current() == "de"


def test_colours_and_languages_of_a_newer_version_are_the_usual_ones(machine: Machine) -> None:
    machine.services().appearance.save(Appearance("xx", "from-the-future"))
    use_remembered_language(machine.services())
    assert language.current() == "en"
    assert machine.app().theme == DARK.name


@pytest.mark.parametrize("words", ["theme", "colour", "color", "settings high contrast"])
async def test_the_palette_finds_the_colours(machine: Machine, words: str) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.is_on(WelcomePage)
        if "contrast" in words:
            await choose(person, words, "Settings: colours (theme) high contrast")
            await person.until(lambda: person.app.theme == CONTRAST.name)
            assert machine.services().appearance.load().theme == CONTRAST.name
        else:
            await choose(person, words, "Settings: colours (theme) dark")


async def test_the_palette_finds_the_language_and_its_reset(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    async with running(machine.app(), NARROW) as person:
        await person.press("ctrl+t")
        await person.until(lambda: person.app.theme == LIGHT.name)
        await choose(person, "language deutsch", "Settings: language Deutsch")
        await person.sees("Eine Datei importieren")
        assert machine.services().appearance.load() == Appearance("de", LIGHT.name)
        await choose(person, "zurücksetzen", "Einstellungen: Sprache und Farben")
        await person.sees("Import a file")
        await person.until(lambda: person.app.theme == DARK.name)
    assert machine.services().appearance.load() == Appearance()


async def test_the_palette_finds_the_password_store_among_the_settings(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await choose(person, "settings password", "Settings: password store")
        await person.is_on(StorePage)


async def test_a_choice_that_cannot_be_saved_still_holds_for_this_run(machine: Machine) -> None:
    machine.paths.appearance.mkdir(parents=True)
    async with running(machine.app(), NARROW) as person:
        await person.press("ctrl+t")
        await person.until(lambda: person.app.theme == LIGHT.name)
        await person.is_notified("cannot be saved")


async def test_the_palette_says_in_the_language_in_use_that_nothing_was_found(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.press("ctrl+l")
        await person.sees("Eine Datei importieren")
        await person.opens("ctrl+p", CommandPalette)
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.press(*"xyzq")
        await person.sees("Es wurde nichts gefunden.")
