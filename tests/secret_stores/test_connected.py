"""Many items over one connection to a real GNOME Keyring: the same items, and what happens when the daemon changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.SecretService import Keyring

from ionapi_tui.base.errors import StoreLocked, StoreMissing
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.backends import store_of
from ionapi_tui.secret_stores.keyring_store import SERVICE, USER, KeyringStore
from ionapi_tui.secret_stores.stores import TimeLimitedStore
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import random_secret
from tests.secret_stores.test_keyring_store import StoreContract

pytestmark = [pytest.mark.keyring, pytest.mark.posix("Secret Service is for Linux")]


class Counted:
    """The backend of the desktop, which counts how often its collection is opened."""

    def __init__(self) -> None:
        self.opened = 0
        self.backend = Keyring()  # type: ignore[no-untyped-call]
        self._open: Callable[[], object] = self.backend.get_preferred_collection
        # Not a subclass: the library would offer it as a backend of this machine.
        vars(self.backend)["get_preferred_collection"] = self._counted

    def _counted(self) -> object:
        self.opened += 1
        return self._open()


@pytest.fixture
def counted() -> Counted:
    return Counted()


def connected_store(counted: Counted) -> KeyringStore:
    """Return the store that the program makes of the desktop's backend."""
    return store_of(counted.backend)


class TestAConnectedStoreKeepsTheContract(StoreContract):
    @pytest.fixture
    def backend(self, counted: Counted) -> KeyringBackend:
        return counted.backend

    @pytest.fixture
    def store(self, in_private_keyring: PrivateKeyring, counted: Counted) -> Iterator[KeyringStore]:
        store = connected_store(counted)
        with store.connected():
            yield store


def test_both_ways_read_and_replace_what_the_other_wrote(in_own_keyring: PrivateKeyring, counted: Counted) -> None:
    store, plain = connected_store(counted), store_of(Keyring())  # type: ignore[no-untyped-call]
    old, new, newest = (Secret(random_secret(2_000)) for _number in range(3))
    plain.set("a1", old)
    with store.connected():
        assert store.get("a1") == old
        store.set("a1", new)
        store.set("b2", old)
    assert plain.get("a1") == new
    assert plain.get("b2") == old
    plain.set("b2", newest)
    assert store.get("b2") == newest
    # One item each, which the keyring command finds too.
    assert in_own_keyring.items() == {f"{SERVICE}:a1": new.reveal(), f"{SERVICE}:b2": newest.reveal()}
    assert Keyring().get_password(f"{SERVICE}:a1", USER) == new.reveal()  # type: ignore[no-untyped-call]
    with store.connected():
        store.delete("a1")
    assert plain.get("a1") is None


def test_one_connection_serves_many_calls_from_many_threads(in_own_keyring: PrivateKeyring, counted: Counted) -> None:
    store = connected_store(counted)
    secrets = {f"t{number}": Secret(random_secret()) for number in range(24)}
    wrong: list[str] = []

    def use(item: str, secret: Secret) -> None:
        store.set(item, secret)
        if store.get(item) != secret:
            wrong.append(item)

    with store.connected(), store.connected():
        threads = [threading.Thread(target=use, args=one) for one in secrets.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong
        assert store.read_ahead([*secrets, "missing"]) == secrets
    assert counted.opened == 1
    assert store.get("t1") == secrets["t1"]
    assert counted.opened == 2, "after the block each call has its own again"


def test_a_secret_that_was_split_is_not_read_ahead(in_own_keyring: PrivateKeyring, counted: Counted) -> None:
    secret = Secret(random_secret(3_000))
    # As versions before wrote it, and as Windows still needs it.
    KeyringStore(counted.backend, "k", "an older version").set("a1", secret)
    store = connected_store(counted)
    with store.connected():
        assert store.read_ahead(["a1"]) == {}
        assert store.get("a1") == secret
    whole = store_of(Keyring())  # type: ignore[no-untyped-call]
    whole.set("a1", secret)
    assert list(in_own_keyring.items()) == [f"{SERVICE}:a1"], "the parts are gone once it is written anew"
    with store.connected():
        assert store.read_ahead(["a1"]) == {"a1": secret}


def test_a_daemon_that_was_started_anew_is_found_again(in_own_keyring: PrivateKeyring, counted: Counted) -> None:
    store = connected_store(counted)
    secret = Secret(random_secret())
    with store.connected():
        store.set("a1", secret)
        in_own_keyring.kill_daemon()
        with pytest.raises(StoreMissing):
            store.get("a1")
        in_own_keyring.start_daemon()
        assert store.get("a1") == secret
        in_own_keyring.kill_daemon()
        in_own_keyring.start_daemon()
        store.set("a1", secret)
        assert store.read_ahead(["a1"]) == {"a1": secret}
    assert counted.opened >= 3


def test_a_keyring_that_is_locked_meanwhile_says_so_and_goes_on_when_it_is_unlocked(
    in_own_keyring: PrivateKeyring, counted: Counted
) -> None:
    store = connected_store(counted)
    secret = Secret(random_secret())
    limited = TimeLimitedStore(store, 0.5)
    with limited.connected():
        limited.set("a1", secret)
        in_own_keyring.lock()
        with in_own_keyring.ignored_prompts(), pytest.raises(StoreLocked):
            limited.get("a1")
        in_own_keyring.unlock()
    assert connected_store(Counted()).get("a1") == secret


def test_a_store_without_a_connection_reads_nothing_ahead() -> None:
    store = KeyringStore(FakeKeyring(), "k", "s")
    store.set("a1", Secret("x"))
    with store.connected():
        assert store.read_ahead(["a1"]) == {}
        assert store.get("a1") == Secret("x")
