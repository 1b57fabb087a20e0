"""The installed program in a real terminal with a real keyring, from an empty home to stored secrets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import load
from ionapi_tui.secret_stores.keyring_store import USER
from tests.e2e.conftest import Desktop
from tests.fixtures.leaks import leaking_files
from tests.fixtures.terminal import CTRL_S, DOWN, ENTER, Terminal, control
from tests.samples import MARKER, as_bytes, cloud11

pytestmark = [pytest.mark.terminal, pytest.mark.keyring]

READ_BACK = """
import json, sys
import keyring
profile = json.load(open(sys.argv[1]))["profiles"][0]
secret = json.loads(keyring.get_password("ionapi-tui:" + profile["id"], sys.argv[2]))
given = json.load(open(sys.argv[3]))
print(sorted(key for key in ("cs", "saak", "sask") if secret[key] == given[key]))
"""


def walk(window: Terminal) -> None:
    """Tick all six roles and all five steps, down to the page that waits for the file."""
    window.sees("What you will create", "Start the guide")
    window.press(ENTER)
    window.sees("The administrator who creates the file", "[ ] ION Desk Admin", "Space Tick")
    for _role in range(6):
        window.press(" ", DOWN)
    window.press(ENTER)
    for step in load(assets(), "en").steps:
        window.sees(f"Step {step.id} of 5", step.title)
        window.press(ENTER)
    window.sees("Choose the file", "Waiting for an .ionapi file")


def secrets_read_by_another_process(desktop: Desktop, file: Path) -> str:
    """Return which secrets a new process finds equal in the keyring, through python-keyring alone."""
    registry = desktop.program_home / "profiles.json"
    environment = {name: value for name, value in desktop.environment.items() if name != "PYTHON_KEYRING_BACKEND"}
    command = [sys.executable, "-c", READ_BACK, str(registry), USER, str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_beginner_goes_from_an_empty_home_to_secrets_in_the_keyring(desktop: Desktop) -> None:
    desktop.downloads.mkdir()
    document = cloud11()
    with desktop.open() as window:
        walk(window)
        file = desktop.download("Doc2Export.ionapi", as_bytes(document))
        window.sees("Doc2Export.ionapi just now new")
        window.press(ENTER)
        window.sees("can be stored", "ACME_TST", "••••••••", "Press Enter to store the secrets in")
        window.press(CTRL_S)
        window.sees("Stored as acme-tst in", "read back and compared")
        window.press(ENTER)
        window.sees("Give the file to DocBits", "Stored: acme-tst")
        window.press(control("q"))
        assert window.ends() == 0

    (progress,) = json.loads((desktop.program_home / "progress.json").read_text())["guides"]
    assert progress["tenant"] == "ACME_TST"
    assert len([tick for tick in progress["done"] if "/" in tick]) == 6
    assert {"1", "2", "3", "4", "5", "import"} <= set(progress["done"])
    assert secrets_read_by_another_process(desktop, file) == "['cs', 'saak', 'sask']"
    assert leaking_files(desktop.home) == []
    assert [path.name for path in desktop.downloads.iterdir()] == [file.name]
    assert MARKER.encode() in file.read_bytes(), "the search would have found it"

    with desktop.open() as window:
        window.sees("Profiles", "acme-tst TST Doc2Export", "ACME_TST · Doc2Export")
        window.press(control("q"))
        assert window.ends() == 0


def test_deleting_the_downloaded_file_leaves_no_plaintext_at_all(desktop: Desktop) -> None:
    file = desktop.download("Doc2Export.ionapi", as_bytes(cloud11()))
    kept = desktop.home / "practice" / "copy.json"
    kept.parent.mkdir()
    kept.write_bytes(file.read_bytes())
    with desktop.open() as window:
        window.sees("Import a file")
        window.press("i")
        window.sees("Doc2Export.ionapi just now")
        window.press(ENTER)
        window.sees("Press Enter to store the secrets in")
        window.press(control("s"))
        window.sees("still holds the secrets in plain text")
        window.press("d")
        window.sees("Delete the downloaded file?", "backups", "recycle bin")
        window.press("d")
        window.sees("The downloaded file is deleted.")
        window.press(control("q"))
        assert window.ends() == 0
    assert secrets_read_by_another_process(desktop, kept) == "['cs', 'saak', 'sask']"
    kept.unlink()
    assert list(desktop.downloads.iterdir()) == []
    everything = [path for path in desktop.home.rglob("*") if path.is_file()]
    assert everything
    assert [path for path in everything if MARKER.encode() in path.read_bytes()] == []
