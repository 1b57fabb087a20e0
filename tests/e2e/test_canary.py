"""A secret pasted into the app reaches neither the terminal, nor its clipboard, nor the files of the program."""

from __future__ import annotations

import base64
import re

import pytest

from tests.e2e.conftest import Desktop
from tests.fixtures.leaks import leaking_files
from tests.fixtures.terminal import CTRL_S, ENTER, ESCAPE, control
from tests.samples import MARKER, as_bytes, sample

pytestmark = [pytest.mark.keyring, pytest.mark.terminal]


def copied(raw: bytes) -> list[str]:
    """Return what a program has put into the clipboard of its terminal."""
    return [base64.b64decode(text).decode() for text in re.findall(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]*)", raw)]


def test_no_terminal_and_no_clipboard_gets_a_secret(desktop: Desktop) -> None:
    document = sample()
    with desktop.open() as window:
        window.sees("Start the guide")
        window.press("i")
        window.sees("pasted content")
        window.paste(as_bytes(document).decode())
        window.sees("Enter to store the secrets")
        window.press(CTRL_S)
        window.sees("Stored as acme-tst")
        window.press(ENTER)
        window.sees("Next steps")
        window.press("c")
        window.until(lambda: copied(window.raw))
        window.press(control("o"))
        window.sees("acme-tst", "1 of 1")
        window.press(ENTER)
        window.sees("Client ID")
        window.press("c", "e", "c")
        window.press(ESCAPE)
        window.sees("1 of 1")
        window.press(control("q"))
        assert window.ends() == 0
    assert document["ci"] in copied(window.raw)
    assert MARKER not in "".join(copied(window.raw))
    assert MARKER.encode() not in window.raw
    files = {path.name for path in desktop.program_home.iterdir()}
    assert {"profiles.json", "progress.json"} <= files
    assert leaking_files(desktop.home / "ionapi-tui") == []
