"""The generated reference says what the program says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from ionapi_tui.cli.root import COMMANDS
from ionapi_tui.domain.findings import Code

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """Compare the pages in ``folder``, in a process of their own: help texts keep the language they were made in."""
    command = [sys.executable, "-m", "tools.references", "--check", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_reference_is_up_to_date() -> None:
    ran = checked(DOCS)
    assert ran.returncode == 0, ran.stderr


def test_a_stale_page_and_a_missing_one_are_found(tmp_path: Path) -> None:
    shutil.copy(DOCS / "commands.md", tmp_path)
    with (tmp_path / "commands.md").open("a") as file:
        file.write("An option that is gone.\n")
    ran = checked(tmp_path)
    assert ran.returncode == 1
    assert [line.split()[0] for line in ran.stderr.splitlines()] == ["commands.md", "findings.md"]


def test_every_command_and_every_code_is_in_it() -> None:
    commands = (DOCS / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"## ionapi-tui {name}\n" not in commands] == []
    findings = (DOCS / "findings.md").read_text("utf-8")
    assert [code for code in Code if f"### {code}\n" not in findings] == []


def test_every_command_has_the_short_and_the_long_option_of_help() -> None:
    commands = (DOCS / "commands.md").read_text("utf-8")
    assert commands.count("\n  -h, --help  ") == commands.count("\nUsage: ")
