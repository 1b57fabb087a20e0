"""What the commands say of files and folders that the accounts of others may read, by the access lists of Windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private, restrict
from ionapi_tui.base.paths import Paths
from tests.cli.conftest import Cli, Store, write_registry
from tests.fixtures.windows import let_everybody_read
from tests.samples import sample, sample_bytes

pytestmark = pytest.mark.windows("access lists are those of Windows")


@pytest.fixture
def file(downloads: Path) -> Path:
    """A file that only this user may read."""
    file = downloads / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes())
    restrict(file)
    return file


def test_check_and_scan_tell_a_file_that_everybody_may_read_from_a_private_one(cli: Cli, file: Path) -> None:
    for command in ("check", "scan"):
        assert "every user" not in " ".join(cli(command, str(file)).out.split())
    let_everybody_read(file)
    assert not is_private(file)
    for command in ("check", "scan"):
        assert "every user" in " ".join(cli(command, str(file)).out.split())


def test_doctor_tells_a_folder_and_a_list_that_everybody_may_read(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    home = Paths.of_this_machine().home
    restrict(home)
    restrict(home / "profiles.json")
    assert "may read it" not in cli("doctor").out
    let_everybody_read(home / "profiles.json")
    assert "others may read it" in cli("doctor").out
    let_everybody_read(home)
    assert "other accounts may read it" in cli("doctor").out


def test_what_is_made_for_practice_is_for_its_owner_alone(cli: Cli, downloads: Path) -> None:
    let_everybody_read(downloads)
    made = downloads / "Practice.ionapi"
    assert cli("practice", "file", "--home", str(downloads.parent / "practice"), str(made)).code == 0
    assert is_private(made)


@pytest.mark.keyring
def test_what_is_exported_is_for_its_owner_alone(cli: Cli, downloads: Path, stored: Store) -> None:
    stored("acme-tst", sample())
    let_everybody_read(downloads)
    exported = downloads / "credentials.ps1"
    assert cli("export", "acme-tst", "--format", "powershell", "--output", str(exported)).code == 0
    assert is_private(exported)
