"""Verifying stored profiles: hosts are confirmed first, and every outcome is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from keyring.backends.SecretService import Keyring

from ionapi_tui.base.errors import NoSuchProfile, UsageError
from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.backends import store_of
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.verifying import (
    Listener,
    Summary,
    Verified,
    confirm_hosts,
    summary_of,
    unconfirmed_hosts,
    verify_all,
    verify_one,
)
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import Shelf
from tests.samples import MARKER, sample

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CHECKED = "2026-11-22T08:00:00Z"
ON_PREMISES = {"iu": "https://inforos.acme.example:7443", "pu": "https://sts.acme.example/InforIntSTS/"}


@pytest.fixture
def tenant() -> Iterator[PracticeTenant]:
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf", FakeKeyring())


@pytest.fixture
def store(shelf: Shelf) -> ProfileStore:
    return shelf.store()


@pytest.fixture
def connections(shelf: Shelf, store: ProfileStore) -> Connections:
    return Connections(store, Paths(shelf.folder), Network(total=30), lambda: NOW)


def kept(store: ProfileStore) -> dict[str, Checked | None]:
    """Return the last verification of each profile."""
    return {profile.name: profile.checked for profile in store.profiles()}


def add(store: ProfileStore, name: str, document: dict[str, object]) -> Profile:
    return store.add(Credentials.from_document(document), name)


def test_hosts_that_infor_does_not_have_are_confirmed_and_then_not_asked_for_again(
    connections: Connections, store: ProfileStore
) -> None:
    profile = add(store, "acme-prem", sample(**ON_PREMISES))
    assert unconfirmed_hosts(profile) == ("inforos.acme.example", "sts.acme.example")
    (confirmed,) = confirm_hosts(connections, [profile], unconfirmed_hosts(profile))
    assert unconfirmed_hosts(confirmed) == ()
    assert store.profiles() == (confirmed,)


def test_a_host_that_no_file_names_confirms_nothing(connections: Connections, store: ProfileStore) -> None:
    profile = add(store, "acme-prem", sample(**ON_PREMISES))
    with pytest.raises(UsageError, match=r"other.invalid.*inforos.acme.example, sts.acme.example"):
        confirm_hosts(connections, [profile], ["sts.acme.example", "other.invalid"])
    assert store.profiles() == (profile,)


async def test_one_profile_is_verified_as_it_is_now_and_the_outcome_is_kept(
    connections: Connections, store: ProfileStore, tenant: PracticeTenant
) -> None:
    add(store, "practice", tenant.ionapi("disabled-account"))
    store.replace("practice", Credentials.from_document(tenant.ionapi()))
    ended = []
    verification = await verify_one(connections, "practice", lambda check: ended.append(check.status.is_final))
    assert verification.ok
    assert ended.count(True) == len(verification.results)
    assert kept(store) == {"practice": Checked(CHECKED, ok=True, headline=verification.headline)}


async def test_a_profile_that_is_gone_cannot_be_verified(connections: Connections) -> None:
    with pytest.raises(NoSuchProfile):
        await verify_one(connections, "gone")


async def test_of_many_each_outcome_is_reported_kept_and_counted(
    connections: Connections, store: ProfileStore, shelf: Shelf, tenant: PracticeTenant
) -> None:
    profiles = [add(store, name, tenant.ionapi()) for name in ("good", "lost")]
    profiles.append(add(store, "disabled", tenant.ionapi("disabled-account")))
    assert isinstance(shelf.backend, FakeKeyring)
    for item in [item for item in shelf.backend.kept if profiles[1].id in item[0]]:
        del shelf.backend.kept[item]
    reported: list[Verified] = []
    verified = await verify_all(connections, profiles, Listener(of_profile=reported.append))
    assert [(one.profile.name, one.ok, one.error is None) for one in verified] == [
        ("good", True, True),
        ("lost", False, False),
        ("disabled", False, True),
    ]
    assert len(reported) == 3
    assert summary_of(verified) == Summary(working=1, failing=2)
    assert summary_of(verified).total == 3
    checked = kept(store)
    assert checked["good"] == verified[0].checked(NOW)
    assert checked["disabled"] == verified[2].checked(NOW)
    assert checked["lost"] is None
    assert "no longer contains the secret of lost" in verified[1].checked(NOW).headline


async def test_what_was_verified_before_an_interruption_is_kept(
    connections: Connections, store: ProfileStore, tenant: PracticeTenant
) -> None:
    refused = add(store, "refused", sample(**ON_PREMISES))
    waiting = add(store, "waiting", tenant.ionapi())
    tenant.faults.on("timeout")
    first = asyncio.Event()
    listener = Listener(of_profile=lambda _verified: first.set())
    verifying = asyncio.create_task(verify_all(connections, [refused, waiting], listener))
    await first.wait()
    verifying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await verifying
    checked = kept(store)
    assert checked["refused"] is not None
    assert not checked["refused"].ok
    assert checked["waiting"] is None


@pytest.mark.keyring
@pytest.mark.posix("Secret Service is for Linux")
async def test_profiles_in_a_real_keyring_leave_the_tokens_of_their_verifications(
    in_own_keyring: PrivateKeyring, own_home: Path, tenant: PracticeTenant
) -> None:
    paths = Paths(own_home)
    store = ProfileStore(Registry(paths.registry), Stores(home=own_home).open, paths.lock)
    profiles = [add(store, f"many-{number}", tenant.ionapi()) for number in range(20)]
    lost = profiles[7]
    store_of(Keyring()).delete(lost.id)  # type: ignore[no-untyped-call]
    verified = await verify_all(Connections(store, paths), profiles)
    assert [one.profile for one in verified if not one.ok] == [lost]
    assert "no longer contains the secret of many-7" in str(verified[7].error)
    requests = len(tenant.requests.token_requests)
    for profile in profiles:
        if profile is not lost:
            assert Connections(store, paths).source(profile).token().access
    assert len(tenant.requests.token_requests) == requests, "each has the token of its verification"
