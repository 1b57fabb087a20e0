"""The store gives back what it is given, or the doctor says what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.examination import secret_store
from ionapi_tui.usecases.examination.probe import Status
from tests.cli.conftest import write_registry
from tests.fixtures import tampering
from tests.fixtures.fake_keyring import FakeKeyring, ForgetfulKeyring, LockedKeyring, TroubledKeyring
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import some_credentials
from tests.fixtures.vaults import new_passphrase, new_vault
from tests.usecases.examination.machines import machine


def fail() -> None:
    raise RuntimeError("CANARY of what a store says")


def test_a_store_that_works_keeps_nothing_of_it(tmp_path: Path) -> None:
    backend = FakeKeyring()
    probe = secret_store.round_trip(machine(tmp_path, backend))
    assert probe.status is Status.OK
    assert backend.kept == {}


@pytest.mark.parametrize(
    ("backend", "status", "words"),
    [
        (ForgetfulKeyring(), Status.ERROR, "did not return"),
        (LockedKeyring(), Status.WARNING, "locked"),
        (TroubledKeyring(set=fail), Status.ERROR, "answered with an error"),
        (None, Status.SKIPPED, "no password store"),
    ],
)
def test_what_is_wrong_with_a_store_is_reported_without_its_words(
    tmp_path: Path, backend: KeyringBackend | None, status: Status, words: str
) -> None:
    probe = secret_store.round_trip(machine(tmp_path, backend))
    assert probe.status is status
    assert words in probe.detail
    assert "CANARY" not in str(probe)


def test_a_store_that_says_it_is_locked_is_not_touched(tmp_path: Path) -> None:
    probe = secret_store.round_trip(machine(tmp_path, TroubledKeyring(set=fail, get=fail), locked=lambda: True))
    assert (probe.status, probe.detail) == (Status.WARNING, "the password store is locked")


def test_no_store_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    assert secret_store.choice(machine(tmp_path)).status is Status.ERROR
    assert "vault" in secret_store.choice(machine(tmp_path)).fix
    assert secret_store.choice(machine(tmp_path, FakeKeyring())).detail == "Test Keyring"


def stored(home: Path, backend: KeyringBackend) -> ProfileStore:
    """Return a profile store with one profile, as the examined machine has it."""
    looked_at = machine(home, backend)
    profiles = ProfileStore(Registry(looked_at.paths.registry), looked_at.stores.open, looked_at.paths.lock)
    profiles.add(some_credentials(), "acme-tst")
    return profiles


def test_profiles_that_were_changed_or_are_not_bound_are_counted_and_not_named(tmp_path: Path) -> None:
    backend = FakeKeyring()
    profiles = stored(tmp_path, backend)
    looked_at = machine(tmp_path, backend)
    probe = secret_store.addresses(looked_at)
    assert (probe.status, probe.detail) == (Status.OK, "1 profile compared")
    profile = profiles.profile("acme-tst")
    tampering.unbind(looked_at.stores.open(None), profile.id)
    probe = secret_store.addresses(looked_at)
    assert probe.status is Status.WARNING
    assert "1 not bound" in probe.detail
    profiles.credentials(profile)
    profiles.bind(profile)
    tampering.lead_elsewhere(looked_at.paths.registry)
    probe = secret_store.addresses(looked_at)
    assert probe.status is Status.ERROR
    assert "store restore" in probe.fix
    assert "acme" not in str(probe)
    assert "127.0.0.1" not in str(probe)


def test_the_secrets_of_a_locked_store_are_not_read_for_comparing(tmp_path: Path) -> None:
    backend = FakeKeyring()
    stored(tmp_path, backend)
    probe = secret_store.addresses(machine(tmp_path, TroubledKeyring(get=fail), locked=lambda: True))
    assert (probe.status, probe.detail) == (
        Status.SKIPPED,
        "0 profiles compared; 1 not checked, because its password store is locked or not available",
    )


def test_a_profile_whose_store_is_away_is_a_warning(own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    probe = secret_store.profiles(machine(own_home / "ionapi-tui", FakeKeyring()))
    assert probe.status is Status.WARNING
    assert "Desktop password store" in probe.detail
    assert "keyring:" not in probe.detail
    assert "acme" not in str(probe)


def test_a_vault_is_opened_with_its_passphrase_or_reported_as_locked(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    home, passphrase = own_home / "ionapi-tui", new_passphrase()
    new_vault(home / "vault.kdbx", passphrase)
    looked_at = machine(home)
    looked_at = replace(looked_at, stores=type(looked_at.stores)(1, home=home))
    looked_at.stores.use("kdbx")
    locked = secret_store.round_trip(looked_at)
    assert locked.status is Status.WARNING
    assert "IONAPI_TUI_PASSPHRASE_FILE" in locked.fix
    assert "window" not in locked.fix
    assert "vault.kdbx" not in str(locked), "its file may be called after a customer"
    looked_at.stores.ask = lambda _question: passphrase
    assert secret_store.round_trip(looked_at).status is Status.OK
    assert secret_store.choice(looked_at).detail == "KeePass vault"


@pytest.mark.keyring
def test_a_real_keyring_is_written_read_and_left_as_it_was(tmp_path: Path, in_own_keyring: PrivateKeyring) -> None:
    from ionapi_tui.secret_stores.choose import choose

    looked_at = machine(tmp_path)
    looked_at = replace(looked_at, stores=type(looked_at.stores)(5, choose, tmp_path))
    assert secret_store.round_trip(looked_at).status is Status.OK
    assert in_own_keyring.items() == {}
    in_own_keyring.lock()
    with in_own_keyring.ignored_prompts():
        assert secret_store.round_trip(looked_at).status is Status.WARNING


def test_a_secret_that_is_gone_from_a_store_that_is_there_is_an_error(tmp_path: Path) -> None:
    backend = FakeKeyring()
    stored(tmp_path, backend)
    probe = secret_store.addresses(machine(tmp_path, FakeKeyring()))
    assert probe.status is Status.ERROR
    assert "no longer contains the secret of 1 profile" in probe.detail
    assert "acme" not in str(probe)
