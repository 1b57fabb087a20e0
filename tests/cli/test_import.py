"""``import`` stores credentials, reads them back, and says where they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.domain.credentials import BINDING_KEY
from tests.cli.conftest import SCRIPT, Cli
from tests.fixtures.disks import read_only_folder
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import as_bytes, client_credentials, sample, sample_bytes

pytestmark = pytest.mark.keyring


@pytest.fixture(autouse=True)
def stores(in_private_keyring: PrivateKeyring) -> PrivateKeyring:
    """A real GNOME Keyring for every test here."""
    return in_private_keyring


@pytest.fixture
def file(downloads: Path) -> Path:
    """A good file."""
    path = downloads / "Doc2Export.ionapi"
    path.write_bytes(sample_bytes())
    path.chmod(0o600)
    return path


STORE = "Windows Credential Manager" if sys.platform == "win32" else "GNOME Keyring"


def secrets_of(stores: PrivateKeyring, home: Path, name: str) -> dict[str, str]:
    """Return the secrets of profile ``name``, read from the keyring past the program."""
    registry = json.loads((home / "ionapi-tui" / "profiles.json").read_text())
    (profile,) = [one for one in registry["profiles"] if one["name"] == name]
    found = json.loads(stores.items()[f"ionapi-tui:{profile['id']}"])
    assert isinstance(found, dict)
    assert found.pop(BINDING_KEY), "every secret that is written is bound to its addresses"
    return found


def test_the_secrets_are_in_the_keyring_and_the_name_on_stdout(
    cli: Cli, file: Path, stores: PrivateKeyring, own_home: Path
) -> None:
    ran = cli("import", str(file))
    assert (ran.code, ran.out) == (0, "acme-tst\n")
    assert f"The secrets are in {STORE}" in " ".join(ran.err.split())
    document = json.loads(file.read_bytes())
    assert secrets_of(stores, own_home, "acme-tst") == {key: document[key] for key in ("cs", "saak", "sask")}
    assert cli("list", "--json").json[0]["client_id"] == document["ci"]


def test_a_file_with_warnings_is_stored_and_they_are_told(cli: Cli, file: Path) -> None:
    file.write_bytes(sample_bytes(ci="FARM~x", zz=1))
    ran = cli("import", str(file))
    assert ran.code == 0
    assert "! Warning: Client ID" in ran.err
    assert "i Note: The file also has zz" in ran.err


def test_an_unusable_file_is_not_stored(cli: Cli, file: Path) -> None:
    file.write_bytes(as_bytes(client_credentials()))
    ran = cli("import", str(file), "--delete-file")
    assert (ran.code, ran.out) == (3, "")
    assert "Nothing was stored." in ran.err
    assert file.exists()
    assert cli("list", "--json").json == []


def test_a_name_of_ones_own(cli: Cli, file: Path) -> None:
    assert cli("import", str(file), "--name", "mine").out == "mine\n"


def test_a_name_that_cannot_be_one(cli: Cli, file: Path) -> None:
    ran = cli("import", str(file), "--name", "Mine!")
    assert (ran.code, ran.out) == (2, "")


def test_the_same_app_is_not_stored_twice_by_accident(cli: Cli, file: Path) -> None:
    assert cli("import", str(file)).code == 0
    document = json.loads(file.read_bytes())
    file.write_bytes(as_bytes(document | {"saak": sample()["saak"]}))
    ran = cli("import", str(file))
    assert (ran.code, ran.out) == (4, "")
    assert "--replace" in ran.err


def test_replacing_puts_the_new_secrets_in_place(cli: Cli, file: Path, stores: PrivateKeyring, own_home: Path) -> None:
    document = sample()
    file.write_bytes(as_bytes(document))
    assert cli("import", str(file), "--name", "mine").code == 0
    renewed = document | {key: value for key, value in sample().items() if key in ("cs", "saak", "sask")}
    file.write_bytes(as_bytes(renewed))
    replaced = cli("import", str(file), "--replace")
    assert replaced.out == "mine\n"
    assert "The previous credentials of mine were not kept." in replaced.err
    assert secrets_of(stores, own_home, "mine")["sask"] == renewed["sask"]
    assert [profile["name"] for profile in cli("list", "--json").json] == ["mine"]


def test_the_name_of_another_app_is_taken_only_when_that_is_wished(cli: Cli, file: Path) -> None:
    assert cli("import", str(file), "--name", "mine").code == 0
    file.write_bytes(sample_bytes(tenant="GLOBEX_PRD"))
    ran = cli("import", str(file), "--name", "mine")
    assert ran.code == 4
    assert "of another app" in ran.err
    assert cli("import", str(file), "--name", "mine", "--replace").code == 0
    assert [profile["tenant"] for profile in cli("list", "--json").json] == ["GLOBEX_PRD"]


def test_a_second_app_of_a_tenant_gets_a_name_of_its_own(cli: Cli, file: Path) -> None:
    assert cli("import", str(file)).out == "acme-tst\n"
    file.write_bytes(sample_bytes(app="Invoices"))
    assert cli("import", str(file)).out == "acme-tst-invoices\n"


def test_the_file_is_deleted_when_wished_and_what_that_does_not_reach_is_said(cli: Cli, file: Path) -> None:
    ran = cli("import", str(file), "--delete-file")
    assert ran.code == 0
    assert not file.exists()
    for word in ("backups", "synced folders", "recycle bin"):
        assert word in " ".join(ran.err.split())


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_and_what_it_leads_to_are_both_deleted(cli: Cli, file: Path) -> None:
    link = file.with_name("link.ionapi")
    link.symlink_to(file)
    assert cli("import", str(link), "--delete-file").code == 0
    assert list(file.parent.iterdir()) == []


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_that_stays_behind_is_said(file: Path) -> None:
    link = file.parent / "closed" / "link.ionapi"
    link.parent.mkdir()
    link.symlink_to(file)
    with read_only_folder(link.parent) as prefix:
        command = [*prefix, SCRIPT, "import", str(link), "--delete-file"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "acme-tst\n")
    assert "Doc2Export.ionapi is deleted, but the link" in " ".join(done.stderr.split())
    assert not file.exists()


@pytest.mark.posix("a file without a name")
def test_what_cannot_be_deleted_is_said_after_storing(file: Path) -> None:
    with file.open("rb") as opened:
        file.unlink()
        # Still readable, and of no name any more.
        done = subprocess.run(
            [SCRIPT, "import", "/proc/self/fd/0", "--delete-file"],
            stdin=opened,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "acme-tst\n")
    assert "could not be deleted" in " ".join(done.stderr.split())


def test_standard_input_cannot_be_deleted(cli: Cli) -> None:
    ran = cli("import", "-", "--delete-file", stdin=sample_bytes())
    assert (ran.code, ran.out) == (2, "")
    assert cli("list", "--json").json == []


def test_standard_input_is_stored(cli: Cli) -> None:
    assert cli("import", "-", stdin=sample_bytes()).out == "acme-tst\n"


def test_the_json_has_the_documented_shape(cli: Cli, file: Path) -> None:
    ran = cli("import", str(file), "--json", "--delete-file")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["ok"] is True
    assert ran.json["deleted"] is True
    assert ran.json["profile"] == cli("list", "--json").json[0]
    assert (ran.json["error"], ran.json["findings"]) == (None, [])


def test_the_json_of_a_failure_says_why(cli: Cli, file: Path) -> None:
    cli("import", str(file))
    document = json.loads(file.read_bytes())
    file.write_bytes(as_bytes(document | {"saak": sample()["saak"]}))
    ran = cli("import", str(file), "--json")
    assert ran.code == 4
    assert (ran.json["ok"], ran.json["profile"]) == (False, None)
    assert "--replace" in ran.json["error"]
    assert "--replace" in ran.err
