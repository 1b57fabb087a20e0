"""Stopping the app with Ctrl-Z and letting it go on, under a real shell in a real pseudo-terminal."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_ends import assert_given_back
from tests.fixtures.private_keyring import wait_until
from tests.fixtures.program import PROGRAM
from tests.fixtures.terminal import ENTER, Terminal, control

pytestmark = pytest.mark.terminal


@pytest.fixture(params=["Ctrl-Z", "SIGTSTP"])
def window(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A shell's window, in which the app was started, a role ticked, and the app stopped."""
    with Terminal("--norc", "--noediting", "-i", program="/bin/bash", environment={"PS1": "ready> "}) as window:
        window.sees("ready>")
        window.press(f"{PROGRAM}{ENTER}")
        window.sees("Start the guide")
        window.press(ENTER)
        window.sees("[ ] ION Desk Admin", "Space Tick")
        window.press(" ")
        window.sees("[✓] ION Desk Admin")
        if request.param == "Ctrl-Z":
            window.press(control("z"))
        else:
            child = Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text()
            os.kill(int(child), signal.SIGTSTP)
        window.sees("Stopped")
        # The shell has asked before, too.
        window.until(lambda: window.raw.endswith(b"ready> "))
        assert_given_back(window)
        # The emulator has no second screen to go back to.
        window._screen.reset()
        yield window


def test_the_shell_gets_its_terminal_back_and_fg_goes_on_where_it_was(window: Terminal) -> None:
    window.press(f"stty -a{ENTER}")
    window.sees(" echo ", " icanon ", " isig ")
    window._screen.reset()
    window.press(f"fg; echo code=$?{ENTER}")
    window.sees("[✓] ION Desk Admin", "Space Tick")
    window.press(" ")
    window.sees("[ ] ION Desk Admin")
    window.press(control("q"))
    window.sees("code=0")
    assert_given_back(window)


def test_in_the_background_it_stays_stopped_and_draws_nothing(window: Terminal) -> None:
    child = Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text().strip()
    window.press(f"bg{ENTER}")
    window.sees("ready>")
    # It has been woken, and stops again as soon as it wants to draw.
    wait_until(lambda: Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    window.press(f"jobs{ENTER}")
    window.sees("Stopped")
    assert_given_back(window)


def test_kill_reaches_it_when_it_goes_on(window: Terminal) -> None:
    # The shell wakes what it kills: still in the background it may stop once more (128 and SIGSTOP) before it ends.
    window.press(f"kill %1; code=147; while [ $code = 147 ]; do fg; code=$?; done; echo code=$code{ENTER}")
    window.sees("code=143")
    assert_given_back(window)


def test_it_does_not_outlive_its_window(window: Terminal) -> None:
    child = int(Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children").read_text())
    window.process.ptyproc.fileobj.close()  # type: ignore[attr-defined]
    wait_until(lambda: not Path(f"/proc/{child}").exists(), seconds=60)


def test_without_a_shell_to_go_back_to_it_goes_on() -> None:
    with Terminal() as window:
        window.sees("Start the guide")
        window.press(control("z"))
        window.sees("There is no shell to return to")
        window.press(control("q"))
        assert window.ends() == 0
