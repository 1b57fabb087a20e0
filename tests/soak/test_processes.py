"""Many processes at the same profiles in the same moment: nothing is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final

import pytest

from tests.soak.machines import Machine, Process, credentials_of

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

PROCESSES: Final = int(os.environ.get("TEST_PROCESSES", "8"))
"""How many there are; ``make soak`` raises it to forty."""


def at_once(machine: Machine, number: int, work: str) -> list[int]:
    """Fork processes that begin together, and return their ids."""
    wait, go = os.pipe()
    children = []
    for one in range(number):
        child = os.fork()
        if not child:
            status = 1
            try:
                os.close(go)
                os.read(wait, 1)
                globals()[work](Process(machine), one)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    os.close(go)
    os.close(wait)
    return children


def change_everything(process: Process, number: int) -> None:
    """Import two, rename one, and replace, move or remove the other."""
    profiles = process.profiles
    profiles.add(credentials_of(f"FIRST{number}_TST"), f"first-{number}")
    profiles.rename(f"first-{number}", f"renamed-{number}")
    profiles.add(credentials_of(f"SECOND{number}_TST"), f"second-{number}")
    if number % 3 == 0:
        profiles.replace(f"second-{number}", credentials_of(f"REPLACED{number}_TST"))
    elif number % 3 == 1:
        process.profiles.move(f"second-{number}", process.machine.there)
    else:
        profiles.remove(f"second-{number}")


@pytest.mark.parametrize("processes", [2, PROCESSES])
def test_processes_that_change_everything_at_once_lose_nothing(
    tmp_path: Path, processes: int, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(tmp_path / "home")
    children = at_once(machine, processes, "change_everything")
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * processes
    assert machine.check() == 0
    expected = {"kept": "KEPT_TST", "old": "OLD_TST"} | {
        f"renamed-{number}": f"FIRST{number}_TST" for number in range(processes)
    }
    for number in range(processes):
        if number % 3 != 2:
            tenant = "REPLACED" if number % 3 == 0 else "SECOND"
            expected[f"second-{number}"] = f"{tenant}{number}_TST"
    assert {profile.name: profile.tenant for profile in Process(machine).profiles.profiles()} == expected
    with capsys.disabled():
        print(f"\n{processes} processes at once, {len(expected)} profiles, 0 lost", end=" ")


def test_processes_that_are_killed_in_the_crowd_take_nothing_with_them(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "home")
    children = at_once(machine, PROCESSES, "change_everything")
    for child in children[::4]:
        os.kill(child, signal.SIGKILL)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    survivors = [number for number in range(PROCESSES) if number % 4]
    assert all(codes[number] == 0 for number in survivors), codes
    machine.check()
    names = {profile.name for profile in Process(machine).profiles.profiles()}
    assert {f"renamed-{number}" for number in survivors} <= names
