"""One contract for every store: over a fake backend and over a real GNOME Keyring."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from keyring.backend import KeyringBackend
from keyring.testing.backend import BackendBasicTests

from ionapi_tui.base.errors import StoreFailed, StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.keyring_store import ITEM_LENGTH, SERVICE, USER, KeyringStore
from tests.fixtures.fake_keyring import FakeKeyring, ForgetfulKeyring, LockedKeyring, SmallKeyring, TroubledKeyring
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER, random_secret


class Crash(BaseException):
    """The process ends here; nothing that follows is executed."""


def real_backend() -> KeyringBackend:
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    from keyring.backends.SecretService import Keyring

    return Keyring()  # type: ignore[no-untyped-call]


class TestTheFakePassesKeyringsOwnTests(BackendBasicTests):
    def init_keyring(self) -> KeyringBackend:
        return FakeKeyring()


@pytest.mark.keyring
@pytest.mark.usefixtures("in_private_keyring")
class TestTheRealOnePassesKeyringsOwnTests(BackendBasicTests):
    @pytest.fixture(autouse=True)
    def _init_properties(self, in_private_keyring: PrivateKeyring) -> Iterator[None]:
        self.keyring = real_backend()
        self.credentials_created: set[tuple[str, str]] = set()
        yield
        self.cleanup()  # type: ignore[no-untyped-call]


class StoreContract:
    """What every store promises."""

    @pytest.fixture
    def backend(self) -> KeyringBackend:
        raise NotImplementedError

    @pytest.fixture
    def store(self, backend: KeyringBackend) -> KeyringStore:
        return KeyringStore(backend, "keyring:Test", "the store of tests")

    def test_what_is_set_is_got_and_once_deleted_is_gone(self, store: KeyringStore) -> None:
        secret = Secret(random_secret())
        assert store.get("a1") is None
        store.set("a1", secret)
        assert store.get("a1") == secret
        store.delete("a1")
        assert store.get("a1") is None

    def test_deleting_what_is_not_there_is_fine(self, store: KeyringStore) -> None:
        store.delete("never")
        assert store.get("never") is None

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("CANARY" * 200, id="two items"),
            pytest.param("CANARY" * 1_000, id="six items"),
            pytest.param("x" * ITEM_LENGTH, id="exactly one item"),
            pytest.param("x" * (ITEM_LENGTH + 1), id="one character too many"),
            pytest.param("\U0001f511" * 900, id="characters of two UTF-16 units"),
            pytest.param('{"cs":"é „quoted“ \\u0000"}', id="not ASCII"),
            pytest.param("split:a:1:0", id="looks like a split one"),
        ],
    )
    def test_any_text_comes_back_as_it_was(self, store: KeyringStore, text: str) -> None:
        store.set("b2", Secret(text))
        assert store.get("b2") == Secret(text)
        store.delete("b2")
        assert store.get("b2") is None

    def test_each_value_takes_the_place_of_the_one_before(self, store: KeyringStore) -> None:
        for length in (10, 5_000, 1_500, 4_000, 20, 2_500, 10):
            secret = Secret(random_secret(length))
            store.set("c3", secret)
            assert store.get("c3") == secret
        store.delete("c3")

    def test_a_short_secret_is_one_plain_item_that_other_programs_can_read(
        self, store: KeyringStore, backend: KeyringBackend
    ) -> None:
        secret = Secret(random_secret())
        store.set("d4", secret)
        assert backend.get_password(f"{SERVICE}:d4", USER) == secret.reveal()
        store.delete("d4")

    def test_text_that_cannot_be_encoded_is_refused_before_anything_is_written(self, store: KeyringStore) -> None:
        store.set("e5", Secret("before"))
        with pytest.raises(StoreFailed, match="not text"):
            store.set("e5", Secret("\ud800" + "x" * 3_000))
        assert store.get("e5") == Secret("before")
        store.delete("e5")


class TestTheFakeKeepsTheContract(StoreContract):
    @pytest.fixture
    def backend(self) -> KeyringBackend:
        return FakeKeyring()

    def test_nothing_is_left_behind(self, store: KeyringStore, backend: FakeKeyring) -> None:
        for length in (5_000, 3_000, 10, 2_000):
            store.set("a1", Secret(random_secret(length)))
        store.delete("a1")
        assert backend.kept == {}


@pytest.mark.keyring
class TestTheRealOneKeepsTheContract(StoreContract):
    @pytest.fixture
    def backend(self, in_private_keyring: PrivateKeyring) -> KeyringBackend:
        return real_backend()


class TestASmallOneKeepsTheContract(StoreContract):
    @pytest.fixture
    def backend(self) -> KeyringBackend:
        return SmallKeyring()


def stop_at(call: int) -> Callable[[], None]:
    """Return a trouble that ends the process at that call, counted from 1."""
    calls = iter(range(1, call))

    def trouble() -> None:
        if next(calls, None) is None:
            raise Crash

    return trouble


@pytest.mark.parametrize(("before", "after"), [(10, 3_500), (3_500, 10), (3_500, 2_500), (2_500, 3_500)])
def test_a_crash_at_any_call_leaves_the_old_or_the_new_secret_and_no_remains(before: int, after: int) -> None:
    for call in range(1, 30):
        backend = TroubledKeyring()
        store = KeyringStore(backend, "k", "s")
        old, new = Secret(random_secret(before)), Secret(random_secret(after))
        store.set("a1", old)
        trouble = stop_at(call)
        backend.troubles = {"set": trouble, "delete": trouble}
        try:
            store.set("a1", new)
        except Crash:
            crashed = True
        else:
            crashed = False
        backend.troubles = {}
        assert store.get("a1") in ((old, new) if crashed else (new,))
        store.set("a1", new)
        assert store.get("a1") == new
        store.delete("a1")
        assert backend.kept == {}
        if not crashed:
            return
    pytest.fail("it never came to an end")


def test_a_crash_while_deleting_is_made_good_by_deleting_again() -> None:
    for call in range(1, 30):
        backend = TroubledKeyring()
        store = KeyringStore(backend, "k", "s")
        secret = Secret(random_secret(4_500))
        store.set("a1", secret)
        backend.troubles = {"delete": stop_at(call)}
        try:
            store.delete("a1")
        except Crash:
            backend.troubles = {}
            assert store.get("a1") in (secret, None)
            store.delete("a1")
        else:
            assert call > 4
            return
        assert backend.kept == {}


def test_a_split_secret_with_a_part_missing_is_never_taken_for_whole() -> None:
    backend = FakeKeyring()
    store = KeyringStore(backend, "k", "the store of tests")
    store.set("a1", Secret(random_secret(3_000)))
    del backend.kept[f"{SERVICE}:a1:a2", USER]
    with pytest.raises(StoreFailed, match="complete"):
        store.get("a1")


def test_a_store_that_keeps_half_is_found_out_by_reading_back() -> None:
    store = KeyringStore(ForgetfulKeyring(), "k", "s")
    store.set("a1", Secret("CANARY"))
    assert store.get("a1") != Secret("CANARY")


def test_a_locked_store_says_so_and_does_not_say_the_secret() -> None:
    store = KeyringStore(LockedKeyring(), "k", "the store of tests")
    with pytest.raises(StoreLocked, match="the store of tests is locked") as caught:
        store.set("a1", Secret("CANARY"))
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert "press F2 in the app and then u to unlock it" in str(caught.value)


@pytest.mark.parametrize("error", [OSError("no CANARY here"), RuntimeError("x"), TypeError("x"), AttributeError("x")])
def test_whatever_a_backend_raises_becomes_an_error_that_can_be_explained(error: Exception) -> None:
    def trouble() -> None:
        raise error

    store = KeyringStore(TroubledKeyring(get=trouble), "k", "the store of tests")
    with pytest.raises(StoreFailed, match="the store of tests answered with an error"):
        store.get("a1")


@pytest.mark.parametrize("length", [86, 3_000])
def test_a_backend_that_repeats_what_it_was_told_to_keep_is_not_quoted(length: int) -> None:
    class Talkative(FakeKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise ValueError(f'there is no room for {{"cs": "{password}"}}')

    with pytest.raises(StoreFailed, match="there is no room for") as caught:
        KeyringStore(Talkative(), "k", "the store of tests").set("a1", Secret(random_secret(length)))
    assert MARKER not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_the_label_is_asked_for_once_and_only_when_needed() -> None:
    asked: list[bool] = []

    def label() -> str:
        asked.append(True)
        return "GNOME Keyring"

    store = KeyringStore(FakeKeyring(), "k", label)
    assert not asked
    assert (store.label, store.label, len(asked)) == ("GNOME Keyring", "GNOME Keyring", 1)
