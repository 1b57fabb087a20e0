"""A process may end at any step: the next start finishes or undoes what it did, says so, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from ionapi_tui.base.errors import StoreLocked
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.profile_store.recovery import recover
from ionapi_tui.profile_store.store import ProfileStore
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import Shelf, numbers, some_credentials
from tests.fixtures.steps import EXIT_CODE, Crash, Steps, crash, exit_now

Change = Callable[[ProfileStore, Credentials], object]

CHANGES: dict[str, Change] = {
    "add": lambda store, new: store.add(new, "new"),
    "replace": lambda store, new: store.replace("first", new),
    "rename": lambda store, _new: store.rename("first", "renamed"),
    "rotate": lambda store, new: (store.add(new, "new"), store.succeed("first", "new", "old")),
    "remove": lambda store, _new: store.remove("first"),
}

ALLOWED: dict[str, tuple[list[str], ...]] = {
    "add": (["first", "other"], ["first", "other", "new"]),
    "replace": (["first", "other"], ["first", "other"]),
    "rename": (["first", "other"], ["renamed", "other"]),
    "rotate": (["first", "other"], ["first", "other", "new"], ["old", "other", "first"]),
    "remove": (["first", "other"], ["other"]),
}
"""The names before each change, on the way, and after it."""

SENTENCES = {
    "add": ("undone",),
    "replace": ("undone", "complete"),
    "rename": (),
    "rotate": ("undone",),
    "remove": ("complete",),
}


def end_in_this_process(shelf: Shelf, change: Change, new: Credentials, step: int) -> bool:
    """Carry out ``change`` up to ``step``; return whether it came to an end before."""
    try:
        change(shelf.store(Steps(step, crash)), new)
    except Crash:
        return False
    return True


def end_in_a_child(shelf: Shelf, change: Change, new: Credentials, step: int) -> bool:
    """Do the same in a process that is gone afterwards, without any of Python's last words."""
    child = os.fork()
    if not child:
        try:
            change(shelf.store(Steps(step, exit_now)), new)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, EXIT_CODE)
    return code == 0


def check(shelf: Shelf, action: str, known: list[Credentials], *, finished: bool) -> None:
    """Check what must hold after the next start, whatever happened."""
    pending = bool(shelf.registry.load().pending)
    told = shelf.store().recover()
    assert bool(told) == pending
    assert all(one.settled and any(word in one.message for word in SENTENCES[action]) for one in told)
    assert shelf.store().recover() == ()
    assert not shelf.registry.load().pending
    names = [profile.name for profile in shelf.store().profiles()]
    assert names == ALLOWED[action][-1] if finished else names in ALLOWED[action]
    assert all(shelf.store().credentials(name) in known for name in names)
    assert shelf.store().credentials("other") == known[1]


def run(
    shelf: Shelf, action: str, step: int, *, long: bool, end: Callable[..., bool]
) -> tuple[list[Credentials], bool]:
    """Begin with two profiles and end ``action`` at ``step``; return every credentials there were, and if it ended."""
    known = [some_credentials(long=long) for _one in range(3)]
    shelf.store().add(known[0], "first")
    shelf.store().add(known[1], "other")
    return known, end(shelf, CHANGES[action], known[2], step)


@pytest.mark.parametrize("long", [False, True], ids=["one item", "several items"])
@pytest.mark.parametrize("action", CHANGES)
def test_an_end_at_any_step_is_made_good(tmp_path: Path, action: str, long: bool) -> None:
    for step in numbers():
        backend = FakeKeyring()
        shelf = Shelf(tmp_path / str(step), backend)
        known, finished = run(shelf, action, step, long=long, end=end_in_this_process)
        check(shelf, action, known, finished=finished)
        assert {service.split(":")[1] for service, _user in backend.kept} == shelf.ids()
        if finished:
            return


@pytest.mark.keyring
@pytest.mark.parametrize("action", CHANGES)
def test_an_end_at_any_step_is_made_good_in_a_real_keyring(
    tmp_path: Path, action: str, in_own_keyring: PrivateKeyring
) -> None:
    from keyring.backends.SecretService import Keyring

    for step in numbers():
        backend: KeyringBackend = Keyring()  # type: ignore[no-untyped-call]
        shelf = Shelf(tmp_path / str(step), backend)
        known, finished = run(shelf, action, step, long=False, end=end_in_a_child)
        check(shelf, action, known, finished=finished)
        assert {service.split(":")[1] for service in in_own_keyring.items()} == shelf.ids()
        for name in [profile.name for profile in shelf.store().profiles()]:
            shelf.store().remove(name)
        assert in_own_keyring.items() == {}
        if finished:
            return


