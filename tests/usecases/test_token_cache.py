"""The cached token beside the secret: read once, unless another process has written it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.paths import Paths
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.secret_stores.choose import StoreChoice
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.usecases.services import Services
from tests.fixtures.fake_keyring import FakeKeyring


class CountingStore(KeyringStore):
    """A store that knows how often each item was asked for."""

    def __init__(self) -> None:
        super().__init__(FakeKeyring(), "keyring:Test", "Test Keyring")
        self.asked: list[str] = []

    def get(self, item: str) -> Secret | None:
        """Return what is kept, as the real one does."""
        self.asked.append(item)
        return super().get(item)

    @property
    def reads(self) -> int:
        """How often a cached token was asked for."""
        return sum(item.endswith(":token") for item in self.asked)


@pytest.fixture
def store() -> CountingStore:
    return CountingStore()


def machine(home: Path, store: CountingStore) -> Services:
    """Return the services of a process over the same folder and store."""
    return Services(Paths(home), choose_store=lambda: StoreChoice(store, "The test chose it."))


@pytest.fixture
def services(own_home: Path, store: CountingStore, tenant: PracticeTenant) -> Services:
    """A machine with one profile, ``acme-tst``, that works."""
    services = machine(own_home / "ours", store)
    services.profiles.add(Credentials.from_document(tenant.ionapi()), "acme-tst")
    store.asked.clear()
    return services


def test_a_token_that_has_to_be_fetched_costs_one_read_and_the_next_one_too(
    services: Services, store: CountingStore, tenant: PracticeTenant
) -> None:
    first = services.access("acme-tst")
    assert store.reads == 1
    store.asked.clear()
    assert services.access("acme-tst").token == first.token
    assert store.reads == 1
    assert len(tenant.requests.token_requests) == 1


def test_what_another_process_has_saved_is_read(services: Services, store: CountingStore, own_home: Path) -> None:
    profile = services.profiles.profile("acme-tst")
    mine = services.profiles.token_cache(profile)
    other = machine(own_home / "ours", store).profiles.token_cache(profile)
    services.paths.token_stamp(profile.id).parent.mkdir()
    assert mine.load() is None
    other.save(Secret("CANARY of the other"))
    assert mine.load() == Secret("CANARY of the other")
    assert mine.load() == Secret("CANARY of the other")
    assert store.reads == 2
    other.drop()
    assert mine.load() is None
    assert store.reads == 3


def test_a_process_that_died_between_saving_and_saying_so_costs_one_token_at_most(
    services: Services, store: CountingStore, tenant: PracticeTenant
) -> None:
    profile = services.profiles.profile("acme-tst")
    cache = services.profiles.token_cache(profile)
    assert cache.load() is None
    token = services.access("acme-tst").token
    services.paths.token_stamp(profile.id).unlink()
    assert services.connections.source(profile, cache).token().access != token
    assert len(tenant.requests.token_requests) == 2
    assert services.access("acme-tst").token != token
    assert len(tenant.requests.token_requests) == 2


def test_a_stamp_that_a_full_disk_left_empty_hides_no_change(
    services: Services, store: CountingStore, own_home: Path
) -> None:
    profile = services.profiles.profile("acme-tst")
    mine = services.profiles.token_cache(profile)
    other = machine(own_home / "ours", store).profiles.token_cache(profile)
    other.save(Secret("CANARY first"))
    stamp = Paths(own_home / "ours").token_stamp(profile.id)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_bytes(b"")
    assert (found := mine.load()) is not None
    assert found.reveal() == "CANARY first"
    other.drop()
    stamp.write_bytes(b"")
    assert mine.load() is None
