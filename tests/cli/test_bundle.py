"""``export --all`` and its way back, with the real ``age`` looking on."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pexpect
import pytest

from ionapi_tui.base.access import is_private
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.profile import Notes
from ionapi_tui.usecases.services import Services
from tests.cli.conftest import Cli
from tests.fixtures.bundles import sealed_cheaply
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.program import PROGRAM
from tests.fixtures.terminal import end_of
from tests.fixtures.vaults import needed, new_passphrase
from tests.samples import as_bytes, client_credentials, on_premises, sample

pytestmark = pytest.mark.keyring

TENANTS = ("ACME_TST", "ACME_PRD", "GLOBEX_DEV")


@pytest.fixture
def documents(cli: Cli, downloads: Path, in_own_keyring: PrivateKeyring) -> dict[str, dict[str, Any]]:
    """Three stored profiles, one with a key that nobody knows, by their names."""
    documents = {tenant.lower().replace("_", "-"): sample(tenant=tenant, note="ü") for tenant in TENANTS}
    for name, document in documents.items():
        (downloads / f"{name}.ionapi").write_bytes(as_bytes(document))
    assert cli("import", str(downloads)).code == 0
    return documents


def exported(cli: Cli, name: str) -> dict[str, Any]:
    """Return the document of a stored profile."""

    script = PROGRAM
    command = [str(script), "export", name, "--format", "ionapi", "--confirm", name]
    document: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return document


def remove_all(cli: Cli) -> None:
    for profile in cli("list", "--json").json:
        assert cli("remove", profile["name"], "--confirm", profile["name"]).code == 0


def test_with_a_passphrase_all_profiles_go_and_come_back(
    cli: Cli, downloads: Path, documents: dict[str, dict[str, Any]]
) -> None:
    passphrase, bundle = downloads / "passphrase", downloads.parent / "all.age"
    passphrase.write_text(new_passphrase().reveal())
    Services().profiles.set_export_target(["acme-tst"], ExportTarget.LN)
    Services().profiles.set_notes("acme-tst", Notes("doc.service", ticket="OPS-42"))
    made = cli("export", "--all", "--output", str(bundle), "--passphrase-file", str(passphrase))
    assert made.code == 0, made.err
    assert "3 profiles are in" in made.err
    assert is_private(bundle)
    assert cli("export", "--all", "--output", str(bundle), "--passphrase-file", str(passphrase)).code == 2
    remove_all(cli)
    ran = cli("import", str(bundle), "--passphrase-file", str(passphrase))
    assert ran.code == 0, ran.err
    assert sorted(ran.out.split()) == sorted(documents)
    assert {name: exported(cli, name) for name in documents} == documents
    notes = {one["name"]: one["notes"]["ticket"] for one in cli("list", "--json").json}
    assert (notes["acme-tst"], set(notes.values())) == ("OPS-42", {"OPS-42", None})
    assert {one["name"]: one["export_target"] for one in cli("list", "--json").json} == {
        "acme-tst": "ln",
        "acme-prd": None,
        "globex-dev": None,
    }


@pytest.mark.terminal
def test_the_age_command_opens_it_with_the_passphrase(
    cli: Cli, downloads: Path, documents: dict[str, dict[str, Any]]
) -> None:
    passphrase, bundle = downloads / "passphrase", downloads / "all.age"
    secret = new_passphrase().reveal()
    passphrase.write_text(secret)
    assert cli("export", "--all", "--output", str(bundle), "--passphrase-file", str(passphrase)).code == 0
    opened = downloads / "opened.json"
    terminal = pexpect.spawn(needed("age"), ["-d", "-o", str(opened), str(bundle)], encoding="utf-8", timeout=60)
    terminal.expect_exact("passphrase")
    terminal.waitnoecho(60)
    terminal.sendline(secret)
    assert end_of(terminal) == 0
    assert {one["name"]: one["document"] for one in json.loads(opened.read_text())["profiles"]} == documents


@pytest.mark.posix("symbolic links need a right on Windows")
def test_for_a_key_of_age_it_is_opened_with_that_key_alone(
    cli: Cli, downloads: Path, documents: dict[str, dict[str, Any]]
) -> None:
    key, other, bundle = downloads / "key", downloads / "other", downloads.parent / "all.age"
    for file in (key, other):
        subprocess.run([needed("age-keygen"), "-o", str(file)], check=True, capture_output=True)
    recipient = key.read_text().partition("# public key: ")[2].splitlines()[0]
    assert cli("export", "--all", "--output", str(bundle), "--recipient", recipient).code == 0
    opened = subprocess.run([needed("age"), "-d", "-i", str(key), str(bundle)], capture_output=True, check=True)
    assert len(json.loads(opened.stdout)["profiles"]) == len(documents)
    remove_all(cli)
    assert cli("import", str(bundle)).code == 2
    assert cli("import", str(bundle), "--identity", str(other)).code == 3
    assert cli("list", "--json").json == []
    ran = cli("import", str(bundle), "--identity", str(key), "--json")
    assert ran.code == 0, ran.err
    assert sorted(one["profile"]["name"] for one in ran.json) == sorted(documents)
    again = cli("import", str(bundle), "--identity", str(key))
    assert (again.code, sorted(again.out.split())) == (0, sorted(documents))
    link = bundle.with_name("link.age")
    link.symlink_to(bundle)
    assert cli("import", str(link), "--identity", str(key), "--replace", "--delete-file").code == 0
    assert not bundle.exists()
    assert not link.is_symlink()


@pytest.mark.posix("the command age makes it")
def test_a_bundle_that_age_made_is_inspected_like_a_file(cli: Cli, downloads: Path, own_home: Path) -> None:
    key = downloads / "key"
    subprocess.run([needed("age-keygen"), "-o", str(key)], check=True, capture_output=True)
    recipient = key.read_text().partition("# public key: ")[2].splitlines()[0]
    broken = {"name": "x", "trusted_hosts": [], "document": client_credentials()}
    for content, code in (
        ({"format": "ionapi-tui bundle", "version": 1, "profiles": [broken]}, 3),
        ({"format": "ionapi-tui bundle", "version": 2, "profiles": []}, 3),
        ({"format": "something else"}, 3),
        ([], 3),
        ("nonsense", 3),
    ):
        bundle = downloads / "made.age"
        bundle.unlink(missing_ok=True)
        command = [needed("age"), "-r", recipient, "-o", str(bundle)]
        subprocess.run(command, input=json.dumps(content).encode(), check=True)
        assert cli("import", str(bundle), "--identity", str(key)).code == code, content
    assert cli("list", "--json").json == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--all", "acme-tst"],
        ["--all", "--format", "env"],
        ["--all", "--recipient", "age1nonsense"],
        ["--all"],
        ["acme-tst", "--format", "env", "--recipient", "age1x"],
        [],
    ],
)
def test_what_does_not_fit_together_is_wrong_usage(cli: Cli, arguments: list[str]) -> None:
    ran = cli("export", *arguments)
    assert (ran.code, ran.out) == (2, "")


def test_a_bundle_confirms_no_host_by_itself(cli: Cli, downloads: Path, in_private_keyring: PrivateKeyring) -> None:
    host, right = "inforos.acme.example", new_passphrase()
    profiles = [{"name": "acme-prem", "trusted_hosts": [host], "document": on_premises()}]
    content = json.dumps({"format": "ionapi-tui bundle", "version": 1, "profiles": profiles}).encode()
    passphrase, bundle = downloads / "passphrase", downloads / "all.age"
    passphrase.write_text(right.reveal())
    bundle.write_bytes(sealed_cheaply(content, right))
    how = ["import", str(bundle), "--passphrase-file", str(passphrase)]
    ran = cli(*how)
    assert ran.code == 0, ran.err
    assert f"not confirmed here: {host}" in " ".join(ran.err.split())
    assert Services().profiles.profile("acme-prem").trusted_hosts == ()
    assert cli(*how, "--replace", "--trust-host", "other.example").code == 2
    assert Services().profiles.profile("acme-prem").trusted_hosts == ()
    ran = cli(*how, "--replace", "--trust-host", host)
    assert ran.code == 0, ran.err
    assert "not confirmed here" not in " ".join(ran.err.split())
    assert Services().profiles.profile("acme-prem").trusted_hosts == (host,)


def test_a_damaged_bundle_or_a_wrong_passphrase_stores_nothing(
    cli: Cli, downloads: Path, in_private_keyring: PrivateKeyring
) -> None:
    profiles: list[dict[str, Any]] = [
        {"name": name, "trusted_hosts": [], "document": sample()} for name in ("one", "two", "three")
    ]
    content = json.dumps({"format": "ionapi-tui bundle", "version": 1, "profiles": profiles}).encode()
    passphrase, wrong, bundle = downloads / "passphrase", downloads / "wrong", downloads / "all.age"
    right = new_passphrase()
    whole = sealed_cheaply(content, right)
    passphrase.write_text(right.reveal())
    wrong.write_text(new_passphrase().reveal())
    bundle.write_bytes(whole)
    assert cli("import", str(bundle), "--passphrase-file", str(wrong)).code == 3
    for broken in (whole[: len(whole) // 2], whole[:60], whole.replace(whole[500:520], b"A" * 20)):
        bundle.write_bytes(broken)
        assert cli("import", str(bundle), "--passphrase-file", str(passphrase)).code in (2, 3)
    assert cli("list", "--json").json == []
    bundle.write_bytes(whole)
    assert cli("import", str(bundle), "--passphrase-file", str(passphrase)).code == 0
