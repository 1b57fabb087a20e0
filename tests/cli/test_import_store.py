"""``import`` without a store that may be used: exit code 5, nothing half stored, and never another store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import sample_bytes


@pytest.fixture
def file(downloads: Path) -> Path:
    """A good file."""
    path = downloads / "Doc2Export.ionapi"
    path.write_bytes(sample_bytes())
    return path


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.Backend"]
)
def test_a_store_that_may_not_be_used(cli: Cli, file: Path, backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    ran = cli("import", str(file), "--delete-file")
    assert (ran.code, ran.out) == (5, "")
    assert file.exists()
    assert cli("list", "--json").json == []


@pytest.mark.keyring
def test_a_locked_store_whose_prompt_is_ignored(cli: Cli, file: Path, in_own_keyring: PrivateKeyring) -> None:
    in_own_keyring.lock()
    with in_own_keyring.ignored_prompts():
        ran = cli("import", str(file), "--store-timeout", "0.5")
    assert (ran.code, ran.out) == (5, "")
    assert "0.5 seconds" in ran.err
    assert cli("list", "--json").json == []


COMMANDS = {
    "token": ["token", "acme-tst"],
    "exec": ["exec", "acme-tst", "--store-timeout", "0.5", "--", "true"],
    "export": ["export", "acme-tst", "--format", "ionapi"],
    "remove": ["remove", "acme-tst", "--confirm", "acme-tst"],
    "logout": ["logout", "acme-tst"],
    "verify": ["verify", "acme-tst"],
}


@pytest.mark.keyring
@pytest.mark.parametrize("command", COMMANDS)
def test_a_profile_in_a_locked_store_whose_prompt_is_ignored(
    cli: Cli, file: Path, command: str, in_own_keyring: PrivateKeyring
) -> None:
    assert cli("import", str(file), "--name", "acme-tst").code == 0
    in_own_keyring.lock()
    arguments = COMMANDS[command]
    patience = [] if "--store-timeout" in arguments else ["--store-timeout", "0.5"]
    with in_own_keyring.ignored_prompts():
        ran = cli(*arguments, *patience)
    assert (ran.code, ran.out) == (5, "")
    assert "has not answered within 0.5 seconds" in " ".join(ran.err.split())
    assert "no profile" not in ran.err
    assert [profile["name"] for profile in cli("list", "--json").json] == ["acme-tst"]
    in_own_keyring.unlock()
    assert len(in_own_keyring.items()) == 1
