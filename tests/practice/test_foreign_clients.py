"""Clients that nobody here wrote log in at the practice tenant, each in a virtual environment of its own.

They are fetched from the package index, so these tests are only run when asked for: ``pytest -m foreign``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures.foreign_clients import INFORION, TAP_INFOR, TELL_ITS_PARTS

pytestmark = [pytest.mark.foreign, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("packages", "program"),
    [(["tap-infor"], TAP_INFOR + TELL_ITS_PARTS), (["--no-deps", "inforion"], INFORION + TELL_ITS_PARTS)],
    ids=["tap-infor", "inforion"],
)
def test_a_foreign_client_obtains_a_token(
    tenant: PracticeTenant, tmp_path: Path, packages: list[str], program: str
) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = next(path for path in (environment / "bin/python", environment / "Scripts/python.exe") if path.exists())
    for wanted in (["requests"], packages):
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=True)
    path = tmp_path / "downloads/practice.ionapi"
    path.parent.mkdir()
    path.write_text(json.dumps(tenant.ionapi()))
    done = subprocess.run(
        [str(python), "-c", program, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "3"
    assert [record.status for record in tenant.requests.token_requests] == [200]
