"""The real ``pass`` with a real GnuPG key, and the way of profiles through every store there is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_tui.base.errors import IonApiError, StoreFailed, StoreMissing
from ionapi_tui.base.secret import Secret
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.choose import choose
from ionapi_tui.secret_stores.keyring_store import VAULT
from ionapi_tui.secret_stores.stores import Stores, key_of
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import some_credentials
from tests.fixtures.vaults import needed, new_passphrase, new_vault
from tests.samples import random_secret

KEY = "keyring:keyring_pass.PasswordStoreBackend"


@pytest.fixture
def password_store(
    tmp_path_factory: pytest.TempPathFactory, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A password store of the test's own, with a key of its own that asks for no passphrase."""
    for program in ("pass", "gpg", "gpgconf"):
        needed(program)
    # A short path, because gpg-agent makes sockets in it.
    keys = tmp_path_factory.mktemp("gpg")
    keys.chmod(0o700)
    store = own_home / "password-store"
    monkeypatch.setenv("GNUPGHOME", str(keys))
    monkeypatch.setenv("PASSWORD_STORE_DIR", str(store))
    quiet = ["gpg", "--batch", "--quiet", "--passphrase", ""]
    subprocess.run([*quiet, "--quick-generate-key", "tests@ionapi-tui.invalid", "ed25519"], check=True)
    (key,) = (
        line.split(":")[9]
        for line in subprocess.run(
            ["gpg", "--list-keys", "--with-colons"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        if line.startswith("fpr")
    )
    subprocess.run([*quiet, "--quick-add-key", key, "cv25519", "encr"], check=True)
    subprocess.run(["pass", "init", key], check=True, capture_output=True)
    # Without an entry keyring-pass takes the store for one that was never made.
    subprocess.run(["pass", "insert", "--echo", "somebody/else"], input="x\n", text=True, check=True)
    yield store
    subprocess.run(["gpgconf", "--kill", "all"], check=True)


@pytest.mark.posix("pass is a program of Unix")
def test_what_pass_lacks_is_said_with_how_to_get_it(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = Stores(30, home=own_home / "ionapi-tui")
    monkeypatch.setenv("PASSWORD_STORE_DIR", str(own_home / "nothing"))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)

    def refused() -> str:
        with pytest.raises(StoreMissing) as caught:
            stores.use(key_of("pass", stores.vaults))
        assert stores.settings.load().use is None
        return str(caught.value)

    with monkeypatch.context() as without_program:
        without_program.setenv("PATH", str(own_home))
        assert "the program pass is not installed" in refused()
    needed("pass")
    assert "pass init" in refused()
    with monkeypatch.context() as without_package:
        without_package.setitem(sys.modules, "keyring_pass", None)
        assert refused() == (
            "pass is not available: the Python package keyring-pass is not installed (pip install keyring-pass)."
        )


@pytest.mark.posix("pass is a program of Unix")
def test_a_named_pass_keeps_and_forgets_secrets_without_a_word(
    password_store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    choice = choose({"PYTHON_KEYRING_BACKEND": "keyring_pass.PasswordStoreBackend"}, "linux")
    store, secret = choice.store, Secret(random_secret(1_500))
    assert store is not None, choice.reason
    assert (store.key, store.label) == (KEY, "pass")
    capfd.readouterr()
    assert store.get("a1") is None
    store.set("a1", secret)
    assert store.get("a1") == secret
    assert list(password_store.rglob("*.gpg"))
    store.delete("a1")
    store.delete("a1")
    assert store.get("a1") is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.posix("pass is a program of Unix")
def test_a_pass_whose_key_is_gone_is_an_error_and_not_an_empty_store(
    password_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = choose({"PYTHON_KEYRING_BACKEND": "keyring_pass.PasswordStoreBackend"}, "linux").store
    assert store is not None
    store.set("a1", Secret("CANARY"))
    other = tmp_path / "no keys"
    other.mkdir(mode=0o700)
    with monkeypatch.context() as there:
        there.setenv("GNUPGHOME", str(other))
        with pytest.raises(StoreFailed, match="pass answered with an error"):
            store.get("a1")
    assert store.get("a1") == Secret("CANARY")


@pytest.mark.keyring
def test_profiles_go_from_the_keyring_to_a_vault_to_pass_and_back_with_equal_secrets(
    own_home: Path, password_store: Path, in_own_keyring: PrivateKeyring
) -> None:
    home = own_home / "ionapi-tui"
    passphrase = new_passphrase()
    new_vault(home / "vault.kdbx", passphrase)
    stores = Stores(60, home=home, ask=lambda _question: passphrase)
    registry, lock = Registry(home / "profiles.json"), ProcessLock(home / "lock")
    profiles = ProfileStore(registry, stores.open, lock)
    known = {"short": some_credentials(), "long": some_credentials(long=True)}
    for name, credentials in known.items():
        profiles.add(credentials, name)
    keyring = "keyring:SecretService"
    for there in (VAULT, key_of("pass", stores.vaults), keyring):
        stores.use(there)
        for name in known:
            assert there is not None
            assert profiles.move(name, there).store == there
        assert {name: profiles.credentials(name) for name in known} == known
        assert {profile.store for profile in profiles.profiles()} == {there}
    assert len(in_own_keyring.items()) == len(known), "a Secret Service takes long secrets whole"
    assert [path.name for path in password_store.rglob("*.gpg")] == ["else.gpg"]
    assert stores.open(VAULT).get(profiles.profile("short").id) is None


def test_a_choice_that_cannot_be_used_changes_nothing(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    stores = Stores(5)
    for name in ("keyring.backends.null.Keyring", "no.such.Backend", "/no/where/team.kdbx", "vault"):
        with pytest.raises(IonApiError):
            stores.use(key_of(name, stores.vaults))
    assert stores.settings.load().use is None
