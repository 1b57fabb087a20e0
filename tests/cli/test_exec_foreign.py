"""Programs that nobody here wrote and that know files only, run through ``exec --with-file`` without a file on disk.

They are fetched from the package index, so these tests are only run when asked for: ``pytest -m foreign``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Store
from tests.fixtures.foreign_clients import INFORION, TAP_INFOR, TELL_ITS_PARTS
from tests.samples import MARKER

pytestmark = [pytest.mark.foreign, pytest.mark.keyring, pytest.mark.timeout(600)]


@pytest.fixture
def memory() -> Iterator[Path]:
    """The memory file system that temporary files go to, left as it was found."""
    folder = Path("/dev/shm")
    before = set(folder.iterdir())
    yield folder
    assert set(folder.iterdir()) - before == set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into Linux's memory file system")
@pytest.mark.parametrize(
    ("packages", "program"),
    [(["tap-infor"], TAP_INFOR + TELL_ITS_PARTS), (["--no-deps", "inforion"], INFORION + TELL_ITS_PARTS)],
    ids=["tap-infor", "inforion"],
)
def test_a_foreign_client_logs_in_and_leaves_nothing(
    packages: list[str],
    program: str,
    tenant: PracticeTenant,
    stored: Store,
    tmp_path: Path,
    own_home: Path,
    memory: Path,
) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = str(environment / "bin/python")
    for wanted in (["requests"], packages):
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    stored("acme-tst", tenant.ionapi())
    command = [SCRIPT, "exec", "acme-tst", "--with-file", "--", python, "-c", program, "{}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "3"
    assert {record.status for record in tenant.requests.token_requests} == {200}
    files = [path for folder in (tmp_path, own_home) for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in files if os.access(path, os.R_OK) and MARKER.encode() in path.read_bytes()]
    assert json.loads((own_home / "ionapi-tui/profiles.json").read_text())["profiles"]
