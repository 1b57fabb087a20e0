"""A list of profiles that cannot be understood is kept, and nobody is left to wonder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ionapi_tui.base.errors import RegistryError
from ionapi_tui.profile_store.registry import VERSION
from ionapi_tui.profile_store.store import ProfileStore
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import Shelf, some_credentials


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", FakeKeyring())


@pytest.fixture
def store(shelf: Shelf) -> ProfileStore:
    return shelf.store()


def test_a_damaged_list_is_kept_and_told_of_until_somebody_has_looked(store: ProfileStore, shelf: Shelf) -> None:
    store.add(some_credentials(), "acme-tst")
    whole = shelf.registry.path.read_bytes()
    shelf.registry.path.write_bytes(whole[:-7])
    with pytest.raises(RegistryError, match=r"profiles\.json\.broken-20261122T073000Z"):
        store.profiles()
    kept = shelf.folder / "profiles.json.broken-20261122T073000Z"
    assert kept.read_bytes() == whole[:-7]
    assert store.profiles() == ()
    for _start in range(2):
        (told,) = store.recover()
        assert kept.name in told.message
        assert not told.settled
    kept.write_bytes(whole)
    kept.rename(shelf.registry.path)
    assert store.recover() == ()
    assert store.credentials("acme-tst").tenant == "ACME_TST"


def test_two_lists_damaged_in_one_second_are_both_kept(store: ProfileStore, shelf: Shelf) -> None:
    shelf.folder.mkdir(exist_ok=True)
    for raw in (b"one", b"two"):
        shelf.registry.path.write_bytes(raw)
        with pytest.raises(RegistryError):
            store.add(some_credentials(), "acme-tst")
    assert sorted(one.read_bytes() for one in shelf.folder.glob("*broken*")) == [b"one", b"two"]


@pytest.mark.posix("the limit of a name, in the words of its system")
def test_a_damaged_list_that_cannot_be_moved_is_explained_and_left(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, FakeKeyring())
    # No name that is longer than this one can be made.
    shelf.registry.path = tmp_path / ("x" * 255)
    shelf.registry.path.write_bytes(b"damaged")
    with pytest.raises(RegistryError, match=r"cannot be moved: File name too long\."):
        shelf.store().profiles()
    assert shelf.registry.path.read_bytes() == b"damaged"


def test_a_list_of_a_newer_version_is_never_written_to(store: ProfileStore, shelf: Shelf) -> None:
    profile = store.add(some_credentials(), "acme-tst")
    document = json.loads(shelf.registry.path.read_bytes()) | {"version": VERSION + 1}
    shelf.registry.path.write_text(json.dumps(document))
    raw = shelf.registry.path.read_bytes()
    assert store.recover() == ()
    changes: list[Callable[[], object]] = [
        lambda: store.add(some_credentials(), "other"),
        lambda: store.rename(profile.name, "other"),
        lambda: store.remove(profile.name),
    ]
    for change in changes:
        with pytest.raises(RegistryError, match="newer version"):
            change()
    assert shelf.registry.path.read_bytes() == raw
