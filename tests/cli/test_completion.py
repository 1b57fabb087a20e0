"""Completion in the real shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import SCRIPT, Cli, write_registry
from tests.fixtures.terminal import kill

pytestmark = pytest.mark.terminal

START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "--interactive"],
}
SET_UP = {
    "bash": 'PS1="ready> "; eval "$(ionapi-tui completion bash)"',
    "zsh": 'PS1="ready> "; autoload -U compinit; compinit -u -D; eval "$(ionapi-tui completion zsh)"',
    "fish": "function fish_prompt; echo 'ready> '; end; ionapi-tui completion fish | source",
}


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, own_home: Path) -> str:
    """A shell that is installed, with two profiles to complete."""
    name: str = request.param
    if shutil.which(name) is None and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {name}")
    write_registry(own_home, "acme-prd", "globex-dev")
    return name


def completed(shell: str, line: str, expected: str) -> None:
    """Type ``line`` and Tab into ``shell``, and wait for ``expected``."""
    path = f"{Path(SCRIPT).parent}:{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "TERM": "xterm", "COLUMNS": "120"}
    terminal = pexpect.spawn(shell, START[shell], env=env, encoding="utf-8", timeout=60, dimensions=(40, 120))
    try:
        terminal.sendline(SET_UP[shell])
        terminal.sendline("echo ready-to''-type")
        terminal.expect_exact("ready-to-type")
        terminal.expect_exact("ready> ")
        terminal.send(f"{line}\t")
        terminal.expect_exact(expected)
    finally:
        kill(terminal)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ionapi-tui comple", "completion"),
        ("ionapi-tui show glo", "globex-dev"),
        ("ionapi-tui token --js", "--json"),
        ("ionapi-tui exec ac", "acme-prd"),
        ("ionapi-tui verify acme-prd glo", "globex-dev"),
        ("ionapi-tui export acme-prd --format kub", "kubernetes"),
    ],
)
def test_tab_completes(shell: str, line: str, expected: str) -> None:
    completed(shell, line, expected)


@pytest.mark.parametrize("command", ["check", "import"])
def test_tab_completes_file_names(shell: str, own_home: Path, command: str) -> None:
    (own_home / "DocBits.ionapi").write_text("{}")
    completed(shell, f"ionapi-tui {command} {own_home}/Doc", "DocBits.ionapi")


def asked(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Return what the program answers when bash asks how ``line`` may go on."""
    words = line.split(" ")
    env = os.environ | {"_IONAPI_TUI_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    return subprocess.run([SCRIPT], env=env | variables, capture_output=True, text=True, check=False)


def test_completing_names_touches_no_keyring_and_no_network(own_home: Path) -> None:
    write_registry(own_home, "acme-prd")
    script = """
import sys
from ionapi_tui.cli import run
try:
    run([])
finally:
    sys.stderr.write(repr({"keyring", "httpx", "textual"} & set(sys.modules)))
"""
    env = os.environ | {
        "_IONAPI_TUI_COMPLETE": "bash_complete",
        "COMP_WORDS": "ionapi-tui token ",
        "COMP_CWORD": "2",
    }
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False)
    assert "acme-prd" in done.stdout
    assert done.stderr == "set()"


def test_a_damaged_list_completes_nothing_and_says_nothing(own_home: Path) -> None:
    write_registry(own_home, "acme-prd")
    (own_home / "ionapi-tui/profiles.json").write_text("{")
    done = asked("ionapi-tui show ")
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_shell_is_guessed_or_has_to_be_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert "complete --no-files --command ionapi-tui" in cli("completion").out
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    ran = cli("completion")
    assert (ran.code, "bash, zsh, fish" in ran.err) == (2, True)
