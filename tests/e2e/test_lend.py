"""A file on loan in the real program: gone after every end of it, or else at the next start."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Desktop
from tests.fixtures.private_keyring import wait_until
from tests.fixtures.terminal import ENTER, WIDE, Terminal, control
from tests.samples import sample_bytes

pytestmark = [pytest.mark.terminal, pytest.mark.keyring]


@pytest.fixture
def path(desktop: Desktop) -> Path:
    """Where the file of the only profile is lent to; nothing is there."""
    downloaded = desktop.download("Doc2Export.ionapi", sample_bytes(tenant="ACME_TST"))
    with desktop.open(WIDE) as window:
        window.sees("Start the guide")
        window.press("i")
        window.sees("Doc2Export.ionapi just now")
        window.press(ENTER)
        window.sees("Store only")
        window.press(control("s"))
        window.sees("read back and compared")
        window.press(control("q"))
        window.ends()
    downloaded.unlink()
    return desktop.downloads / "acme-tst.ionapi"


def lend(window: Terminal, path: Path) -> None:
    """Lend the file of the only profile."""
    window.sees("acme-tst")
    window.press(ENTER)
    # The list says where the secrets are, too.
    window.sees("Findings of the last verification")
    window.press("l")
    window.sees("is ready for the upload")
    wait_until(path.exists)
    assert json.loads(path.read_bytes())["ti"] == "ACME_TST"


def test_it_is_gone_after_leaving_and_after_every_signal(desktop: Desktop, path: Path) -> None:
    for end in ("", "SIGTERM", "SIGHUP"):
        with desktop.open(WIDE, BROWSER="true") as window:
            lend(window, path)
            if end:
                window.process.kill(signal.Signals[end])
            else:
                window.press(control("q"))
            assert window.ends() == (128 + signal.Signals[end] if end else 0)
            assert b"deleted again" in window.raw
        assert list(desktop.downloads.iterdir()) == []


def test_it_is_gone_after_the_next_start_when_the_program_was_killed(desktop: Desktop, path: Path) -> None:
    with desktop.open(WIDE, BROWSER="true") as window:
        lend(window, path)
        window.process.kill(signal.SIGKILL)
        window.ends()
    assert path.exists()
    with desktop.open(WIDE) as window:
        window.sees("deleted again")
        assert list(desktop.downloads.iterdir()) == []
        window.press(control("q"))
        window.ends()
