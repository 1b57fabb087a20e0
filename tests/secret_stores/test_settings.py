"""What was chosen is used, or the program says that it cannot tell; it never guesses."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import RegistryError, StoreMissing
from ionapi_tui.secret_stores.choose import Settings, SettingsFile
from ionapi_tui.secret_stores.stores import Stores
from tests.fixtures.vaults import new_passphrase, new_vault


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file, on a machine where nothing else names a store."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    return tmp_path / "store.json"


def test_a_choice_is_kept_and_what_was_chosen_before_stays_known(path: Path) -> None:
    file = SettingsFile(path)
    assert file.load() == Settings()
    for key in ("kdbx", "keyring:KWallet", "kdbx", None):
        file.save(file.load().using(key))
    assert file.load() == Settings(None, ("kdbx", "keyring:KWallet"))
    assert is_private(path)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"version": 2, "use": null, "known": []}', '{"version": 1, "use": 5, "known": []}'],
)
def test_a_file_that_cannot_be_understood_is_told_and_nothing_is_guessed(path: Path, content: str) -> None:
    path.write_text(content)
    with pytest.raises(RegistryError, match="Delete it and choose again"):
        SettingsFile(path).load()
    stores = Stores(5, home=path.parent)
    assert stores.choice.store is None
    assert "Delete it and choose again" in stores.choice.reason
    with pytest.raises((StoreMissing, RegistryError)):
        stores.open(None)
    assert path.read_text() == content


def test_a_chosen_vault_that_is_gone_is_missed_and_never_replaced_by_another_store(path: Path) -> None:
    new_vault(path.parent / "team.kdbx", new_passphrase())
    stores = Stores(5, home=path.parent)
    stores.use(f"kdbx:{path.parent / 'team.kdbx'}")
    (path.parent / "team.kdbx").unlink()
    for again in (stores, Stores(5, home=path.parent)):
        with pytest.raises(StoreMissing, match="was not found"):
            again.open(None)


def test_what_the_environment_names_comes_before_what_was_chosen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_vault(path.parent / "vault.kdbx", new_passphrase())
    Stores(5, home=path.parent).use("kdbx")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fixtures.fake_keyring.FakeKeyring")
    store = Stores(5, home=path.parent).choice.store
    assert store is not None
    assert store.key == "keyring:tests.fixtures.fake_keyring.FakeKeyring"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring")
    store = Stores(5, home=path.parent).choice.store
    assert store is not None
    assert store.key == "kdbx"
