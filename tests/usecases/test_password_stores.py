"""Moving profiles to another store: one that cannot be moved does not keep the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.secret_store import SecretStore
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.keyring_store import VAULT, KeyringStore
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.usecases.password_stores import make_vault, move_all, stored_elsewhere
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import some_credentials
from tests.fixtures.vaults import new_passphrase


def test_a_store_that_stays_locked_is_asked_once_and_the_others_are_moved(tmp_path: Path) -> None:
    stores = {key: KeyringStore(FakeKeyring(), key, key) for key in ("open", "locked", "target")}
    default, asked, shut = ["open"], [], [False]

    def open_store(key: str | None) -> SecretStore:
        key = key or default[0]
        if key == "locked" and shut[0]:
            asked.append(key)
            raise StoreLocked("It stays locked.")
        return stores[key]

    profiles = ProfileStore(Registry(tmp_path / "profiles.json"), open_store, ProcessLock(tmp_path / "lock"))
    for name, default[0] in (("a", "locked"), ("b", "open"), ("c", "locked")):
        profiles.add(some_credentials(), name)
    shut[0] = True
    outcome = move_all(profiles, stored_elsewhere(profiles.profiles(), "target"), stores["target"])
    assert [one.name for one in outcome.moved] == ["b"]
    assert [(one.profile.name, str(one.error)) for one in outcome.stayed] == [
        ("a", "It stays locked."),
        ("c", "It stays locked."),
    ]
    assert asked == ["locked"]
    assert [one.name for one in stored_elsewhere(profiles.profiles(), "target")] == ["a", "c"]


def test_a_profile_that_is_gone_meanwhile_is_skipped(tmp_path: Path) -> None:
    stores = {key: KeyringStore(FakeKeyring(), key, key) for key in ("first", "target")}
    profiles = ProfileStore(
        Registry(tmp_path / "profiles.json"), lambda key: stores[key or "first"], ProcessLock(tmp_path / "lock")
    )
    chosen = [profiles.add(some_credentials(), "a")]
    profiles.remove(chosen[0])
    outcome = move_all(profiles, chosen, stores["target"])
    assert (outcome.moved, outcome.stayed) == ((), ())


@pytest.mark.posix("Windows has its store")
def test_a_vault_is_made_once_and_then_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    stores, passphrase = Stores(30, home=tmp_path), new_passphrase()
    choice = make_vault(stores, passphrase)
    assert choice.store is not None
    assert choice.store.key == VAULT
    before = stores.vaults.of(VAULT).path.read_bytes()
    make_vault(stores, Secret("another one that is not needed"))
    assert stores.vaults.of(VAULT).path.read_bytes() == before
