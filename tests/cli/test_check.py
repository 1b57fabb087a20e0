"""``check`` says what a file holds and what is wrong with it, and stores nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ionapi_tui import cli as command_line
from ionapi_tui.cli.findings import marked
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.inspection import inspect
from ionapi_tui.gateway.checks.check import Status
from tests.cli.conftest import Cli
from tests.corpus import CASES, Case
from tests.samples import MARKER, as_bytes, client_credentials, cloud11, sample_bytes


def put(folder: Path, raw: bytes, name: str = "Doc2Export.ionapi") -> str:
    file = folder / name
    file.write_bytes(raw)
    return str(file)


def test_a_good_file_is_shown_with_its_secrets_masked(cli: Cli, downloads: Path) -> None:
    ran = cli("check", put(downloads, sample_bytes()))
    assert ran.code == 0
    assert "Tenant                      ACME_TST" in ran.out
    assert "Client secret               •••••••• (86 characters)" in ran.out
    assert ran.err == "The file can be used.\n"


def test_a_finding_has_its_cause_its_fix_and_its_step(cli: Cli, downloads: Path) -> None:
    ran = cli("check", put(downloads, as_bytes(client_credentials())))
    assert ran.code == 3
    assert "✕ Error: The file has no service account" in ran.out
    assert "    Press Download Credentials again, turn on Create Service Account" in ran.out
    assert "    Guide: step 4, Create Service Account" in ran.out
    assert ran.err == "This file cannot be used.\n"
    assert max(map(len, ran.out.partition("✕")[2].splitlines())) <= 80


def test_the_json_has_the_documented_shape(cli: Cli, downloads: Path) -> None:
    file = put(downloads, as_bytes(cloud11()))
    ran = cli("check", file, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["ok"] is True
    assert ran.json["file"] == file
    assert [set(finding) for finding in ran.json["findings"]] == [
        {"code", "severity", "field", "message", "fix", "step"}
    ]
    assert ran.json["findings"][0]["code"] == "scopes-present"


def test_standard_input_is_read(cli: Cli) -> None:
    assert cli("check", "-", stdin=sample_bytes()).code == 0
    assert cli("check", "-").code == 3


def test_nothing_is_written_to_disk(cli: Cli, own_home: Path) -> None:
    cli("check", "-", stdin=sample_bytes())
    assert list(own_home.iterdir()) == []


def test_content_as_an_argument_is_refused_and_not_repeated(cli: Cli) -> None:
    ran = cli("check", sample_bytes().decode())
    assert ran.code == 2
    assert "command line" in ran.err
    assert "ACME" not in ran.err


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_each_wrong_file_ends_with_its_exit_code(
    case: Case, downloads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(downloads, case.raw)
    expected = inspect(case.raw)
    assert command_line.run(["check", file]) == (0 if expected.ok else 3)
    assert command_line.run(["check", file, "--json"]) == (0 if expected.ok else 3)
    shown = capsys.readouterr()
    assert (shown.out + shown.err).replace("\n", "").isprintable()
    assert MARKER not in shown.out + shown.err
    written = json.loads(shown.out[shown.out.rindex('{\n  "ok"') :])
    assert written["findings"] == [finding.as_json() for finding in expected.findings]


def test_a_folder_is_for_other_commands(downloads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(["check", str(downloads)]) == 3
    shown = capsys.readouterr()
    said = " ".join(shown.err.split())
    assert shown.out == ""
    assert said.startswith(f"Error: {downloads} is a folder. “ionapi-tui import FOLDER” imports")
    assert "“ionapi-tui scan FOLDER” finds" in said


def test_where_there_is_no_file_nothing_is_said_about_one(downloads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(["check", str(downloads / "missing.ionapi")]) == 3
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.startswith("✕ Error: There is no file")
    assert "Guide:" not in shown.out


def test_commands_and_app_have_the_same_signs() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for status, severity in ((Status.FAILED, Severity.ERROR), (Status.WARNED, Severity.WARNING)):
        assert status.sign is severity.sign
    assert marked(Severity.INFO.sign, "x", stream) == "i x"
    assert marked(Status.SKIPPED.sign, "x", stream) == "– x"
    assert marked(Status.PASSED.sign, "x", stream) == "✓ x"
