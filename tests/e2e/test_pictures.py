"""A step's screenshot inside the terminal, where the terminal says that it draws pictures."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.fixtures.program import PROGRAM
from tests.fixtures.terminal import ENTER, WIDE, Terminal

pytestmark = pytest.mark.terminal

NO_SIXELS, SIXELS = b"\x1b[?62;c", b"\x1b[?62;4c"
PICTURE = re.compile(rb"\x1b_G[^;\x1b]*;[A-Za-z0-9+/=]{1000,}")
PLACEHOLDER = "\U0010eeee"
"""What Kitty draws a piece of the picture for."""
AT_ONCE = tuple(map(int, version("textual-image").split(".")[:2])) >= (0, 13)
"""Whether the package asks for graphics and for sixels at once, and in this order."""
KITTYS_GRAPHICS = b"\x1b_Gi=1;OK\x1b\\"


def terminal(*answers: bytes, **environment: str) -> Terminal:
    """Open the app in a terminal that answers what it is asked, in this order.

    The answers lie ready before the questions come: a program waits a tenth of a second for them, and a machine that
    is busy with other tests may not be that quick.
    """
    # The program starts once they are there.
    window = Terminal("-c", f"read go; exec '{PROGRAM}'", program="/bin/sh", size=WIDE, environment=environment)
    window.process.send(b"\n" + b"".join(answers))
    return window


def kitty(number: str) -> Terminal:
    """Open the app in a terminal that answers as this version of Kitty does."""
    name = b"\x1bP>|kitty(%s)\x1b\\" % number.encode()
    asked = (NO_SIXELS, KITTYS_GRAPHICS) if not AT_ONCE else (KITTYS_GRAPHICS, NO_SIXELS)
    return terminal(*asked, name, TERM="xterm-kitty")


def go_to_the_form(window: Terminal) -> None:
    """Go to the second step, whose screenshot is a single one, and ask for it."""
    window.sees("Start the guide")
    for page in ("You need two Infor users", "Step 1 of 5", "Step 2 of 5"):
        window.press(ENTER)
        window.sees(page)
    window.press("p")


def test_kitty_is_sent_the_picture(own_home: Path) -> None:
    with kitty("0.35.2") as window:
        go_to_the_form(window)
        window.until(lambda: PICTURE.search(window.raw))
        window.until(lambda: sum(PLACEHOLDER in line for line in window.screen().splitlines()) > 15)


def test_an_old_kitty_would_draw_boxes_and_is_spared_them(own_home: Path) -> None:
    with kitty("0.26.5") as window:
        go_to_the_form(window)
        window.sees("This terminal cannot show pictures.")
        assert not PICTURE.search(window.raw)


def test_what_a_terminal_answers_besides_is_not_taken_for_keys(own_home: Path) -> None:
    late = (KITTYS_GRAPHICS, NO_SIXELS, b"\x1b[6;20;10t", KITTYS_GRAPHICS)
    with terminal(NO_SIXELS, NO_SIXELS, *late, b"i", TERM="xterm-kitty") as window:
        window.sees("Start the guide")
        window.press(ENTER)
        window.sees("You need two Infor users")


def test_a_terminal_with_sixels_is_sent_them(own_home: Path) -> None:
    with terminal(SIXELS, TERM_PROGRAM="WezTerm") as window:
        go_to_the_form(window)
        window.until(lambda: re.search(rb"\x1bP[0-9;]*q[^\x1b]{1000,}\x1b\\", window.raw))


def test_a_terminal_that_knows_neither_is_not_sent_half_a_picture(own_home: Path) -> None:
    with terminal(NO_SIXELS, TERM_PROGRAM="WezTerm") as window:
        go_to_the_form(window)
        window.sees("This terminal cannot show pictures.")
