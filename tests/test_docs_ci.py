"""The examples of docs/ci.md fit the schemas of their systems, and their lines work where there is nothing."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures.program import PROGRAM
from tests.samples import as_bytes

PAGE: Final = (Path(__file__).parents[1] / "docs/ci.md").read_text("utf-8")
EXAMPLES: Final = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL)
SCHEMAS: Final = {
    ".github/workflows/infor.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "azure-pipelines.yml": "vendor.azure-pipelines",
}
INSTALL: Final = "python3 -m pip install ionapi-tui"
"""What the test does not run: the program is there already, and nothing may be downloaded."""

REPORT: Final = """
import json, os, urllib.request
assert "IONAPI_JSON" not in os.environ
if path := os.environ.get("IONAPI_PATH"):
    assert json.load(open(path))["ti"] == os.environ["IONAPI_TENANT"]
request = urllib.request.Request(os.environ["IONAPI_BASE_URL"] + "/IDM/api/datamodel/entities")
request.add_header("Authorization", "Bearer " + os.environ["IONAPI_TOKEN"])
with urllib.request.urlopen(request) as response:
    open("report.txt", "w").write(str(response.status))
"""


def lines_of(name: str, text: str) -> list[str]:
    """Return the lines that the system with that file gives to a shell, without the installation."""
    document: dict[str, Any] = yaml.safe_load(text)
    if name.startswith(".github"):
        scripts = [step["run"] for step in document["jobs"]["infor"]["steps"] if "run" in step]
    elif name.startswith(".gitlab"):
        scripts = [*document["infor"]["before_script"], *document["infor"]["script"]]
    else:
        scripts = [step["script"] for step in document["steps"]]
    lines = [line for script in scripts for line in script.splitlines()]
    assert INSTALL in lines
    return [line for line in lines if line != INSTALL]


def run_in_nothing(script: str, folder: Path, tenant: PracticeTenant) -> None:
    """Run ``script`` in a shell whose environment has nothing but a path, an empty home and the secret."""
    home, work, programs = (folder / "machine" / name for name in ("home", "work", "bin"))
    for one in home, work, programs:
        one.mkdir(parents=True)
    (programs / "ionapi-tui").symlink_to(PROGRAM)
    (programs / "python3").symlink_to(sys.executable)
    (work / "report.py").write_text(REPORT)
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.defpath}",
        "HOME": str(home),
        "IONAPI_JSON": base64.b64encode(as_bytes(tenant.ionapi())).decode(),
    }
    if "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", script],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    assert (work / "report.txt").read_text() == "200"
    assert [path for path in home.rglob("*") if path.is_file()] == []
    for document in work.glob("*.json"):
        assert json.loads(document.read_text())
    assert len(tenant.requests.of(Surface.REVOKE)) >= len(tenant.requests.token_requests) > 0


def test_there_is_an_example_for_each_system() -> None:
    assert [name for name, _text in EXAMPLES] == list(SCHEMAS)


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _text in EXAMPLES])
def test_an_example_fits_the_schema(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / Path(name).name
    file.write_text(text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name], str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.posix("its lines are for sh")
@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _text in EXAMPLES])
def test_the_lines_of_an_example_work_without_a_password_store(
    name: str, text: str, tmp_path: Path, tenant: PracticeTenant
) -> None:
    run_in_nothing("\n".join(lines_of(name, text)), tmp_path, tenant)


@pytest.mark.posix("its lines are for sh")
def test_a_tool_finds_the_file_in_its_own_variable(tmp_path: Path, tenant: PracticeTenant) -> None:
    (line,) = re.findall(r"^ionapi-tui exec .*--file-variable .*$", PAGE, re.MULTILINE)
    run_in_nothing(line, tmp_path, tenant)
