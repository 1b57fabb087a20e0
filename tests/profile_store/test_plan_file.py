"""The tenant plan is kept whole, whoever writes it and whatever is in the file."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ionapi_tui.base.errors import RegistryError
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.profile_store.plan_file import Added, NotPlanned, PlanFile

NOW = datetime(2026, 3, 29, 1, 59, 59, tzinfo=UTC)
ADDRESS = "https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST"
FIELDS = {
    **dict.fromkeys(("customer", "contact", "service_user", "requested", "awaited"), ""),
    "tenant": "ACME_TST",
    "portal": ADDRESS,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.json"


@pytest.fixture
def plan(path: Path) -> PlanFile:
    return PlanFile(path, lambda: NOW)


def test_tenants_are_added_completed_found_and_removed(plan: PlanFile) -> None:
    assert plan.load() == ()
    acme, globex = PlannedTenant("ACME_TST", "Acme"), PlannedTenant("GLOBEX_PRD")
    assert plan.add([acme, globex]) == Added(("ACME_TST", "GLOBEX_PRD"), ())
    assert plan.add([PlannedTenant("ACME_TST", contact="Ann"), globex]) == Added((), ("ACME_TST",))
    assert plan.find("ACME_TST") == PlannedTenant("ACME_TST", "Acme", "Ann")
    assert plan.find("OTHER_TST") is None
    with pytest.raises(NotPlanned, match="OTHER_TST is not in the tenant plan"):
        plan.remove(["ACME_TST", "OTHER_TST"])
    assert len(plan.load()) == 2
    plan.remove(["ACME_TST"])
    assert plan.load() == (globex,)


def test_adding_what_is_known_does_not_write(plan: PlanFile, path: Path) -> None:
    plan.add([PlannedTenant("ACME_TST")])
    before = path.stat().st_ino
    assert plan.add([PlannedTenant("ACME_TST")]) == Added((), ())
    assert path.stat().st_ino == before


def test_many_threads_lose_no_tenant(path: Path) -> None:
    def add(number: int) -> None:
        PlanFile(path, lambda: NOW).add([PlannedTenant(f"T{number}_TST")])

    threads = [threading.Thread(target=add, args=[number]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.tenant for one in PlanFile(path).load()} == {f"T{number}_TST" for number in range(12)}


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"{", b"[]", b'{"version": 1}', b'{"version": true, "tenants": []}', b'{"version":1,"tenants":[1]}'),
        json.dumps({"version": 1, "tenants": [FIELDS | {"extra": ""}]}).encode(),
        json.dumps({"version": 1, "tenants": [FIELDS | {"customer": None}]}).encode(),
        json.dumps({"version": 1, "tenants": [FIELDS | {"tenant": "../x"}]}).encode(),
        json.dumps({"version": 1, "tenants": [FIELDS | {"portal": "https://example.com/v2/ACME_TST"}]}).encode(),
        json.dumps({"version": 1, "tenants": [FIELDS | {"portal": "file:///etc/passwd"}]}).encode(),
        b"[" * 200_000,
    ],
)
def test_a_damaged_plan_is_kept_and_said_and_never_opens_another_site(plan: PlanFile, path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(RegistryError, match="The tenant plan was damaged"):
        plan.load()
    assert path.with_name("plan.json.broken-20260329T015959Z").read_bytes() == raw
    assert plan.load() == ()


def test_a_newer_plan_is_left_alone(plan: PlanFile, path: Path) -> None:
    path.write_bytes(b'{"version": 2, "tenants": []}')
    with pytest.raises(RegistryError, match="newer version"):
        plan.add([PlannedTenant("ACME_TST")])
    assert path.read_bytes() == b'{"version": 2, "tenants": []}'


def test_a_folder_in_its_place_is_said(plan: PlanFile, path: Path) -> None:
    path.mkdir()
    with pytest.raises(RegistryError, match="cannot be read"):
        plan.load()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(raw=some.binary(max_size=200))
def test_no_bytes_end_the_program(plan: PlanFile, path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(RegistryError):
        plan.load()
