"""A profile moves from store to store and is never lost between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from ionapi_tui.base.errors import NoSuchProfile, StoreFailed, StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.registry import Registry, token_item
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.secret_stores.vault.keyring_backend import KdbxKeyring
from tests.fixtures.fake_keyring import FakeKeyring, ForgetfulKeyring, TroubledKeyring
from tests.fixtures.shelf import numbers, some_credentials
from tests.fixtures.steps import Crash, SteppingKeyring, SteppingRegistry, Steps, crash
from tests.fixtures.vaults import new_passphrase, new_vault
from tests.samples import random_secret

HERE, THERE = "keyring:Here", "keyring:There"


def refuse() -> None:
    raise KeyringLocked("Failed to unlock the collection!")


class TwoStores:
    """A list of profiles over two backends."""

    def __init__(self, folder: Path, here: KeyringBackend, there: KeyringBackend) -> None:
        self.backends = {HERE: here, THERE: there}
        self.registry = Registry(folder / "profiles.json")
        self.lock = ProcessLock(folder / "lock", timeout=10)

    def open(self, key: str | None, steps: Steps | None = None) -> KeyringStore:
        """Return the store of a key; new secrets go to the first."""
        backend = self.backends[key or HERE]
        return KeyringStore(SteppingKeyring(backend, steps) if steps else backend, key or HERE, f"store {key}")

    def profiles(self, steps: Steps | None = None) -> ProfileStore:
        """Return the profiles, as another process sees them; with ``steps``, to an end at that step."""
        registry = SteppingRegistry(self.registry, steps) if steps else self.registry
        return ProfileStore(registry, lambda key: self.open(key, steps), self.lock)


@pytest.fixture
def two(tmp_path: Path) -> TwoStores:
    """Two stores that behave."""
    return TwoStores(tmp_path, FakeKeyring(), FakeKeyring())


def kept(backend: KeyringBackend) -> set[str]:
    assert isinstance(backend, FakeKeyring)
    return {service.split(":")[1] for service, _user in backend.kept}


def test_what_was_moved_is_in_the_new_place_alone_with_its_token(two: TwoStores) -> None:
    credentials = some_credentials(long=True)
    old = two.profiles().add(credentials, "acme-tst")
    token = Secret(random_secret())
    two.open(HERE).set(token_item(old.id), token)
    new = two.profiles().move("acme-tst", THERE)
    assert (new.name, new.store, new.public, new.created) == (old.name, THERE, old.public, old.created)
    assert two.profiles().credentials("acme-tst") == credentials
    assert two.open(THERE).get(token_item(new.id)) == token
    assert kept(two.backends[HERE]) == set()
    assert two.profiles().recover() == ()
    assert two.profiles().move("acme-tst", THERE) == new


def test_two_names_for_one_store_lose_nothing(tmp_path: Path) -> None:
    same = FakeKeyring()
    two = TwoStores(tmp_path, same, same)
    credentials = some_credentials()
    two.profiles().add(credentials, "acme-tst")
    two.profiles().move("acme-tst", THERE)
    assert two.profiles().credentials("acme-tst") == credentials


@pytest.mark.parametrize("long", [False, True], ids=["one item", "several items"])
def test_an_end_at_any_step_is_made_good(tmp_path: Path, long: bool) -> None:
    for step in numbers():
        two = TwoStores(tmp_path / str(step), FakeKeyring(), FakeKeyring())
        credentials = some_credentials(long=long)
        two.profiles().add(credentials, "acme-tst")
        finished = True
        try:
            two.profiles(Steps(step, crash)).move("acme-tst", THERE)
        except Crash:
            finished = False
        pending = bool(two.registry.load().pending)
        told = two.profiles().recover()
        assert bool(told) == pending
        assert all("Moving the secrets of acme-tst was interrupted" in one.message and one.settled for one in told)
        (profile,) = two.profiles().profiles()
        assert two.profiles().credentials("acme-tst") == credentials
        other = THERE if profile.store == HERE else HERE
        assert (kept(two.backends[profile.store]), kept(two.backends[other])) == ({profile.id}, set())
        if finished:
            assert profile.store == THERE
            return


@pytest.mark.parametrize("there", [ForgetfulKeyring(), TroubledKeyring(set=refuse)])
def test_a_store_that_does_not_keep_it_leaves_it_where_it_was(tmp_path: Path, there: KeyringBackend) -> None:
    two = TwoStores(tmp_path, FakeKeyring(), there)
    credentials = some_credentials()
    before = two.profiles().add(credentials, "acme-tst")
    with pytest.raises((StoreFailed, StoreLocked)):
        two.profiles().move("acme-tst", THERE)
    assert two.profiles().profile("acme-tst") == before
    assert two.profiles().credentials("acme-tst") == credentials
    assert kept(there) == set()
    assert two.profiles().recover() == ()


def test_what_cannot_be_removed_where_it_was_is_removed_at_the_next_start(tmp_path: Path) -> None:
    here = TroubledKeyring()
    two = TwoStores(tmp_path, here, FakeKeyring())
    credentials = some_credentials()
    two.profiles().add(credentials, "acme-tst")
    here.troubles = {"delete": refuse}
    assert two.profiles().move("acme-tst", THERE).store == THERE
    assert two.profiles().credentials("acme-tst") == credentials
    (told,) = two.profiles().recover()
    assert not told.settled
    here.troubles = {}
    (told,) = two.profiles().recover()
    assert told.message.endswith("It is complete now: they are only in the new password store.")
    assert kept(here) == set()


def test_what_is_not_there_cannot_be_moved(two: TwoStores) -> None:
    with pytest.raises(NoSuchProfile):
        two.profiles().move("nobody", THERE)
    profile = two.profiles().add(some_credentials(), "acme-tst")
    two.open(HERE).delete(profile.id)
    with pytest.raises(
        StoreFailed, match=r"^store keyring:Here no longer contains the secret of acme-tst, so it cannot"
    ):
        two.profiles().move("acme-tst", THERE)
    assert two.profiles().profile("acme-tst") == profile


def test_into_a_vault_and_back(tmp_path: Path) -> None:
    passphrase = new_passphrase()
    vault = new_vault(tmp_path / "team.kdbx", passphrase)
    vault.unlock(passphrase)
    two = TwoStores(tmp_path, FakeKeyring(), KdbxKeyring(vault))
    known: dict[str, Credentials] = {}
    for name in ("first", "second"):
        known[name] = some_credentials()
        two.profiles().add(known[name], name)
    for key in (THERE, HERE):
        for name in known:
            two.profiles().move(name, key)
        assert {name: two.profiles().credentials(name) for name in known} == known
    assert kept(two.backends[HERE]) == {profile.id for profile in two.profiles().profiles()}
