"""``export``: plain text only where the user wants it, and readable by nobody else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pexpect
import pytest

from ionapi_tui.base.access import is_private
from tests.cli.conftest import SCRIPT, Cli, Store
from tests.fixtures.terminal import end_of
from tests.samples import MARKER, sample

pytestmark = pytest.mark.keyring


@pytest.fixture
def document(stored: Store) -> dict[str, Any]:
    """The document of ``acme-tst``; ``acme-prd`` is there too."""
    document = sample(cn="Doc2Export “東京”")
    stored("acme-tst", document)
    stored("acme-prd", sample(tenant="ACME_PRD"))
    return document


def test_a_new_file_is_for_its_owner_alone(cli: Cli, document: dict[str, Any], downloads: Path) -> None:
    file = downloads / "again.ionapi"
    ran = cli("export", "acme-tst", "--format", "ionapi", "--output", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert "Delete it" in ran.err
    assert "Warning" not in ran.err
    assert json.loads(file.read_text("utf-8")) == document
    if os.name == "posix":
        assert is_private(file)


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_file_that_is_there_stays_as_it_is(cli: Cli, document: dict[str, Any], downloads: Path) -> None:
    file, link = downloads / "mine", downloads / "link"
    file.write_text("mine")
    link.symlink_to(downloads / "nowhere")
    for path in (file, link):
        ran = cli("export", "acme-tst", "--format", "env", "--output", str(path))
        assert ran.code == 2
        assert "already" in ran.err
    assert file.read_text() == "mine"
    assert not (downloads / "nowhere").exists()


def test_a_folder_that_is_not_there_is_explained(cli: Cli, document: dict[str, Any], downloads: Path) -> None:
    ran = cli("export", "acme-tst", "--format", "env", "--output", str(downloads / "no/where"))
    assert ran.code == 5
    assert "cannot be written" in " ".join(ran.err.split())


def test_a_git_work_tree_is_warned_of(cli: Cli, document: dict[str, Any], downloads: Path) -> None:
    (downloads / ".git").mkdir()
    ran = cli("export", "acme-tst", "--format", "kubernetes", "--output", str(downloads / "secret.yaml"))
    assert ran.code == 0
    assert "can be committed" in " ".join(ran.err.split())


def test_a_pipe_gets_it_byte_for_byte(document: dict[str, Any]) -> None:
    environ = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [SCRIPT, "export", "acme-tst", "--format", "ionapi"]
    done = subprocess.run(command, env=environ, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("utf-8")) == document
    assert done.stderr == b""


@pytest.mark.terminal
def test_a_terminal_gets_it_only_on_request(document: dict[str, Any]) -> None:
    for options, code in (([], 2), (["--show"], 0)):
        terminal = pexpect.spawn(SCRIPT, ["export", "acme-tst", "--format", "env", *options], encoding="utf-8")
        assert end_of(terminal) == code
        assert (MARKER in str(terminal.before)) is (code == 0)


def test_production_has_to_be_confirmed(cli: Cli, document: dict[str, Any], downloads: Path) -> None:
    command = ["export", "acme-prd", "--format", "json", "--output", str(downloads / "prd.json")]
    assert "--confirm acme-prd" in " ".join(cli(*command).err.split())
    assert cli(*command, "--confirm", "acme-tst").code == 2
    assert not (downloads / "prd.json").exists()
    assert cli(*command, "--confirm", "acme-prd").code == 0
    assert (downloads / "prd.json").exists()


def test_a_practice_tenant_is_never_production(cli: Cli, stored: Store, downloads: Path) -> None:
    stored("practice", sample(tenant="ACME_PRD", iu="https://localhost:8443"))
    assert cli("export", "practice", "--format", "env", "--output", str(downloads / "practice.env")).code == 0


@pytest.mark.terminal
def test_at_a_terminal_production_is_asked_about(document: dict[str, Any], downloads: Path) -> None:
    file = downloads / "prd.json"
    command = ["export", "acme-prd", "--format", "json", "--output", str(file)]
    for answer, code in (("n", 1), ("y", 0)):
        terminal = pexpect.spawn(SCRIPT, command, encoding="utf-8", timeout=60)
        terminal.expect_exact("production tenant ACME_PRD")
        terminal.sendline(answer)
        assert end_of(terminal) == code
        assert file.exists() is (code == 0)


def test_an_unknown_format_is_wrong_usage(cli: Cli) -> None:
    assert cli("export", "acme-tst", "--format", "xml").code == 2
    assert cli("export", "nobody", "--format", "env").code == 4
