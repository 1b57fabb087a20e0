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

pytestmark = [pytest.mark.foreign, pytest.mark.timeout(600)]

TAP_INFOR = """
import json, sys
from tap_infor.auth import IONAPICredentials, TokenManager
print(len(TokenManager(IONAPICredentials.from_string(open(sys.argv[1]).read())).get_access_token()))
"""

# The package wants an old pandas at import; its log-in module alone does not.
INFORION = """
import importlib.util, sys
from pathlib import Path
place = Path(importlib.util.find_spec("inforion").origin).parent / "ionapi/model/inforlogin.py"
spec = importlib.util.spec_from_file_location("inforlogin", place)
module = sys.modules["inforlogin"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.load_config(sys.argv[1])
module.login()
print(len(module._GLOBAL_access_token))
"""


@pytest.mark.parametrize(
    ("packages", "program"),
    [(["tap-infor"], TAP_INFOR), (["--no-deps", "inforion"], INFORION)],
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
    assert done.stdout.split()[-1] == "43"
    assert [record.status for record in tenant.requests.token_requests] == [200]
