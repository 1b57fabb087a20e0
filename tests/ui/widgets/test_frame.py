"""The bar above a page and the way through the guide say where somebody is and what is open, at every width."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content
from textual.geometry import Size

from ionapi_tui.domain.guide.flow import Stop, Ticks
from ionapi_tui.secret_stores.choose import StoreChoice
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.ui.messages import AppState, StoreInUse
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.frame import Rail, TopBar
from tests.fixtures.fake_keyring import FakeKeyring
from tests.ui.driving import NARROW, running
from tests.ui.machine import KEY, LABEL, Machine

STOPS = (
    Stop("roles", "Prerequisites", Ticks.SOME, "Prerequisites"),
    Stop("1", "1 Open the list", Ticks.ALL, "1"),
    Stop("2", "2 Enter a name and a type", label="2"),
    Stop("import", "Import the file", label="Import"),
)
STORE = StoreInUse(known=True, label="GNOME Keyring", key="k")


class Sized:
    """A part of the frame with a width of the test's choice."""

    def __init__(self, width: int, height: int = 1) -> None:
        self._test_size = Size(width, height)

    @property
    def size(self) -> Size:
        """As a terminal of that width would give it."""
        return self._test_size


class SizedRail(Sized, Rail):
    def __init__(self, width: int, height: int = 1, page: str = "2") -> None:
        Rail.__init__(self)
        Sized.__init__(self, width, height)
        self.set_reactive(Rail.state, AppState(page=page, stops=STOPS))


class SizedBar(Sized, TopBar):
    def __init__(self, width: int, store: StoreInUse = STORE) -> None:
        TopBar.__init__(self)
        Sized.__init__(self, width)
        self.set_reactive(TopBar.title, "Create an ION API file")
        self.set_reactive(TopBar.position, "Step 2 of 5")
        self.set_reactive(TopBar.store, store)


def style_of(drawn: Content, words: str) -> str:
    """Return the styles that ``words`` are drawn in."""
    at = drawn.plain.index(words)
    return " ".join(str(span.style) for span in drawn.spans if span.start <= at < span.end)


def test_one_line_names_every_page_and_the_whole_title_of_the_one_somebody_is_on() -> None:
    assert " ".join(SizedRail(76).render().plain.split()) == "◐ Prerequisites ✓ 1 ▸ 2 Enter a name and a type · Import"
    assert " ".join(SizedRail(30).render().plain.split()) == "◐ Prerequisites ✓ 1 ▸ 2 · Import"


@pytest.mark.parametrize(
    ("width", "height", "shown"), [(76, 1, "▸ 1 Open the list ✓"), (40, 1, "▸ 1 ✓"), (14, 10, "▸ 1 Open th… ✓")]
)
def test_the_page_somebody_is_on_shows_its_tick_as_well(width: int, height: int, shown: str) -> None:
    rail = SizedRail(width, height, page="1")
    drawn = rail.render()
    assert shown in drawn.plain
    assert all(len(line) <= width for line in drawn.plain.splitlines())
    assert "success" in style_of(drawn, "✓")
    if height == 1:
        assert all(drawn.plain[rail.column_of(stop.id)] in "▸◐·" for stop in STOPS)


@pytest.mark.parametrize("height", [1, 10])
def test_where_somebody_is_has_another_colour_than_what_is_open(height: int) -> None:
    drawn = SizedRail(76, height).render()
    here, is_open = style_of(drawn, "▸"), style_of(drawn, "◐")
    assert "primary" in here
    assert "warning" in is_open
    assert "accent" not in here + is_open, "the accent is the amber of what is open"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "ionapi-tui Create an ION API file Step 2 of 5 GNOME Keyring ●"),
        (64, "Create an ION API file Step 2 of 5 GNOME Keyring ●"),
        (45, "Create an ION API file Step 2 of 5 ●"),
        (30, "Create an ION API file ●"),
    ],
)
def test_the_title_is_whole_as_long_as_there_is_anything_else_to_leave_out(width: int, shown: str) -> None:
    drawn = SizedBar(width).render().plain
    assert " ".join(drawn.split()) == shown
    assert len(drawn) < width


def test_a_locked_store_is_said_and_its_dot_is_not_green() -> None:
    locked = SizedBar(80, StoreInUse(known=True, label="GNOME Keyring", key="k", locked=True)).render()
    assert "GNOME Keyring locked ●" in locked.plain
    assert "warning" in style_of(locked, "●")
    assert "success" in style_of(SizedBar(80).render(), "●")


async def test_a_store_that_was_unlocked_meanwhile_is_green_on_the_next_page(machine: Machine) -> None:
    state = {"locked": True}
    store = KeyringStore(FakeKeyring(), KEY, LABEL, locked=lambda: state["locked"])
    machine.store("ACME_TST")
    async with running(machine.app(choose_store=lambda: StoreChoice(store, "Chosen by a test.")), NARROW) as person:
        await person.is_on(HomePage)
        await person.sees(f"{LABEL} locked ●")
        state["locked"] = False
        await person.opens("n", WelcomePage)
        await person.sees(f"{LABEL} ●")


@pytest.mark.parametrize("width", range(40, 100))
def test_the_title_and_the_step_stand_apart(width: int) -> None:
    long = replace(STORE, label="KeePass vault with-a-long-name.kdbx")
    bar = SizedBar(width, long)
    bar.set_reactive(TopBar.title, "ACME_TST: Create an ION API file")
    drawn = bar.render().plain
    assert len(drawn) == width - 1
    before, found, _behind = drawn.partition("Step 2 of 5")
    assert not found or before.endswith("   ")