def interrupted(tmp_path: Path, action: str, steps: int, backend: FakeKeyring) -> Shelf:
    """Return a shelf on which ``action`` came to an end after so many steps."""
    shelf = Shelf(tmp_path / "shelf", backend)
    _known, finished = run(shelf, action, steps, long=False, end=end_in_this_process)
    assert not finished
    return shelf


def test_what_is_unfinished_waits_while_the_store_is_locked(tmp_path: Path) -> None:
    backend = TroubledKeyring()
    shelf = interrupted(tmp_path, "add", 2, backend)
    backend.troubles = {"get": refuse, "delete": refuse}
    (told,) = shelf.store().recover()
    assert not told.settled
    assert "new is unfinished and is waiting for the password store: the store of tests is locked" in told.message
    backend.troubles = {}
    (told,) = shelf.store().recover()
    assert told.settled
    assert told.message.startswith("Importing new was interrupted and undone")


def test_what_another_process_is_doing_is_not_taken_for_unfinished(tmp_path: Path) -> None:
    backend = FakeKeyring()
    shelf = interrupted(tmp_path, "add", 2, backend)
    before = dict(backend.kept)
    with shelf.lock.held():
        assert shelf.store().recover() == ()
    assert backend.kept == before
    assert len(shelf.store().recover()) == 1
    assert backend.kept != before


def test_what_another_process_has_settled_meanwhile_is_left_alone(tmp_path: Path) -> None:
    backend = FakeKeyring()
    shelf = interrupted(tmp_path, "add", 2, backend)
    stale = shelf.registry.load()
    shelf.store().recover()
    kept = dict(backend.kept)
    opener = shelf.opener()
    assert recover(shelf.registry, opener, shelf.lock, lambda: stale) == ()
    assert backend.kept == kept
    assert not opener.opened


def test_a_name_is_free_again_while_its_import_is_unfinished(tmp_path: Path) -> None:
    shelf = interrupted(tmp_path, "add", 2, FakeKeyring())
    credentials = some_credentials()
    shelf.store().add(credentials, "new")
    shelf.store().recover()
    assert shelf.store().credentials("new") == credentials


def test_leftovers_of_dead_writers_are_swept_up(tmp_path: Path) -> None:
    shelf = interrupted(tmp_path, "rename", 0, FakeKeyring())
    leftover = shelf.folder / ".ionapi-tui-0123456789abcdef.tmp"
    leftover.touch()
    shelf.store().recover()
    assert not leftover.exists()


def test_an_import_whose_undoing_fails_too_is_undone_at_the_next_start(tmp_path: Path) -> None:
    backend = TroubledKeyring()
    shelf = Shelf(tmp_path / "shelf", backend)

    def write_then_lock() -> None:
        backend.troubles = {"get": refuse, "delete": refuse}

    backend.troubles = {"set": write_then_lock}
    with pytest.raises(StoreLocked):
        shelf.store().add(some_credentials(), "new")
    assert shelf.store().profiles() == ()
    assert len(backend.kept) == 1
    backend.troubles = {}
    (told,) = shelf.store().recover()
    assert told.settled
    assert backend.kept == {}


def test_a_removal_whose_outcome_nobody_knows_is_finished_at_the_next_start(tmp_path: Path) -> None:
    backend = TroubledKeyring()
    shelf = Shelf(tmp_path / "shelf", backend)
    shelf.store().add(some_credentials(), "first")

    def lock() -> None:
        backend.troubles = {"get": refuse, "delete": refuse}
        refuse()

    backend.troubles = {"delete": lock}
    with pytest.raises(StoreLocked):
        shelf.store().remove("first")
    backend.troubles = {}
    (told,) = shelf.store().recover()
    assert told.message == "Removing first was interrupted. It is complete now."
    assert shelf.store().profiles() == ()
    assert backend.kept == {}


def refuse() -> None:
    raise KeyringLocked("Failed to unlock the collection!")
