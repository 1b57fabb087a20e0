"""Processes killed at random moments of every operation that writes: nothing is lost, nothing stays half done."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.domain.profile import Checked, Notes
from ionapi_tui.profile_store.plan_file import PlanFile
from ionapi_tui.profile_store.progress import Progress
from ionapi_tui.profile_store.registry import token_item
from tests.fixtures.tampering import unbind
from tests.samples import random_secret
from tests.soak.machines import HERE, Machine, Process, credentials_of

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

KILLS: Final = int(os.environ.get("TEST_KILLS", "8"))
"""How often each operation is killed; ``make soak`` raises it."""


def import_one(process: Process) -> None:
    number = len(process.profiles.profiles())
    process.profiles.add(credentials_of(f"NEW{number}_TST"), f"new-{number}-{os.urandom(4).hex()}")


def replace(process: Process) -> None:
    process.profiles.replace("kept", credentials_of("KEPT_TST"))


def rename(process: Process) -> None:
    names = {profile.name for profile in process.profiles.profiles()}
    if "restless" not in names and "moved" not in names:
        process.profiles.add(credentials_of("RESTLESS_TST"), "restless")
        names |= {"restless"}
    process.profiles.rename(*(("restless", "moved") if "restless" in names else ("moved", "restless")))


def remove(process: Process) -> None:
    name = f"short-{os.urandom(4).hex()}"
    process.profiles.add(credentials_of("SHORT_TST"), name)
    process.profiles.remove(name)


def move(process: Process) -> None:
    there = process.machine.there
    process.profiles.move("kept", there if process.profiles.profile("kept").store == HERE else HERE)


def bind(process: Process) -> None:
    """Do what a verification that worked does with a secret that an older version stored."""
    profile = process.profiles.profile("old")
    store = process.stores.open(profile.store)
    if not process.profiles.survey().unbound:
        unbind(store, profile.id)
    process.profiles.credentials(profile)
    assert process.profiles.bind(profile)


def confirm_host(process: Process) -> None:
    hosts = process.profiles.profile("kept").trusted_hosts
    process.profiles.trust("kept", () if hosts else ("inforos.acme.example",))


def restore(process: Process) -> None:
    contents = process.registry.load()
    old = contents.existing("old")
    changed = dataclasses.replace(old, public={**old.public, "iu": "http://127.0.0.1:9"})
    process.registry.save(contents.put(changed, instead_of=old))
    (one,) = process.profiles.restore({old.id})
    assert one == old


def keep_token(process: Process) -> None:
    profile = process.profiles.profile("kept")
    process.stores.open(profile.store).set(token_item(profile.id), Secret(random_secret(1_500)))


def choose_store(process: Process) -> None:
    used = process.stores.settings.load().use
    process.stores.use(process.machine.there if used == HERE else HERE)


def remember_progress(process: Process) -> None:
    process.progress.save(Progress("export-to-infor", "2", frozenset(f"tick {number}" for number in range(300))))


def plan_tenants(process: Process) -> None:
    plan = PlanFile(process.machine.home / "plan.json")
    tenant = f"T{len(plan.load())}_TST"
    plan.add([PlannedTenant(tenant, "Acme")])
    if len(plan.load()) > 30:
        plan.remove([one.tenant for one in plan.load()])


def note(process: Process) -> None:
    before = process.profiles.profile("kept").notes
    process.profiles.set_notes("kept", Notes() if before else Notes("doc.service", "ann@acme.example", "OPS-42"))


def record_changes(process: Process) -> None:
    """Do what a verification that reports changes does at its end."""
    profiles = process.profiles.profiles()
    outcome = Checked("2026-11-22T08:00:00Z", ok=not profiles[0].reported)
    ids = [profile.id for profile in profiles]
    process.profiles.record_checks(dict.fromkeys(ids, outcome), dict.fromkeys(ids, outcome.ok))


OPERATIONS: Final[tuple[Callable[[Process], None], ...]] = (
    *(import_one, replace, rename, remove, move, keep_token, choose_store, remember_progress),
    *(bind, confirm_host, restore, note, record_changes, plan_tenants),
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
def test_a_kill_at_any_moment_loses_nothing(
    tmp_path: Path, operation: Callable[[Process], None], capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(tmp_path / "home")
    tidied = 0
    for _kill in range(KILLS):
        machine.kill_in(operation)
        tidied += machine.check()
        _tidy(machine)
    with capsys.disabled():
        print(f"\n{operation.__name__}: {KILLS} kills, {tidied} finished or undone at the next start, 0 lost", end=" ")


def _tidy(machine: Machine) -> None:
    """Keep the list short, so that the last kill comes as quickly as the first."""
    process = Process(machine)
    for profile in process.profiles.profiles():
        if profile.name.startswith(("new-", "short-")):
            process.profiles.remove(profile.name)
