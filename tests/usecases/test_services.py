"""How often the cached token of a profile is read from its store on the way to an access token."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.token import Token
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from ionapi_tui.profile_store.registry import token_item
from ionapi_tui.secret_stores.choose import StoreChoice
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.usecases.services import Services
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import KEY
from tests.samples import MARKER


class CountingStore(KeyringStore):
    """Counts how often each item is read."""

    def __init__(self, backend: FakeKeyring) -> None:
        super().__init__(backend, KEY, "the store of tests")
        self.reads: Counter[str] = Counter()

    def get(self, item: str) -> Secret | None:
        """Return what is kept."""
        self.reads[item] += 1
        return super().get(item)


class Process:
    """What one process would have: services of its own, over the store that all share."""

    def __init__(self, backend: FakeKeyring) -> None:
        self.store = CountingStore(backend)
        self.services = Services(choose_store=lambda: StoreChoice(self.store, ""))

    @property
    def profile(self) -> Profile:
        """The profile."""
        return self.services.profiles.profile("acme-tst")

    @property
    def reads(self) -> int:
        """How often this process has read the cached token."""
        return self.store.reads[token_item(self.profile.id)]

    def token(self) -> Secret:
        """Return what ``ionapi-tui token`` would write."""
        return self.services.access("acme-tst").token


@pytest.fixture
def tenant() -> Iterator[PracticeTenant]:
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def backend(own_home: Path, tenant: PracticeTenant) -> FakeKeyring:
    """What keeps one profile, ``acme-tst``."""
    backend = FakeKeyring()
    Process(backend).services.profiles.add(Credentials.from_document(tenant.ionapi()), "acme-tst")
    return backend


def let_expire(backend: FakeKeyring) -> None:
    """Let the cached token have come so long ago that it serves no more, and nobody know."""
    process = Process(backend)
    item = token_item(process.profile.id)
    text = process.store.get(item)
    token = None if text is None else Token.from_cache(text)
    assert token is not None
    old = dataclasses.replace(token, issued_at=token.issued_at - token.lifetime - 1)
    process.store.set(item, old.to_cache())


def test_a_token_that_serves_is_read_once(backend: FakeKeyring, tenant: PracticeTenant) -> None:
    first = Process(backend).token()
    later = Process(backend)
    assert later.token() == first
    assert later.reads == 1
    assert len(tenant.requests.token_requests) == 1


def test_whoever_finds_none_has_looked_once(backend: FakeKeyring, tenant: PracticeTenant) -> None:
    process = Process(backend)
    process.token()
    assert process.reads == 1
    assert len(tenant.requests.token_requests) == 1


def test_whoever_finds_one_that_is_over_has_looked_once(backend: FakeKeyring, tenant: PracticeTenant) -> None:
    first = Process(backend).token()
    let_expire(backend)
    process = Process(backend)
    assert process.token() != first
    assert process.reads == 1
    assert len(tenant.requests.token_requests) == 2


def test_what_another_process_has_renewed_meanwhile_is_read_again(backend: FakeKeyring, tenant: PracticeTenant) -> None:
    Process(backend).token()
    let_expire(backend)
    process, other = Process(backend), Process(backend)
    cache = process.services.profiles.token_cache(process.profile)
    cache.load()
    renewed = other.token()
    assert process.services.connections.source("acme-tst", cache).token().access == renewed
    assert process.reads == 2
    assert len(tenant.requests.token_requests) == 2


def test_what_another_process_has_revoked_meanwhile_is_not_used(backend: FakeKeyring, tenant: PracticeTenant) -> None:
    first = Process(backend).token()
    process = Process(backend)
    cache = process.services.profiles.token_cache(process.profile)
    assert cache.load() is not None
    assert Process(backend).services.connections.source("acme-tst").logout()
    assert process.services.connections.source("acme-tst", cache).token().access != first
    assert process.reads == 2


def test_a_process_that_dies_before_it_says_so_costs_one_token(backend: FakeKeyring, tenant: PracticeTenant) -> None:
    Process(backend).token()
    let_expire(backend)
    process = Process(backend)
    cache = process.services.profiles.token_cache(process.profile)
    cache.load()
    stamp = process.services.paths.token_stamp(process.profile.id)
    before = stamp.read_bytes()
    Process(backend).token()
    # What it would have been if the other had died between the store and the stamp.
    stamp.write_bytes(before)
    own = process.services.connections.source("acme-tst", cache).token().access
    assert len(tenant.requests.token_requests) == 3
    assert {Process(backend).token() for _other in range(3)} == {own}
    assert len(tenant.requests.token_requests) == 3
