"""``ionapi-tui guide`` and ``--plain``, through the installed program."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pexpect
import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.profile_store.appearance import Appearance, AppearanceFile
from ionapi_tui.secret_stores.vault.vault import Vault
from tests.cli.conftest import SCRIPT, Cli, run
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.fixtures.vaults import new_passphrase
from tests.samples import MARKER, sample_bytes


def test_the_guide_is_written_as_plain_text(cli: Cli) -> None:
    ran = cli("guide")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Create an ION API file\n")
    assert "\nStep 4 of 5: Add the service account\n1. Turn on “Create Service Account”.\n" in ran.out
    assert "- ION Desk Admin (in Infor's list: IONDeskAdmin): opens ION Desk" in ran.out


def test_it_speaks_german_when_asked(cli: Cli) -> None:
    assert "\nSchritt 4 von 5: Dienstkonto hinzufügen\n" in cli("--lang", "de", "guide").out


def test_a_page_is_written_for_a_customer(cli: Cli, tmp_path: Path) -> None:
    ran = cli("guide", "--for", "Acme GmbH", "--tenant", "ACME_TST", "--output", str(tmp_path / "new"))
    assert ran.code == 0
    path = Path(ran.out.strip())
    assert path == tmp_path / "new" / "ion-api-file-acme-gmbh-acme-tst.html"
    assert "ACME_TST" in path.read_text("utf-8")
    assert "There is nothing secret in it" in " ".join(ran.err.split())


@pytest.mark.parametrize(("kind", "beginning"), [("html", "<!doctype html>"), ("md", "# ")])
def test_the_page_has_the_form_that_is_wanted(cli: Cli, tmp_path: Path, kind: str, beginning: str) -> None:
    ran = cli("guide", "--for", "Acme", "--format", kind, "--output", str(tmp_path))
    assert ran.code == 0, ran.err
    path = Path(ran.out.strip())
    assert path.suffix == f".{kind}"
    assert path.read_text("utf-8").lower().startswith(beginning)
    assert "[html|md]" in cli("guide", "--help").out


@pytest.mark.parametrize(
    "arguments", [["--tenant", "X"], ["--for", " "], ["--for", "X", "--plain"], ["--for", "X", "--format", "pdf"]]
)
def test_options_that_mean_nothing_are_refused(cli: Cli, arguments: list[str]) -> None:
    ran = cli("guide", *arguments)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("arguments", [[], ["--plain"], ["guide", "--plain"]], ids=" ".join)
def test_no_answers_are_a_clean_end(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("The input has ended. Your progress in the guide is saved.\n")


@pytest.mark.parametrize(
    ("option", "is_german"), [([], True), (["--lang", "en"], False)], ids=["remembered", "asked for"]
)
def test_the_language_of_the_app_counts_more_than_the_environment_and_less_than_the_option(
    cli: Cli, option: list[str], is_german: bool
) -> None:
    home = Path(os.environ["IONAPI_TUI_HOME"])
    AppearanceFile(home / "appearance.json").save(Appearance("de"))
    ran = cli(*option, "--plain")
    assert ran.code == 0
    assert ("Die Eingabe ist zu Ende" in ran.out) is is_german
    assert ("The input has ended" in ran.out) is not is_german
    assert "Usage: " in cli("list", "--help").out, "a command speaks the language of the environment"


@pytest.mark.keyring
@pytest.mark.parametrize("code", ["en", "de"])
def test_over_a_pipe_the_whole_job_ends_with_a_profile_that_works(
    code: str, downloads: Path, in_private_keyring: PrivateKeyring
) -> None:
    with PracticeTenant(secret_marker=MARKER) as tenant:
        path = downloads / "Doc2Export.ionapi"
        path.write_text(json.dumps(tenant.ionapi("v1.1-scopes")))
        path.chmod(0o600)
        answers = ["1", "1", *"11111", "1", f"piped-{code}", "1", "2", "4", "6"]
        ran = run("--lang", code, "--plain", stdin="".join(f"{answer}\n" for answer in answers).encode())
        assert (ran.code, ran.err) == (0, "")
        shown = run("show", f"piped-{code}", "--json").json
    assert shown["checked"]["ok"]
    assert not path.exists()
    assert ran.out.count("\n9. ") == 1
    repeated = [line.removeprefix("> ") for line in ran.out.split("\n") if line.removeprefix("> ") in answers]
    assert repeated == answers


@pytest.mark.terminal
def test_the_passphrase_of_a_new_vault_is_never_shown(downloads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    path = downloads / "Doc2Export.ionapi"
    path.write_bytes(sample_bytes())
    passphrase = new_passphrase().reveal()
    terminal = pexpect.spawn(SCRIPT, ["--plain"], encoding="utf-8", timeout=60)
    for question, answer in (("What do you want to do?", "3"), ("Which file?", "1"), ("secrets be stored?", "1")):
        terminal.expect_exact(question)
        terminal.sendline(answer)
    for question in ("New passphrase", "Repeat passphrase"):
        terminal.expect_exact(question)
        terminal.waitnoecho(60)
        terminal.sendline(passphrase)
    terminal.expect_exact("a name for the profile")
    assert passphrase not in (terminal.before or "")
    terminal.sendline("")
    terminal.expect_exact("Verify now?")
    terminal.sendeof()
    assert end_of(terminal) == 0
    Vault(Path(os.environ["IONAPI_TUI_HOME"]) / "vault.kdbx").unlock(Secret(passphrase))
