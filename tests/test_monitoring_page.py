"""The examples of docs/monitoring.md are run as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Final

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import Store, stored
from tests.fixtures.program import PROGRAM

__all__ = ["stored"]

PAGE: Final = (Path(__file__).parents[1] / "docs/monitoring.md").read_text("utf-8")
PROM: Final = "/var/lib/node_exporter/textfile/ionapi.prom"


def examples(language: str) -> list[str]:
    """Return the code blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Return every command that a scheduler of the page runs, as a line for a shell."""
    cron = [line for block in examples("cron") for line in block.splitlines() if re.match(r"\d+ \*", line)]
    found = [line.split(None, 5)[5] for line in cron]
    found += re.findall(r"^ExecStart=(.*)$", PAGE, re.MULTILINE)
    # What cmd.exe is given; its redirection is that of a POSIX shell but for the way a variable is written.
    found += [line.replace("%USERPROFILE%\\", "$HOME/") for line in re.findall(r"^\$run = '(.*)'$", PAGE, re.MULTILINE)]
    return found


def test_each_scheduler_has_a_command() -> None:
    assert len(commands()) == 4
    assert all("ionapi-tui verify --all " in command for command in commands())


@pytest.mark.keyring
@pytest.mark.posix("a shell")
@pytest.mark.parametrize("command", commands())
def test_a_command_runs_and_says_nothing_when_nothing_changed(
    command: str, tenant: PracticeTenant, stored: Store, own_home: Path
) -> None:
    stored("acme-tst", tenant.ionapi())
    prom = own_home / "ionapi.prom"
    line = command.replace("/usr/local/bin/ionapi-tui", "ionapi-tui").replace(PROM, shlex.quote(str(prom)))
    env = os.environ | {"PATH": f"{Path(PROGRAM).parent}:{os.environ['PATH']}", "HOME": str(own_home)}
    shell = partial(
        subprocess.run, ["/bin/sh", "-c", line], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    first, again = shell(), shell()
    assert (first.returncode, first.stdout, again.returncode, again.stdout) == (0, "", 0, ""), again.stderr
    if "--changes" in line:
        assert again.stderr == ""
    if "--output" in line:
        assert "ionapi_profile_up" in {one.name for one in text_string_to_metric_families(prom.read_text())}


@pytest.mark.posix("systemd")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    units = []
    for block in examples("ini"):
        name = re.match(r"# (\S+)", block)
        assert name
        unit = tmp_path / name[1]
        unit.write_text(block.replace("/usr/local/bin/ionapi-tui", PROGRAM))
        units.append(str(unit))
    assert len(units) == 2
    done = subprocess.run([program, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "ionapi" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_alerts_use_metrics_that_there_are() -> None:
    documented = set(re.findall(r"^\| `(ionapi_\w+)`", PAGE, re.MULTILINE))
    (rules,) = examples("yaml")
    expressions = [rule["expr"] for rule in yaml.safe_load(rules)["groups"][0]["rules"]]
    used = {name for expression in expressions for name in re.findall(r"ionapi_\w+", expression)}
    assert used
    assert used <= documented
