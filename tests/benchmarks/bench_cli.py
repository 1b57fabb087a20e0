"""How long a kept ``token`` takes beside ``keyring get``, and ``list`` with 10,000 profiles beside one with 10.

Run it with ``python -m tests.benchmarks.bench_cli``; it fails when a ratio is over its limit. The keyring is a real
GNOME Keyring, and the token the one that ``ionapi-tui token`` got from a practice tenant.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.benchmarks.bytecode import compile_ours
from tests.benchmarks.profiles import write_profiles
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER

RUNS: Final = 25
TOKEN_LIMIT: Final = 0.58
"""The most that a kept token may take, as a part of what ``keyring get`` takes for the same item."""
LIST_LIMIT: Final = 2.5
"""The most that a list of 10,000 may take, as a multiple of a list of 10."""

_SCRIPTS: Final = Path(sys.executable).parent
_PROGRAM: Final = str(_SCRIPTS / "ionapi-tui")


def main() -> int:
    """Measure, print one line for each command, and return 0 when the limits are kept."""
    compile_ours()
    with tempfile.TemporaryDirectory() as folder:
        keyring = PrivateKeyring(Path(folder))
        try:
            with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
                medians = _measure(keyring, _commands(keyring, tenant))
        finally:
            keyring.stop()
    for command, seconds in medians.items():
        print(f"{command:<24} {seconds * 1000:6.1f} ms")
    token = medians["token"] / medians["keyring get"]
    lists = medians["list of 10,000"] / medians["list of 10"]
    print(f"token: {token:.2f} of keyring get (limit {TOKEN_LIMIT}), median of {RUNS} runs taken in turn")
    print(f"list of 10,000: {lists:.2f} times a list of 10 (limit {LIST_LIMIT})")
    return 0 if token <= TOKEN_LIMIT and lists <= LIST_LIMIT else 1


Command = tuple[list[str], Mapping[str, str]]
"""A command and its environment."""


def _commands(keyring: PrivateKeyring, tenant: PracticeTenant) -> dict[str, Command]:
    home = keyring.home / "one"
    env = keyring.env | {"IONAPI_TUI_HOME": str(home)}
    file = json.dumps(tenant.ionapi()).encode()
    for command, typed in (["import", "-", "--name", "acme-tst"], file), (["token", "acme-tst"], b""):
        subprocess.run([_PROGRAM, *command], input=typed, env=env, check=True, capture_output=True)
    (profile,) = json.loads((home / "profiles.json").read_text())["profiles"]
    item = f"ionapi-tui:{profile['id']}:token"
    for count in (10, 10_000):
        write_profiles(keyring.home / str(count), count)
    return {
        "keyring get": ([str(_SCRIPTS / "keyring"), "get", item, "ionapi-tui"], env),
        "token": ([_PROGRAM, "token", "acme-tst"], env),
        "list of 10": ([_PROGRAM, "list"], env | {"IONAPI_TUI_HOME": str(keyring.home / "10")}),
        "list of 10,000": ([_PROGRAM, "list"], env | {"IONAPI_TUI_HOME": str(keyring.home / "10000")}),
    }


def _measure(keyring: PrivateKeyring, commands: Mapping[str, Command]) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        # In turn, so that whatever else the machine does meets all of them.
        for name, (command, env) in commands.items():
            started = time.perf_counter()
            subprocess.run(command, env=env, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in seconds.items()}


if __name__ == "__main__":
    sys.exit(main())
