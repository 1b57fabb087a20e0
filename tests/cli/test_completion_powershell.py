"""Completion in PowerShell: what its script asks, and what it is answered."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ionapi_tui.cli.completion import _shell_of
from tests.cli.conftest import SCRIPT, Cli, write_registry
from tests.fixtures.powershell import errors_in


def asked(before: list[str], word: str) -> list[str]:
    """Return what the program answers when PowerShell asks how ``word`` may go on."""
    asking = {
        "_IONAPI_TUI_COMPLETE": "powershell_complete",
        "COMP_WORDS": "\n".join(["ionapi-tui", *before]),
        "COMP_CWORD": word,
    }
    done = subprocess.run([SCRIPT], env=os.environ | asking, capture_output=True, check=True)
    assert done.stderr == b""
    return [line for line in done.stdout.decode("utf-8").splitlines() if line]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_script_is_powershell(cli: Cli, language: str) -> None:
    script = cli("--lang", language, "completion", "powershell").out
    assert script.startswith("Register-ArgumentCompleter -Native -CommandName ionapi-tui")
    assert errors_in(script) == []


@pytest.mark.parametrize(
    ("before", "word", "value"),
    [
        ([], "comple", "completion"),
        (["show"], "glo", "globex-dev"),
        (["show"], "'glo", "globex-dev"),
        (["token"], "--js", "--json"),
        (["verify", "acme-prd"], "glo", "globex-dev"),
        (["export", "acme-prd", "--format"], "pow", "powershell"),
    ],
)
def test_values_come_with_an_explanation(own_home: Path, before: list[str], word: str, value: str) -> None:
    write_registry(own_home, "acme-prd", "globex-dev")
    (answer,) = asked(before, word)
    assert answer.split("\t")[0] == value
    assert answer.split("\t")[1]


def test_files_are_left_to_powershell(own_home: Path) -> None:
    assert asked(["check"], "Doc") == []


@pytest.mark.parametrize(
    ("shell", "windows", "name"),
    [("/usr/bin/pwsh", False, "powershell"), ("", True, "powershell"), ("/bin/bash", True, "bash"), ("", False, "")],
)
def test_on_windows_it_is_powershell_unless_another_shell_says_so(shell: str, windows: bool, name: str) -> None:
    assert _shell_of({"SHELL": shell} if shell else {}, windows=windows) == name
