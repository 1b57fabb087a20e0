"""Our own files, looked at from all sides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private, restrict
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.plan_file import PlanFile
from ionapi_tui.usecases.examination import files
from ionapi_tui.usecases.examination.probe import Status
from tests.cli.conftest import write_registry
from tests.fixtures.windows import let_everybody_read
from tests.usecases.examination.machines import machine

FULL = """
import resource, sys, io
from pathlib import Path
from tests.usecases.examination.machines import machine
from ionapi_tui.usecases.examination import files
resource.setrlimit(resource.RLIMIT_FSIZE, (2, 2))
print(files.folder(machine(Path(sys.argv[1]))).as_json())
"""


def test_a_new_folder_is_made_private(tmp_path: Path) -> None:
    probe = files.folder(machine(tmp_path / "new"))
    assert probe.status is Status.OK
    assert is_private(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.posix("permissions")
def test_a_folder_that_others_may_change_is_a_warning(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    probe = files.folder(machine(tmp_path))
    assert (probe.status, "0777" in probe.detail) == (Status.WARNING, True)


def test_a_folder_that_cannot_be_written_is_an_error_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("a file where the folder should be")
    probe = files.folder(machine(tmp_path / "acme"))
    assert probe.status is Status.ERROR
    assert "acme" not in str(probe)


@pytest.mark.posix("limits of a process")
def test_no_room_is_an_error(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "'status': 'error'" in done.stdout
    assert "EFBIG" in done.stdout


def test_a_lock_that_somebody_holds_is_a_warning(tmp_path: Path) -> None:
    assert files.lock(machine(tmp_path)).status is Status.OK
    with ProcessLock(tmp_path / "lock").held():
        assert files.lock(machine(tmp_path)).status is Status.WARNING


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 99, "profiles": [], "pending": []}'])
def test_a_list_that_cannot_be_read_is_an_error_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "profiles.json"
    path.write_text(content)
    assert files.registry(machine(tmp_path)).status is Status.ERROR
    assert path.read_text() == content


def test_profiles_are_counted_and_not_named(own_home: Path) -> None:
    write_registry(own_home, "acme-tst", "globex-prd")
    home = own_home / "ionapi-tui"
    (home / "profiles.json").chmod(0o600)
    restrict(home / "profiles.json")
    probe = files.registry(machine(home))
    assert (probe.status, probe.detail) == (Status.OK, "2 profiles")
    let_everybody_read(home / "profiles.json")
    assert files.registry(machine(home)).status is Status.WARNING
    (home / "profiles.json.broken-20260102T030405Z").write_text("{")
    assert "1 damaged" in files.registry(machine(home)).detail


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 99, "tenants": []}'])
def test_a_plan_that_cannot_be_read_is_an_error_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(content)
    assert files.plan(machine(tmp_path)).status is Status.ERROR
    assert path.read_text() == content


def test_planned_tenants_are_counted_and_not_named(tmp_path: Path) -> None:
    assert files.plan(machine(tmp_path)).detail == "0 tenants"
    PlanFile(tmp_path / "plan.json").add([PlannedTenant("ACME_TST", "Acme")])
    assert files.plan(machine(tmp_path)).detail == "1 tenant"
    (tmp_path / "plan.json.broken-20260102T030405Z").write_text("{")
    probe = files.plan(machine(tmp_path))
    assert (probe.status, probe.detail) == (Status.WARNING, "1 damaged plan kept aside")


def test_the_file_system_is_known_where_the_system_tells(tmp_path: Path) -> None:
    assert files.file_system(machine(tmp_path))
    assert files.file_system(machine(tmp_path / "missing")) == ""
