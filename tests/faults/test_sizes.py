"""Many profiles, and windows of odd sizes, in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import write_registry
from tests.fixtures.terminal import ENTER, ESCAPE, WIDE, Terminal, control

pytestmark = pytest.mark.terminal

END = "\x1b[F"
TINY = (20, 5)


def resize(window: Terminal, size: tuple[int, int]) -> None:
    """Make the window another size."""
    columns, lines = size
    window._screen.resize(lines, columns)
    window.process.setwinsize(lines, columns)


def test_ten_thousand_profiles_are_listed_found_and_still_there_after_a_tiny_window(own_home: Path) -> None:
    write_registry(own_home, *(f"acme-{number:05}" for number in range(10_000)))
    with Terminal(size=WIDE) as window:
        window.sees("10000 of 10000", "acme-00000")
        window.press(END)
        window.sees("acme-09999")
        resize(window, TINY)
        window.sees("too small")
        resize(window, WIDE)
        window.sees("10000 of 10000", "acme-09999", "/ Find")
        window.press("/")
        window.sees("words of name")
        window.press("acme-04242")
        window.sees("1 of 10000", "acme-04242")
        resize(window, TINY)
        window.sees("too small")
        resize(window, (80, 24))
        window.sees("1 of 10000", "acme-04242")
        window.press(control("q"))
        assert window.ends() == 0


def test_a_window_that_is_tiny_from_the_start_is_said_and_can_be_left() -> None:
    with Terminal(size=TINY) as window:
        window.sees("too small")
        resize(window, WIDE)
        window.sees("What you will create")
        window.press(ENTER)
        window.sees("Prerequisites", "ION Desk Admin")
        resize(window, TINY)
        window.sees("too small")
        window.press(control("q"))
        assert window.ends() == 0


def test_a_dialog_keeps_what_is_typed_in_it_through_a_tiny_window(own_home: Path) -> None:
    write_registry(own_home, "acme-prd", tenant="ACME_PRD")
    with Terminal(size=WIDE) as window:
        window.sees("acme-prd")
        window.press("x")
        window.sees("Remove acme-prd?")
        window.press("acme-p")
        window.sees("acme-p")
        for _time in range(3):
            resize(window, TINY)
            window.rests(0.1)
            resize(window, (80, 24))
            window.sees("Remove acme-prd?", "acme-p")
        window.press(ESCAPE)
        window.loses("Remove acme-prd?")
        window.press(ENTER)
        window.sees("Client ID")
        window.press(control("q"))
        assert window.ends() == 0
