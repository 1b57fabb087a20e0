"""New credentials take the place of old ones only when they should, and both are whole at every moment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.profile import NAME_LENGTH
from ionapi_tui.gateway.verify import Verification
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.rotation import Comparison, Rotation
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.fixtures.shelf import Shelf, numbers, some_credentials
from tests.fixtures.steps import Crash, Steps, crash
from tests.samples import sample

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CHECKED = "2026-11-22T08:00:00Z"


def again(credentials: Credentials, **changes: object) -> Credentials:
    """Return credentials of the same app with ``changes``."""
    return Credentials.from_document(
        {**sample(ci=credentials.client_id, cs=credentials.client_secret.reveal()), **changes}
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", TroubledKeyring())


def rotation_of(store: ProfileStore, shelf: Shelf, name: str) -> Rotation:
    connections = Connections(store, Paths(shelf.folder), now=lambda: NOW)
    return Rotation(store, lambda: connections, store.profile(name))


def test_new_credentials_are_compared_with_the_old(shelf: Shelf) -> None:
    old, store = some_credentials(), shelf.store()
    store.add(old, "acme-tst")
    rotation = rotation_of(store, shelf, "acme-tst")
    assert rotation.compare(old) is Comparison.NOTHING_NEW
    assert rotation.compare(again(old)) is Comparison.NEW_KEYS
    assert rotation.compare(some_credentials()) is Comparison.NEW_APP
    assert rotation.compare(some_credentials("ACME_PRD")) is Comparison.OTHER_TENANT
    assert [one for one in Comparison if one.can_replace] == [Comparison.NEW_KEYS, Comparison.NEW_APP]


def test_a_lost_secret_does_not_keep_new_ones_away(shelf: Shelf) -> None:
    old, store = some_credentials(), shelf.store()
    store.add(old, "acme-tst")
    assert isinstance(shelf.backend, FakeKeyring)
    shelf.backend.kept.clear()
    assert rotation_of(store, shelf, "acme-tst").compare(old) is Comparison.NEW_KEYS


async def test_they_are_verified_before_anything_of_them_is_stored(shelf: Shelf, tenant: PracticeTenant) -> None:
    store = shelf.store()
    store.add(Credentials.from_document(tenant.ionapi()), "practice")
    rotation = rotation_of(store, shelf, "practice")
    before = store.profiles()
    good = await rotation.verify(Credentials.from_document(tenant.ionapi()), lambda _check: None)
    bad = await rotation.verify(Credentials.from_document(tenant.ionapi("disabled-account")), lambda _check: None)
    assert (good.ok, bad.ok) == (True, False)
    assert store.profiles() == before


def test_foreign_hosts_are_asked_for_once_and_remembered_with_the_new_ones(
    shelf: Shelf, verification: Verification
) -> None:
    store = shelf.store()
    new = again(some_credentials(), iu="https://inforos.acme.example:7443")
    store.add(some_credentials(), "acme-tst")
    rotation = rotation_of(store, shelf, "acme-tst")
    assert rotation.unconfirmed_hosts(new) == ("inforos.acme.example",)
    rotation.trust(("inforos.acme.example",))
    assert rotation.unconfirmed_hosts(new) == ()
    assert rotation.switch(new, verification).new.trusted_hosts == ("inforos.acme.example",)


@pytest.fixture
async def verification(shelf: Shelf, tenant: PracticeTenant) -> Verification:
    """The outcome of a verification that ended."""
    store = Shelf(shelf.folder / "elsewhere", FakeKeyring()).store()
    store.add(some_credentials(), "any")
    rotation = rotation_of(store, shelf, "any")
    return await rotation.verify(Credentials.from_document(tenant.ionapi()), lambda _check: None)


def test_the_new_ones_get_the_name_and_the_old_ones_are_kept_until_confirmed(
    shelf: Shelf, verification: Verification
) -> None:
    old, new, store = some_credentials(), some_credentials(), shelf.store()
    store.add(old, "acme-tst")
    store.add(some_credentials(), "acme-tst-old")
    rotation = rotation_of(store, shelf, "acme-tst")
    switched = rotation.switch(new, verification)
    assert (switched.new.name, switched.old.name) == ("acme-tst", "acme-tst-old-2")
    assert switched.new.checked is not None
    assert (switched.new.checked.at, switched.new.checked.ok) == (CHECKED, True)
    assert store.credentials("acme-tst") == new
    assert store.credentials("acme-tst-old-2") == old
    rotation.confirm(switched)
    assert [profile.name for profile in store.profiles()] == ["acme-tst-old", "acme-tst"]
    assert store.credentials("acme-tst") == new


def test_going_back_brings_the_old_ones_back_and_leaves_nothing_of_the_new(
    shelf: Shelf, verification: Verification
) -> None:
    old, store = some_credentials(), shelf.store()
    before = store.add(old, "acme-tst")
    rotation = rotation_of(store, shelf, "acme-tst")
    assert rotation.go_back(rotation.switch(some_credentials(), verification)) == before
    assert store.profiles() == (before,)
    assert store.credentials("acme-tst") == old
    assert isinstance(shelf.backend, FakeKeyring)
    assert len(shelf.backend.kept) == 1


def test_the_longest_name_has_room_for_its_ending(shelf: Shelf, verification: Verification) -> None:
    store, name = shelf.store(), "a" * NAME_LENGTH
    store.add(some_credentials(), name)
    switched = rotation_of(store, shelf, name).switch(some_credentials(), verification)
    assert switched.new.name == name
    assert len(switched.old.name) <= NAME_LENGTH


def test_a_store_that_refuses_leaves_the_old_ones_in_place(shelf: Shelf, verification: Verification) -> None:
    store = shelf.store()
    before = store.add(some_credentials(), "acme-tst")
    assert isinstance(shelf.backend, TroubledKeyring)

    def refuse() -> None:
        raise RuntimeError("out of order")

    shelf.backend.troubles = {"set": refuse}
    with pytest.raises(StoreFailed):
        rotation_of(store, shelf, "acme-tst").switch(some_credentials(), verification)
    assert store.profiles() == (before,)


@pytest.mark.parametrize("ending", ["confirm", "go_back"])
def test_an_end_at_any_step_loses_neither(tmp_path: Path, verification: Verification, ending: str) -> None:
    for step in numbers():
        shelf = Shelf(tmp_path / str(step), FakeKeyring())
        old, new = some_credentials(), some_credentials()
        shelf.store().add(old, "acme-tst")
        finished = True
        try:
            rotation = rotation_of(shelf.store(Steps(step, crash)), shelf, "acme-tst")
            getattr(rotation, ending)(rotation.switch(new, verification))
        except Crash:
            finished = False
        shelf.store().recover()
        store = shelf.store()
        names = {profile.name for profile in store.profiles()}
        kept = [store.credentials(name) for name in names]
        assert "acme-tst" in names
        assert all(one in (old, new) for one in kept)
        assert finished or old in kept or ending == "confirm"
        assert {service.split(":")[1] for service, _user in shelf.backend.kept} == shelf.ids()  # type: ignore[attr-defined]
        if finished:
            assert kept == [new if ending == "confirm" else old]
            return


async def test_what_the_profile_exports_to_is_verified_and_goes_over_to_the_new_credentials(
    shelf: Shelf, tenant: PracticeTenant
) -> None:
    store, new = shelf.store(), Credentials.from_document(tenant.ionapi())
    store.add(some_credentials(new.tenant), "practice")
    store.set_export_target(["practice"], ExportTarget.M3)
    rotation = rotation_of(store, shelf, "practice")
    verification = await rotation.verify(new, lambda _result: None)
    assert verification.results[-1].id == "m3"
    switched = rotation.switch(new, verification)
    assert switched.new.export_target is ExportTarget.M3
    assert switched.old.export_target is ExportTarget.M3
