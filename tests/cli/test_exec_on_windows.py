"""Programs on Windows: what they find, their exit code, the file they borrow, and Ctrl-Break."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Store
from tests.fixtures.private_keyring import wait_until
from tests.fixtures.windows import press_ctrl_break

pytestmark = [pytest.mark.keyring, pytest.mark.windows("about processes and files of Windows")]

READ_IT = "import os, sys; print(os.environ['IONAPI_FILE'] == sys.argv[1]); print(len(open(sys.argv[1]).read()))"
ITS_READERS = """
import os
from pathlib import Path
from ionapi_tui.base.access import other_readers
file = Path(os.environ["IONAPI_FILE"])
print(other_readers(file), other_readers(file.parent))
"""
UNTIL_INTERRUPTED = """
import os, time
print(os.environ["IONAPI_FILE"], os.getppid(), os.getpid(), sep="|", flush=True)
try:
    while True:
        time.sleep(0.05)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    raise SystemExit(5)
"""
HEEDING_BREAK = "import signal; signal.signal(signal.SIGBREAK, signal.default_int_handler)\n" + UNTIL_INTERRUPTED


@pytest.fixture(autouse=True)
def document(stored: Store, tenant: PracticeTenant) -> dict[str, Any]:
    """A stored profile of the practice tenant."""
    document: dict[str, Any] = tenant.ionapi()
    stored("acme-tst", document)
    return document


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``exec acme-tst`` with ``arguments``."""
    command = [SCRIPT, "exec", "acme-tst", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize("options", [[], ["--with-file"]], ids=["plain", "file"])
def test_the_exit_code_passes_through(options: list[str]) -> None:
    assert run(*options, "--", sys.executable, "-c", "raise SystemExit(77)").returncode == 77


def test_a_batch_file_is_a_program_too(tmp_path: Path) -> None:
    batch = tmp_path / "report one.cmd"
    batch.write_text("@echo off\r\necho %IONAPI_TENANT% %~1\r\nexit /b 3\r\n")
    ran = run("--", str(batch), "two words")
    assert (ran.returncode, ran.stdout.split()) == (3, ["PRACTICE_TST", "two", "words"])


def test_the_file_can_be_read_and_is_gone_afterwards(document: dict[str, Any]) -> None:
    ran = run("--with-file", "--", sys.executable, "-c", READ_IT, "{}")
    same, length = ran.stdout.split()
    assert same == "True"
    assert int(length) >= len(json.dumps(document, separators=(",", ":")))


def test_nobody_else_can_read_the_file() -> None:
    assert run("--with-file", "--", sys.executable, "-c", ITS_READERS).stdout == "() ()\n"


@pytest.mark.parametrize("script", [UNTIL_INTERRUPTED, HEEDING_BREAK], ids=["dies", "heeds it"])
def test_ctrl_break_reaches_the_program_and_the_file_goes(script: str) -> None:
    with subprocess.Popen(
        [SCRIPT, "exec", "acme-tst", "--with-file", "--", sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        creationflags=0x200,  # CREATE_NEW_PROCESS_GROUP: Ctrl-Break can be sent to this program alone.
    ) as process:
        assert process.stdout is not None
        name, *inside = process.stdout.readline().strip().split("|")
        file = Path(name)
        assert file.is_file()
        press_ctrl_break(process.pid, *map(int, inside))
        process.wait(60)
        wait_until(lambda: not file.parent.exists())


def test_the_file_goes_when_the_program_between_is_killed() -> None:
    ends_soon = "import os, sys; print(os.environ['IONAPI_FILE'], flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [SCRIPT, "exec", "acme-tst", "--with-file", "--", sys.executable, "-c", ends_soon],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        file = Path(process.stdout.readline().strip())
        process.kill()
        wait_until(lambda: not file.parent.exists())
