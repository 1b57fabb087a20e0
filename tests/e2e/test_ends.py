"""How the program ends: the terminal is given back as it was, and the place in the guide is kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import Desktop
from tests.fixtures.private_keyring import wait_until
from tests.fixtures.program import PROGRAM
from tests.fixtures.terminal import ENTER, WIDE, Terminal, control
from tests.samples import as_bytes, sample

pytestmark = pytest.mark.terminal

ALTERNATE, CURSOR, PASTE, FOCUS = 1049, 25, 2004, 1004
MOUSE = (1000, 1003, 1006, 1015)


def modes(raw: bytes) -> dict[int, bool]:
    """Return the private modes that were switched, as they were left."""
    switched: dict[int, bool] = {}
    for numbers, state in re.findall(rb"\x1b\[\?([\d;]+)([hl])", raw):
        for number in numbers.split(b";"):
            switched[int(number)] = state == b"h"
    return switched


def assert_given_back(window: Terminal) -> None:
    left = modes(window.raw)
    assert left[ALTERNATE] is False, "the alternate screen was left"
    assert left[CURSOR] is True, "the cursor is shown"
    for mode in (PASTE, FOCUS, *MOUSE):
        assert left.get(mode, False) is False, f"mode {mode} is switched off"


def test_ctrl_q_gives_the_terminal_back() -> None:
    with Terminal() as window:
        window.sees("What you will create")
        assert modes(window.raw)[ALTERNATE] is True
        assert modes(window.raw)[PASTE] is True
        window.press(control("q"))
        assert window.ends() == 0
        assert_given_back(window)


@pytest.mark.parametrize("sign", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_and_gives_the_terminal_back(sign: str) -> None:
    with Terminal() as window:
        window.sees("What you will create")
        window.process.kill(signal.Signals[sign])
        assert window.ends() == 128 + signal.Signals[sign]
        assert_given_back(window)


def test_it_ends_when_its_window_is_closed() -> None:
    with Terminal() as window:
        window.sees("What you will create")
        window.process.ptyproc.fileobj.close()  # type: ignore[attr-defined]
        wait_until(lambda: not window.process.isalive())


@pytest.mark.keyring
def test_the_place_and_the_ticks_survive_kill_9(desktop: Desktop) -> None:
    with desktop.open(WIDE) as window:
        window.sees("Start the guide")
        window.press(ENTER)
        window.sees("[ ] ION Desk Admin", "Space Tick")
        window.press(" ")
        window.sees("[✓] ION Desk Admin")
        window.press(ENTER)
        window.sees("Step 1 of 5")
        window.press(ENTER)
        window.sees("Step 2 of 5")
        window.process.kill(signal.SIGKILL)
        assert window.ends() == -signal.SIGKILL
    with desktop.open(WIDE) as window:
        window.sees("Continue Step 2 of 5")
        window.press(ENTER)
        window.sees("Enter a meaningful Name", "✓ 1 Open Authorized Apps", "◐ Prerequisites")
        window.press(control("q"))
        assert window.ends() == 0


def test_a_dumb_terminal_gets_no_escapes() -> None:
    with Terminal(environment={"TERM": "dumb"}) as window:
        window.sees("What do you want to do?")
        window.press(control("d"))
        window.ends()
        assert b"\x1b" not in window.raw


def test_without_a_terminal_there_are_no_escapes_and_no_waiting() -> None:
    done = subprocess.run([PROGRAM], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    assert "What do you want to do?" in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_no_color_is_honoured() -> None:
    with Terminal(environment={"NO_COLOR": "1"}) as window:
        window.sees("What you will create")
        window.press(control("q"))
        window.ends()
    colours = {tuple(map(int, rgb)) for rgb in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", window.raw)}
    assert all(len(set(colour)) == 1 for colour in colours), "only shades of grey"


def test_a_window_made_tiny_and_large_again_is_drawn_again() -> None:
    with Terminal(size=WIDE) as window:
        window.sees("What you will create")
        window._screen.resize(5, 20)
        window.process.setwinsize(5, 20)
        window.sees("too small")
        window._screen.resize(40, 120)
        window.process.setwinsize(40, 120)
        window.sees("What you will create", "Start the guide")
        window.press(control("q"))
        assert window.ends() == 0


def test_a_file_full_of_control_sequences_reaches_the_terminal_as_symbols() -> None:
    hostile = "\x1b]52;c;cHduZWQ=\x07\x1b[31mred\x9b2J\u202ereversed"
    downloads = Path(os.environ["IONAPI_TUI_DOWNLOADS"])
    downloads.mkdir()
    name = "evil\x1b]0;pwned\x07.ionapi"
    (downloads / name).write_bytes(as_bytes(sample(cn=hostile, ti=hostile, ev=hostile, other=hostile)))
    with Terminal(size=WIDE) as window:
        window.sees("Import a file")
        window.press("i")
        window.sees("evil␛]0;pwned␇.ionapi")
        window.press(ENTER)
        window.sees("This file", "␛]52;c;")
        window.press(control("q"))
        window.ends()
    for sequence in (b"\x1b]52", b"\x1b]0;pwned", b"\x1b[31mred", b"\x9b2J", "\u202e".encode()):
        assert sequence not in window.raw
