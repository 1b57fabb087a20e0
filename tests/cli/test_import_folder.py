"""``import`` of a folder: every ``.ionapi`` file in it, one line each."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pexpect
import pytest

from ionapi_tui.usecases.services import Services
from tests.cli.conftest import SCRIPT, Cli
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.samples import as_bytes, sample, sample_bytes

pytestmark = pytest.mark.keyring


@pytest.fixture(autouse=True)
def files(downloads: Path, in_private_keyring: PrivateKeyring) -> None:
    """Two good files, a bad one, and one of another kind."""
    for name, raw in {
        "one.ionapi": sample_bytes(tenant="ONE_TST"),
        "two (1).IONAPI": sample_bytes(tenant="TWO_PRD"),
        "bad.ionapi": b"{",
        "other.txt": sample_bytes(tenant="NOT_TST"),
    }.items():
        (downloads / name).write_bytes(raw)


def test_good_ones_are_stored_and_bad_ones_told(cli: Cli, downloads: Path) -> None:
    ran = cli("import", str(downloads), "--delete-file")
    assert ran.code == 3
    lines = ran.out.splitlines()
    assert lines[0].startswith("✕ bad.ionapi: The file does not contain valid JSON")
    assert lines[1:] == [
        "✓ one.ionapi: one-tst (file deleted)",
        "✓ two (1).IONAPI: two-prd (file deleted)",
    ]
    assert "ionapi-tui check FILE" in ran.err
    assert {path.name for path in downloads.iterdir()} == {"bad.ionapi", "other.txt"}


def test_a_second_time_they_are_there_already(cli: Cli, downloads: Path) -> None:
    (downloads / "bad.ionapi").unlink()
    assert cli("import", str(downloads)).code == 0
    ran = cli("import", str(downloads))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "– one.ionapi: already stored as one-tst, unchanged",
        "– two (1).IONAPI: already stored as two-prd, unchanged",
    ]
    one = cli("import", str(downloads / "one.ionapi"), "--delete-file")
    assert (one.code, one.out) == (0, "one-tst\n")
    assert "already stored as one-tst, unchanged." in one.err
    assert not (downloads / "one.ionapi").exists()
    assert cli("import", str(downloads), "--replace").code == 0


def test_without_a_store_the_rest_is_not_tried(cli: Cli, downloads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    ran = cli("import", str(downloads))
    assert ran.code == 5
    # The reason is long, and is no part of the line.
    assert ran.out.splitlines()[1:] == ["✕ one.ionapi: not stored"]
    assert "another one there, or none.\n" in ran.err
    assert "1 more file was not tried" in ran.err


@pytest.mark.terminal
def test_lines_end_between_words_on_a_terminal(downloads: Path) -> None:
    environment = os.environ | {"NO_COLOR": "1"}
    terminal = pexpect.spawn(
        SCRIPT, ["import", str(downloads)], env=environment, encoding="utf-8", timeout=60, dimensions=(24, 40)
    )
    assert end_of(terminal) == 3
    lines = str(terminal.before).splitlines()
    assert lines[0].startswith("✕ bad.ionapi: The file")
    assert lines[1].startswith("  ")
    assert all(len(line) <= 40 for line in lines), lines
    assert "✓ two (1).IONAPI: two-prd" in lines


def test_a_line_says_how_many_warnings_its_file_has_and_the_end_how_to_see_them(cli: Cli, downloads: Path) -> None:
    (downloads / "bad.ionapi").unlink()
    (downloads / "one.ionapi").write_bytes(sample_bytes(tenant="ONE_TST", ci="FARM~x"))
    ran = cli("import", str(downloads))
    assert ran.out.splitlines() == ["✓ one.ionapi: one-tst (1 warning)", "✓ two (1).IONAPI: two-prd"]
    assert ran.err == "“ionapi-tui check FILE” shows the warnings about a file.\n"
    again = cli("import", str(downloads), "--delete-file")
    assert "– one.ionapi: already stored as one-tst, unchanged (file deleted, 1 warning)" in again.out.splitlines()
    assert "check FILE" not in again.err


def test_one_name_does_not_fit_several(cli: Cli, downloads: Path) -> None:
    assert cli("import", str(downloads), "--name", "x").code == 2


def test_an_empty_folder(cli: Cli, downloads: Path) -> None:
    (downloads / "empty").mkdir()
    ran = cli("import", str(downloads / "empty"))
    assert ran.code == 3
    assert "no .ionapi file" in ran.err


@pytest.fixture
def two_of_one_app(downloads: Path) -> Path:
    """A folder with two downloads of one app; the older one is the last by name."""
    folder = downloads / "twice"
    folder.mkdir(mode=0o700)
    document = sample()
    for age, name in enumerate(("Doc2Export.ionapi", "Doc2Export (1).ionapi")):
        path = folder / name
        path.write_bytes(as_bytes(document | {"saak": sample()["saak"]}))
        path.chmod(0o600)
        os.utime(path, (1_700_000_000 + age,) * 2)
    return folder


def stored_key(name: str) -> str:
    """Return the access key of a profile, read past the command."""
    key = json.loads(Services().profiles.credentials(name).to_document().reveal())["saak"]
    assert isinstance(key, str)
    return key


@pytest.mark.parametrize("options", [(), ("--replace",)])
def test_the_newest_download_of_an_app_is_stored_and_the_other_one_kept_and_named(
    cli: Cli, two_of_one_app: Path, options: tuple[str, ...]
) -> None:
    newest = json.loads((two_of_one_app / "Doc2Export (1).ionapi").read_bytes())
    ran = cli("import", str(two_of_one_app), "--delete-file", *options)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "✓ Doc2Export (1).ionapi: acme-tst (file deleted)",
        "– Doc2Export.ionapi: skipped: Doc2Export (1).ionapi is of the same app, and newer",
    ]
    assert [path.name for path in two_of_one_app.iterdir()] == ["Doc2Export.ionapi"]
    assert stored_key("acme-tst") == newest["saak"]


def test_a_newer_download_is_not_an_error_in_json_and_said_beside_it(cli: Cli, two_of_one_app: Path) -> None:
    ran = cli("import", str(two_of_one_app), "--json")
    assert ran.code == 0
    newer, older = ran.json
    assert newer["profile"]["name"] == "acme-tst"
    assert {key: older[key] for key in ("ok", "profile", "deleted", "error", "findings")} == {
        "ok": True,
        "profile": None,
        "deleted": False,
        "error": None,
        "findings": [],
    }
    assert "skipped: Doc2Export (1).ionapi is of the same app, and newer" in " ".join(ran.err.split())


def test_an_app_that_is_stored_is_replaced_by_its_newest_download_and_only_when_wished(
    cli: Cli, two_of_one_app: Path
) -> None:
    newest = json.loads((two_of_one_app / "Doc2Export (1).ionapi").read_bytes())
    assert cli("import", str(two_of_one_app / "Doc2Export.ionapi"), "--name", "mine").code == 0
    ran = cli("import", str(two_of_one_app))
    assert (ran.code, ran.out.splitlines()) == (
        4,
        [
            "✕ Doc2Export (1).ionapi: This app is already stored as mine. Add --replace to replace its credentials.",
            "– Doc2Export.ionapi: already stored as mine, unchanged",
        ],
    )
    assert cli("import", str(two_of_one_app), "--replace").code == 0
    assert stored_key("mine") == newest["saak"]


@pytest.mark.posix("symbolic links need a right on Windows")
def test_what_is_empty_or_no_file_is_told(cli: Cli, downloads: Path) -> None:
    folder = downloads / "strange"
    folder.mkdir()
    (folder / "empty.ionapi").touch()
    (folder / "folder.ionapi").mkdir()
    (folder / "lost.ionapi").symlink_to("nowhere")
    ran = cli("import", str(folder))
    assert (ran.code, [line.partition(":")[0] for line in ran.out.splitlines()]) == (
        3,
        ["✕ empty.ionapi", "✕ folder.ionapi", "✕ lost.ionapi"],
    )
