"""A second language changes every page: no sentence of ours is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from textual.widgets import Static

from ionapi_tui.base import language
from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import load
from ionapi_tui.domain.guide.flow import order, role_ticks
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.widgets.controls import Drawn
from tests.samples import as_bytes, client_credentials
from tests.ui.driving import NARROW, Person, running
from tests.ui.machine import LABEL, NO_STORE, Machine
from tests.ui.reviewing import reviewed

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = str.maketrans(_PLAIN, "áƀćďéƒğħíĵķĺɱńóƥɋŕśťúʋŵӿýžÁƁĆĎÉƑĞĤÍĴĶĹḾŃÓƤɊŔŚŤÚƲŴӾÝŽ")

INFORS = {
    *("Infor", "ION", "API", "InforOS", "OS", "DocBits", "IDM", "Authorized", "Apps", "Doc2Export", "PartnerPortal"),
    *("Dashboard", "Available", "APIs", "Web", "Backend", "Service", "Name", "Description", "Grant", "Type"),
    *("Password", "Credentials", "Issue", "Refresh", "Tokens", "Client", "ID", "Secret", "ACME_TST"),
    *("Download", "Create", "Account", "User", "CANCEL", "DOWNLOAD", "Test", "Keyring"),
    *(part for role in role_ticks(load(assets(), "en")) for part in role.partition("/")[2].split("-")),
    *("authorization", "token"),
}
"""Words of Infor's screens and roles, values of the sample files, and what the tests themselves put in."""

SNIPPET = re.findall(
    r"\w+", "Python httpx import with as in client infor answer get entities raise_for_status print json datamodel"
)
"""Words of the example of use that a profile shows."""


def accented(sentence: str) -> str:
    """Return ``sentence`` as it might look in another language; what is in braces stays."""
    return "".join(
        part if part.startswith("{") else part.translate(_ACCENTED) for part in re.split(r"(\{\w*\})", sentence)
    )


class Pseudo(NullTranslations):
    """A language in which every letter has an accent."""

    def gettext(self, message: str) -> str:
        return accented(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return accented(msgid1 if n == 1 else msgid2)


def pseudo_guide(markdown: str) -> str:
    """Return a guide in that language; code, addresses and what the parser reads stay as they are."""
    kept = re.compile(
        r"(`[^`]*`|\]\([^)]*\)|^\{[^}]*\}|^:::.*|^(?:id|language|steps|minutes|documentation):.*)", re.MULTILINE
    )
    parts = kept.split(markdown)
    parts[::2] = [re.sub(r"^title: ", "%%", part, flags=re.MULTILINE) for part in parts[::2]]
    parts[::2] = [part.translate(_ACCENTED).replace("%%", "title: ") for part in parts[::2]]
    return "".join(parts).replace("language: en", "language: xx")


@pytest.fixture
def foreign(machine: Machine, tmp_path: Path) -> Iterator[Machine]:
    """A machine whose user speaks the language, with a guide in it."""
    folder = tmp_path / "assets" / "guide" / "xx"
    folder.mkdir(parents=True)
    english = assets() / "guide" / "en" / "export-to-infor.md"
    (folder / english.name).write_text(pseudo_guide(english.read_text("utf-8")), "utf-8")
    machine.assets = tmp_path / "assets"
    language.use("xx", Pseudo())
    yield machine
    language.use("en", None)


def english_left(person: Person, *also: str) -> list[str]:
    """Return the English words on the screen that are neither Infor's, nor names, nor keys."""
    parts = (part for screen in person.app.screen_stack for part in screen.query(Drawn))
    drawn = {word for part in parts for word in re.findall(r"[A-Za-z]+", str(part.content))}
    text = re.sub(r"(?:/|~/|https?://)\S*|\S*\.(?:ionapi|com|example)\S*|\S*_\S*|ionapi-tui", " ", person.text())
    words = re.findall(r"(?<![\w^-])[A-Za-z]{2,}(?![\w-])", text)
    allowed = INFORS | drawn | {"esc", "space", "alt", *also}
    return [word for word in words if word not in allowed]


PAGES = (*order(load(assets(), "en")), "home")


async def test_every_page_speaks_it(foreign: Machine) -> None:
    async with running(foreign.app()) as person:
        for page in PAGES:
            await person.goes_to(page, Page)
            await person.until(lambda: "é" in person.text() and not english_left(person))


async def test_every_help_and_list_of_keys_speaks_it(foreign: Machine) -> None:
    async with running(foreign.app()) as person:
        for page in ("home", "welcome", "prerequisites", "2", "import", "next-steps"):
            await person.goes_to(page, Page)
            for key in ("f1", "question_mark"):
                await person.press(key)
                await person.until(lambda: person.app.screen.is_modal)
                await person.until(lambda: not english_left(person))
                await person.press("escape")
                await person.until(lambda: not person.app.screen.is_modal)


async def test_findings_fields_and_the_bar_that_stores_speak_it(foreign: Machine) -> None:
    foreign.download(content=as_bytes(client_credentials()))
    foreign.download("good.ionapi")
    async with running(foreign.app(), (120, 50)) as person:
        await person.goes_to("import", ImportPage)
        await person.paste(str(foreign.downloads / "Doc2Export.ionapi"))
        await reviewed(person)
        await person.until(lambda: not english_left(person))
        await person.opens("escape", ImportPage)
        await person.paste(str(foreign.downloads / "good.ionapi"))
        await reviewed(person)
        await person.until(lambda: not english_left(person, "acme-tst"))
        await person.press("ctrl+s")
        await person.sees(accented("Stored as {name} in {store}").format(name="acme-tst", store=LABEL))
        await person.until(lambda: not english_left(person))
        await person.press("d")
        await person.until(lambda: person.app.screen.is_modal)
        await person.until(lambda: not english_left(person))


async def test_dialogs_and_notices_speak_it(foreign: Machine) -> None:
    foreign.opens = False
    profile = foreign.store("ACME_PRD")
    # Where it is narrow no half of a client id or address looks out from behind a dialog.
    async with running(foreign.app(), NARROW) as person:
        home = await person.goes_to("home", HomePage)
        person.app.context.update(profiles=(profile,))
        for key in ("enter", "x"):
            await person.press(key)
            await person.until(lambda: person.app.screen is not home)
            await person.until(lambda: not english_left(person, "ACME", "PRD", *SNIPPET))
            await person.opens("escape", HomePage)
        await person.goes_to("2", StepPage)
        for key in ("p", "c"):
            await person.press(key)
            await person.until(lambda: not english_left(person))
        await person.press("s")
        await person.until(lambda: person.app.screen.is_modal)
        said = [str(part.content) for part in person.app.screen.query(Static) if not part.has_class("address")]
        assert not re.search("[A-Za-z]", "".join(said)), "only the paths and the address stay"


async def test_without_a_store_the_reason_is_all_that_stays_as_it_was_given(foreign: Machine) -> None:
    foreign.keyring = None
    async with running(foreign.app()) as person:
        await person.until(lambda: NO_STORE in person.text())
        await person.until(lambda: not english_left(person, *re.findall(r"\w+", NO_STORE)))


async def test_a_window_too_small_speaks_it(foreign: Machine) -> None:
    async with running(foreign.app(), (40, 10)) as person:
        await person.until(lambda: person.text() and not english_left(person))
        assert "40" not in person.text()
