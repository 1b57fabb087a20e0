"""Everything that is drawn can be read: WCAG's AA, on every page in every theme."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from textual.color import Color
from textual.theme import Theme

from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.styling import CONTRAST, THEMES
from tests.ui.driving import WIDE, Person, running
from tests.ui.machine import Machine
from tests.ui.walking import everything, furnish, settled

AA, AAA = 4.5, 7.0
"""The contrast that text needs at least; the theme for high contrast keeps to the higher one."""
_FRAMES = frozenset("─│╭╮╰╯━▌▐▔▁▏▎▕█▊▉▆▅▄▃▂▇▀┃▍▋")
"""Lines and bars; what they show is also said in words."""


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_text_stands_out_from_what_is_behind_it(machine: Machine, theme: Theme) -> None:
    least = AAA if theme is CONTRAST else AA
    async with running(furnish(machine).app(), WIDE) as person:
        # A walk for each theme: to change the theme of a page costs more than to open the page.
        person.app.theme = theme.name
        weak = set()
        async for place in everything(person, machine):
            weak |= {(place, *pair) for pair in drawn(person) if contrast(*pair) < least}
        assert sorted(weak) == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_marks_the_focus_stands_out(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    for behind in ("background", "surface"):
        for mark in ("primary", "accent", "success", "warning", "error"):
            assert contrast(colours[mark], colours[behind]) >= 3, (mark, behind)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_badges_of_environments_can_be_read(theme: Theme) -> None:
    for name, colour in theme.variables.items():
        if name.startswith("environment-"):
            assert contrast(theme.variables["on-environment"], colour) >= AA, name


def drawn(person: Person) -> Iterator[tuple[str, str]]:
    """Yield the colours of every piece of text on the screen, its own and the one behind it.

    What lies dimmed behind a dialog cannot be used, and need not be read.
    """
    screen = person.app.screen
    region = screen.query_one(".dialog").region if isinstance(screen, Dialog) else screen.region
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        for segment in strip.crop(region.x, region.right):
            style = segment.style
            if style is None or style.color is None or style.bgcolor is None or not set(segment.text) - _FRAMES - {" "}:
                continue
            front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
            yield (back.hex, front.hex) if style.reverse else (front.hex, back.hex)


def contrast(front: str, back: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((luminance(front), luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    parts = Color.parse(colour).normalized
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_without_colours_everything_is_grey(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(furnish(machine).app(), WIDE) as person:
        await settled(person)
        shades = {Color.parse(colour) for pair in drawn(person) for colour in pair}
    assert shades
    assert all(shade.r == shade.g == shade.b for shade in shades)


def test_motion_can_be_switched_off() -> None:
    asked = "from textual.app import App; from ionapi_tui.ui.app import IonApiApp; print(App().animation_level)"
    environment = os.environ | {"TEXTUAL_ANIMATIONS": "none"}
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "none\n"
