"""A store that waits for a password is waited for, but not for ever."""

from __future__ import annotations

import threading

import pytest

from ionapi_tui.base.errors import StoreFailed, StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.secret_stores.stores import TimeLimitedStore
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.fixtures.private_keyring import PrivateKeyring, wait_until


def over(backend: FakeKeyring, seconds: float) -> TimeLimitedStore:
    return TimeLimitedStore(KeyringStore(backend, "keyring:Test", "the store of tests", lambda: True), seconds)


def test_what_the_store_answers_is_passed_on() -> None:
    store = over(FakeKeyring(), 10)
    store.set("a1", Secret("CANARY"))
    assert store.get("a1") == Secret("CANARY")
    store.delete("a1")
    assert store.get("a1") is None
    assert (store.key, store.label, store.locked()) == ("keyring:Test", "the store of tests", True)


def test_what_the_store_raises_is_passed_on() -> None:
    def trouble() -> None:
        raise RuntimeError("out of order")

    with pytest.raises(StoreFailed, match="out of order"):
        over(TroubledKeyring(get=trouble), 10).get("a1")


def test_a_store_that_does_not_answer_is_given_up_and_tried_again_once_it_has() -> None:
    answer = threading.Event()
    asked: list[None] = []

    def wait() -> None:
        asked.append(None)
        answer.wait(30)

    store = over(TroubledKeyring(get=wait), 0.05)
    with pytest.raises(StoreLocked, match=r"the store of tests has not answered within 0\.05 seconds"):
        store.get("a1")
    with pytest.raises(StoreLocked):
        store.get("a1")
    wait_until(lambda: asked)
    assert len(asked) == 1, "a second question would open a second window"
    answer.set()
    wait_until(lambda: not any(thread.name == "store" for thread in threading.enumerate()))
    store._seconds = 60
    assert store.get("a1") is None


def test_what_is_waited_for_is_said_after_a_moment() -> None:
    said: list[str] = []
    answered = threading.Event()

    def announce(sentence: str) -> None:
        said.append(sentence)
        answered.set()

    backend = TroubledKeyring(get=lambda: answered.wait(30))
    store = TimeLimitedStore(KeyringStore(backend, "keyring:Test", "the store of tests"), 30, announce)
    assert store.get("a1") is None
    assert said == [
        "Waiting for the store of tests. If a window of your desktop asks for its password, enter it there."
    ]
    store.get("a1")
    assert len(said) == 1


@pytest.mark.keyring
def test_a_real_prompt_that_nobody_answers_ends_in_time(in_own_keyring: PrivateKeyring) -> None:
    from keyring.backends.SecretService import Keyring

    from ionapi_tui.secret_stores.backends import store_of

    behind = store_of(Keyring())  # type: ignore[no-untyped-call]
    behind.set("a1", Secret("CANARY"))
    in_own_keyring.lock()
    store = TimeLimitedStore(behind, 0.3)
    with in_own_keyring.ignored_prompts(), pytest.raises(StoreLocked, match="GNOME Keyring has not answered"):
        store.get("a1")
    # The window has gone with its program: the question counts as dismissed, and the abandoned call comes back.
    wait_until(lambda: not any(thread.name == "store" for thread in threading.enumerate()))
    in_own_keyring.unlock()
    assert behind.get("a1") == Secret("CANARY")
