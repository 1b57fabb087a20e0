"""The class of the vault's backend has moved; whatever names its former address goes on working."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.secret_stores.choose import Settings, choose
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.usecases.services import Services
from tests.fixtures.shelf import some_credentials
from tests.fixtures.vaults import new_passphrase, new_vault

FORMER = "ionapi_tui.store.kdbx.KdbxKeyring"
CANARY = "CANARY at the former address"


@pytest.fixture
def passphrase() -> Secret:
    return new_passphrase()


@pytest.fixture
def home(own_home: Path, passphrase: Secret, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our folder, with a vault in it that holds one item of another program."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    home = own_home / "ionapi-tui"
    vault = new_vault(home / "vault.kdbx", passphrase)
    vault.unlock(passphrase)
    vault.set("service", "user", CANARY)
    return home


@pytest.mark.parametrize("by", ["-b", "the environment", "keyringrc.cfg"])
@pytest.mark.posix("a file descriptor is inherited")
def test_the_keyring_command_finds_it_there(home: Path, own_home: Path, passphrase: Secret, by: str) -> None:
    file = own_home / "passphrase"
    file.write_text(passphrase.reveal())
    file.chmod(0o600)
    env = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    env |= {"IONAPI_TUI_PASSPHRASE_FILE": str(file), "XDG_CONFIG_HOME": str(own_home / "config")}
    options = ["-b", FORMER] if by == "-b" else []
    if by == "the environment":
        env["PYTHON_KEYRING_BACKEND"] = FORMER
    elif by == "keyringrc.cfg":
        folder = own_home / "config" / "python_keyring"
        folder.mkdir(parents=True)
        (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={FORMER}\n")
    got = subprocess.run(
        [sys.executable, "-m", "keyring", *options, "get", "service", "user"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    file.unlink()
    assert (got.stdout, got.stderr) == (f"{CANARY}\n", "")


def test_whoever_names_it_in_the_environment_gets_the_vault() -> None:
    chosen = choose({"PYTHON_KEYRING_BACKEND": FORMER})
    assert chosen.store is not None
    assert chosen.store.key == "kdbx"


def test_a_profile_and_settings_that_remember_it_lead_to_the_vault(home: Path, passphrase: Secret) -> None:
    services = Services(ask=lambda _question: passphrase)
    services.stores.use("kdbx")
    credentials = some_credentials()
    services.profiles.add(credentials, "acme-tst")
    registry = Registry(services.paths.registry)
    contents = registry.load()
    old = contents.profiles[0]
    registry.save(contents.put(replace(old, store=f"keyring:{FORMER}"), instead_of=old))
    services.stores.settings.save(Settings(f"keyring:{FORMER}", (f"keyring:{FORMER}",)))
    later = Services(ask=lambda _question: passphrase)
    assert later.profiles.credentials("acme-tst") == credentials
    assert later.stores.choice.store is not None
    kept = later.stores.open(None).get(old.id)
    assert kept is not None
    assert Credentials.from_parts(old.public, kept) == credentials


def test_it_can_be_chosen_by_that_name(home: Path, passphrase: Secret) -> None:
    stores = Stores(home=home, ask=lambda _question: passphrase)
    chosen = stores.use(f"keyring:{FORMER}")
    assert chosen.store is not None
    assert chosen.store.key == "kdbx"
    assert json.loads((home / "store.json").read_text())["use"] == "kdbx"
