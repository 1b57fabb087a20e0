"""Removing several profiles: each as it was chosen, and one failure keeps no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.errors import NoSuchProfile
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.usecases.removing import of_the_same_app, practice_profiles, remove_all
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import Shelf, some_credentials
from tests.samples import sample


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", FakeKeyring())


def test_all_are_removed_with_their_secrets(shelf: Shelf) -> None:
    store = shelf.store()
    profiles = [store.add(some_credentials(), name) for name in ("one", "two")]
    kept = store.add(some_credentials(), "three")
    assert remove_all(store, profiles) == []
    assert store.profiles() == (kept,)
    assert shelf.ids() == {kept.id}


def test_other_profiles_of_the_same_app_are_named_because_it_has_to_stay(shelf: Shelf) -> None:
    store, document = shelf.store(), sample()
    old, new, other = (
        store.add(Credentials.from_document(one), name)
        for name, one in (("acme-old", document), ("acme", document), ("other", sample()))
    )
    said = of_the_same_app([old], store.profiles())
    assert said.startswith("The authorized app is also used by acme, perhaps with the same service account.")
    assert of_the_same_app([old, new], store.profiles()) == ""
    assert of_the_same_app([other], store.profiles()) == ""


def test_what_another_process_has_removed_renamed_or_replaced_is_left_alone(shelf: Shelf) -> None:
    store = shelf.store()
    removed, renamed, replaced, chosen = (store.add(some_credentials(), name) for name in ("a", "b", "c", "d"))
    store.remove("a")
    store.rename("b", "b2")
    new = store.replace("c", some_credentials())
    assert remove_all(store, [removed, renamed, replaced, chosen]) == []
    assert {profile.name: profile.id for profile in store.profiles()} == {"b2": renamed.id, "c": new.id}


def test_a_profile_is_not_taken_for_the_one_that_has_its_name_now(shelf: Shelf) -> None:
    store = shelf.store()
    old = store.add(some_credentials(), "acme-tst")
    new = store.replace("acme-tst", some_credentials())
    with pytest.raises(NoSuchProfile):
        store.remove(old)
    assert store.remove("acme-tst") == new


class Stubborn(FakeKeyring):
    """Deletes nothing of one profile."""

    kept_id = ""

    def delete_password(self, service: str, username: str) -> None:
        """Delete an item, unless it belongs to that profile."""
        if self.kept_id in service:
            raise RuntimeError("out of order")
        super().delete_password(service, username)


def test_a_store_that_refuses_one_is_reported_and_the_others_are_removed(tmp_path: Path) -> None:
    keyring = Stubborn()
    store = Shelf(tmp_path / "shelf", keyring).store()
    profiles = [store.add(some_credentials(), name) for name in ("one", "two")]
    keyring.kept_id = profiles[0].id
    (error,) = remove_all(store, profiles)
    assert "out of order" in str(error)
    assert [profile.name for profile in store.profiles()] == ["one"]


def test_practice_profiles_are_those_that_lead_to_this_machine(shelf: Shelf) -> None:
    store = shelf.store()
    store.add(some_credentials(), "acme-tst")
    practice = store.add(Credentials.from_document(sample(iu="http://127.0.0.1:8765")), "practice")
    assert practice_profiles(store.profiles()) == (practice,)
