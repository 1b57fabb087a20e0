"""Watching reports each change once, in whatever way it is interrupted, and costs one write of the list."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.profile_store.registry import Contents, Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.changes import Changes, verify_for_changes
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.verifying import verify_all, verify_one
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import Shelf

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class CountingRegistry(Registry):
    """Remembers everything that is written to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.written: list[Contents] = []

    def save(self, contents: Contents) -> None:
        """Write, and remember what."""
        self.written.append(contents)
        super().save(contents)


class Watch:
    """A list of profiles that is verified once an hour."""

    def __init__(self, folder: Path, tenant: PracticeTenant) -> None:
        self.shelf = Shelf(folder, FakeKeyring())
        self.registry = self.shelf.registry = CountingRegistry(self.shelf.registry.path)
        self.store: ProfileStore = self.shelf.store()
        self.tenant = tenant
        self.hour = 0
        network = Network(total=30)
        self.connections = Connections(
            self.store, Paths(self.shelf.folder), network, lambda: START + timedelta(hours=self.hour)
        )

    def add(self, name: str, variant: str = "good") -> None:
        """Store a profile of the practice tenant."""
        self.store.add(Credentials.from_document(self.tenant.ionapi(variant)), name)

    def look(self) -> Changes:
        """Verify everything an hour later."""
        self.hour += 1
        seen: list[Changes] = []
        asyncio.run(verify_for_changes(self.connections, self.store.profiles(), seen.append))
        return seen[0]

    def turned(self) -> dict[str, str]:
        """Return what changed in the next hour."""
        return {one.verified.profile.name: one.turned.value for one in self.look().changed}


@pytest.fixture
def watch(tmp_path: Path, tenant: PracticeTenant) -> Watch:
    return Watch(tmp_path / "shelf", tenant)


def refuse(tenant: PracticeTenant) -> None:
    """Let every client be unknown, as after a refresh of the tenant."""
    tenant.faults.on("invalid-client")


def test_the_first_run_is_the_baseline_and_each_change_is_reported_once(watch: Watch) -> None:
    watch.add("a")
    first = watch.look()
    assert (first.is_first, first.changed, first.exit_code) == (True, (), 0)
    assert watch.turned() == {}
    refuse(watch.tenant)
    assert watch.turned() == {"a": "red"}
    assert watch.turned() == {}
    watch.tenant.faults.clear()
    assert watch.turned() == {"a": "green"}
    watch.add("b", "missing-role")
    later = watch.look()
    assert ([one.profile.name for one in later.baseline], later.is_first, later.changed) == (["b"], False, ())


def test_verifying_in_between_hides_no_change(watch: Watch) -> None:
    watch.add("a")
    watch.look()
    refuse(watch.tenant)
    asyncio.run(verify_one(watch.connections, "a"))
    assert watch.turned() == {"a": "red"}


def test_replaced_credentials_are_compared_with_the_ones_before(watch: Watch) -> None:
    watch.add("a", "deleted-account")
    watch.look()
    watch.store.replace("a", Credentials.from_document(watch.tenant.ionapi()))
    assert watch.turned() == {"a": "green"}


def test_a_change_that_could_not_be_reported_is_reported_the_next_time(watch: Watch) -> None:
    watch.add("a")
    watch.look()
    refuse(watch.tenant)

    def fail(_changes: Changes) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        asyncio.run(verify_for_changes(watch.connections, watch.store.profiles(), fail))
    (profile,) = watch.store.profiles()
    assert (profile.checked is not None and profile.checked.ok, profile.reported) == (False, True)
    assert watch.turned() == {"a": "red"}


def test_outcomes_and_what_was_reported_are_one_write(watch: Watch) -> None:
    for name in "abcde":
        watch.add(name)
    watch.registry.written.clear()
    watch.look()
    (contents,) = watch.registry.written
    assert all(one.checked is not None and one.reported for one in contents.profiles)


def test_profiles_of_one_tenant_that_turn_red_together_are_a_refresh_for_every_front_end(watch: Watch) -> None:
    for name in ("a", "b"):
        watch.add(name)
    assert watch.look().findings == ()
    refuse(watch.tenant)
    (finding,) = watch.look().findings
    assert (finding.code, finding.step) == (Code.TENANT_REFRESHED, "1")
    assert "2 profiles stopped working together (a, b)" in finding.message
    watch.hour += 1
    for one in asyncio.run(verify_all(watch.connections, watch.store.profiles())):
        assert Code.TENANT_REFRESHED in {found.code for found in one.findings}
    alone = asyncio.run(verify_one(watch.connections, "a"))
    assert Code.TENANT_REFRESHED in {found.code for found in alone.findings}


def test_one_profile_that_turns_red_alone_is_no_refresh(watch: Watch) -> None:
    watch.add("a")
    watch.add("b")
    watch.look()
    watch.store.replace("b", Credentials.from_document(watch.tenant.ionapi("deleted-account")))
    changes = watch.look()
    assert ([one.verified.profile.name for one in changes.changed], changes.findings) == (["b"], ())
