"""``lend``: the file is there while the command waits, and gone when it ends, however it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import SCRIPT, Cli
from tests.fixtures.windows import press_ctrl_break
from tests.samples import sample_bytes

pytestmark = pytest.mark.keyring


@pytest.fixture
def stored(cli: Cli, downloads: Path, in_private_keyring: object) -> Path:
    """Where the file of a stored profile is lent to; nothing is there."""
    file = downloads / "Doc2Export.ionapi"
    for tenant in ("ACME_TST", "ACME_PRD"):
        file.write_bytes(sample_bytes(tenant=tenant))
        assert cli("import", str(file), "--delete-file").code == 0
    return downloads / "acme-tst.ionapi"


def started(*arguments: str) -> subprocess.Popen[str]:
    command = [SCRIPT, "lend", "acme-tst", "--no-browser", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, "it was never written"
        time.sleep(0.02)


@pytest.mark.posix("signals")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_the_loan(stored: Path, name: str, code: int) -> None:
    process = started("--json")
    wait_for(stored)
    assert json.loads(stored.read_bytes())["ti"] == "ACME_TST"
    process.send_signal(signal.Signals[name])
    out, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert json.loads(out) == {"name": "acme-tst", "file": str(stored), "returned": "deleted"}
    assert "deleted again" in err
    assert not stored.exists()


@pytest.mark.windows("about Ctrl-Break")
def test_ctrl_break_ends_the_loan(stored: Path) -> None:
    command = [sys.executable, "-m", "ionapi_tui", "lend", "acme-tst", "--no-browser", "--json"]
    pipe, own_group = subprocess.PIPE, 0x200
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, stdin=pipe, text=True, creationflags=own_group)
    wait_for(stored)
    press_ctrl_break(process.pid, process.pid)
    assert json.loads(process.communicate(timeout=60)[0])["returned"] == "deleted"
    assert not stored.exists()


def test_the_end_of_the_time_ends_the_loan(stored: Path) -> None:
    process = started("--minutes", "0.001")
    said = " ".join(process.communicate(timeout=60)[1].split())
    assert "It is deleted at " in said
    assert "deleted again" in said
    assert process.returncode == 0
    assert not stored.exists()


@pytest.mark.posix("signals")
def test_what_was_changed_is_left_and_told(stored: Path) -> None:
    process = started()
    wait_for(stored)
    stored.write_text("{}")
    process.send_signal(signal.SIGTERM)
    assert "so it was not deleted" in " ".join(process.communicate(timeout=60)[1].split())
    assert stored.read_text() == "{}"


@pytest.mark.posix("signals")
def test_after_a_crash_the_next_command_takes_it_back(stored: Path, cli: Cli) -> None:
    process = started()
    wait_for(stored)
    process.kill()
    process.communicate(timeout=60)
    assert stored.exists()
    ran = cli("rename", "acme-tst", "acme")
    assert ran.code == 0
    assert f"{stored} was deleted again." in " ".join(ran.err.split())
    assert not stored.exists()


def test_what_is_in_the_way_stays(stored: Path, cli: Cli) -> None:
    stored.write_text("mine")
    ran = cli("lend", "acme-tst", "--no-browser")
    assert ran.code == 2
    assert "already" in ran.err
    assert stored.read_text() == "mine"


def test_production_is_confirmed(stored: Path, cli: Cli) -> None:
    ran = cli("lend", "acme-prd", "--no-browser")
    assert ran.code == 2
    assert "--confirm acme-prd" in ran.err
    ran = cli("lend", "acme-prd", "--no-browser", "--confirm", "acme-prd", "--minutes", "0.001")
    assert ran.code == 0
    assert list(stored.parent.iterdir()) == []


@pytest.mark.parametrize("minutes", ["0", "-1", "x", "nan", "1441"])
def test_a_time_that_is_none_is_wrong_usage(cli: Cli, minutes: str) -> None:
    ran = cli("lend", "acme-tst", "--minutes", minutes)
    assert ran.code == 2
    assert "number of minutes" in ran.err
