"""The workflows of GitHub fit their schema, and what they run is what can be run here."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

PROJECT: Final = Path(__file__).parents[1]
WORKFLOWS: Final = sorted((PROJECT / ".github/workflows").glob("*.yml"))
OTHER: Final = ("apt-get ", "git config ", "mkdir packages ", "gh release create ")
"""What else a step may run: preparing the machine before, and handing over the files afterwards."""


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    """Yield every step of every job."""
    for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_it_fits_the_schema(workflow: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_step_is_a_target_of_the_makefile(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    run = [str(step["run"]) for step in steps(workflow) if "run" in step]
    made = [found.group(1) for line in run if (found := re.match(r"(?:sudo )?make ([a-z-]+)", line))]
    assert made
    assert set(made) <= targets
    assert [line for line in run if not line.startswith(("make ", "sudo make ", *OTHER))] == []


def test_publishing_needs_no_password() -> None:
    release = yaml.safe_load((PROJECT / ".github/workflows/release.yml").read_text("utf-8"))
    assert release["jobs"]["publish-packages"]["permissions"] == {"id-token": "write"}
    assert "secrets." not in (PROJECT / ".github/workflows/release.yml").read_text("utf-8")


def test_the_versions_of_python_are_those_the_package_names() -> None:
    tests = yaml.safe_load((PROJECT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]
    for job in ("linux", "windows-and-macos"):
        assert tests[job]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
