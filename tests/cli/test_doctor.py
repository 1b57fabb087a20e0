"""``doctor`` looks at everything and tells nothing that is private."""

from __future__ import annotations

from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import SCRIPT, Cli
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.samples import sample_bytes

IDS = [
    *("software", "folder", "lock", "registry", "plan", "store", "round-trip"),
    *("stores", "addresses", "terminal", "proxy", "trust", "clock"),
]


@pytest.mark.posix("Windows has its store")
def test_without_a_store_it_is_an_error_and_every_layer_is_looked_at(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    ran = cli("doctor", "--json")
    assert ran.code == 1
    assert [probe["id"] for probe in ran.json["probes"]] == IDS
    assert ran.json["ok"] is False
    assert {probe["id"] for probe in ran.json["probes"] if probe["status"] == "error"} == {"store"}
    assert all(set(probe) == {"id", "title", "status", "detail", "fix"} for probe in ran.json["probes"])
    assert "use vault" in cli("doctor").out


@pytest.mark.keyring
def test_a_report_may_be_shown_to_anybody(
    cli: Cli, own_home: Path, downloads: Path, in_own_keyring: PrivateKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://bob:hunter2@proxy.acme.example:3128")
    monkeypatch.setenv("USER", "bob")
    file = downloads / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes(tenant="ACME_TST"))
    assert cli("import", str(file), "--name", "acme-tst").code == 0
    before = in_own_keyring.items()
    for ran in (cli("doctor"), cli("doctor", "--json")):
        assert ran.code == 0, ran.out
        for private in ("acme", "bob", "hunter2", "inforcloudsuite", "Doc2Export", str(own_home)):
            assert private.lower() not in (ran.out + ran.err).lower()
    assert in_own_keyring.items() == before


@pytest.mark.keyring
def test_a_locked_keyring_ends_in_a_warning_and_no_window(cli: Cli, in_own_keyring: PrivateKeyring) -> None:
    in_own_keyring.lock()
    with in_own_keyring.ignored_prompts():
        ran = cli("doctor", "--json")
    assert ran.code == 0
    (probe,) = (probe for probe in ran.json["probes"] if probe["id"] == "round-trip")
    assert probe["status"] == "warning"


@pytest.mark.terminal
def test_lines_end_between_words_on_a_terminal_and_a_pipe_gets_whole_ones(cli: Cli) -> None:
    import os

    # The first run makes the program's folder, and says so.
    cli("doctor")
    terminal = pexpect.spawn(
        SCRIPT, ["doctor"], env=os.environ | {"NO_COLOR": "1"}, encoding="utf-8", timeout=60, dimensions=(24, 40)
    )
    end_of(terminal)
    wrapped = str(terminal.before)
    assert all(len(line) <= 40 for line in wrapped.splitlines()), wrapped
    whole = [line.strip() for line in cli("doctor").out.splitlines() if len(line) > 40 and "Terminal" not in line]
    assert whole
    assert all(line in " ".join(wrapped.split()) for line in whole), wrapped


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("term", "size", "words"),
    [("xterm-256color", (24, 80), "80x24"), ("dumb", (24, 80), "another terminal"), ("xterm", (5, 20), "larger")],
)
def test_the_terminal_is_looked_at(term: str, size: tuple[int, int], words: str) -> None:
    import os

    terminal = pexpect.spawn(
        SCRIPT, ["doctor"], env=os.environ | {"TERM": term}, encoding="utf-8", timeout=60, dimensions=size
    )
    end_of(terminal)
    assert words in str(terminal.before)
