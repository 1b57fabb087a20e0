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
