"""``import`` of a folder: every ``.ionapi`` file in it, one line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import sample_bytes

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
    assert lines[0].startswith("✕ bad.ionapi: The file is not JSON")
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
    assert ran.code == 4
    assert ran.out.count("stored already") == 2
    assert cli("import", str(downloads), "--replace").code == 0


def test_without_a_store_the_rest_is_not_tried(cli: Cli, downloads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    ran = cli("import", str(downloads))
    assert ran.code == 5
    assert "1 more file was not tried" in ran.err


def test_one_name_does_not_fit_several(cli: Cli, downloads: Path) -> None:
    assert cli("import", str(downloads), "--name", "x").code == 2


def test_an_empty_folder(cli: Cli, downloads: Path) -> None:
    (downloads / "empty").mkdir()
    ran = cli("import", str(downloads / "empty"))
    assert ran.code == 3
    assert "no .ionapi file" in ran.err
