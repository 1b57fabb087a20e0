"""How long ``list`` takes with 100 profiles, beside ``keyring get`` of one secret from a real GNOME Keyring.

Run it with ``python -m tests.benchmarks.bench_list``; it fails when the ratio is over the limit.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import sample

RUNS = 25
LIMIT = 0.5
"""The most that a list may take, as a part of what ``keyring get`` takes."""

PROFILES = 100
_SCRIPTS = Path(sys.executable).parent


def main() -> int:
    """Measure, print one line for each command, and return 0 when the limit is kept."""
    with tempfile.TemporaryDirectory() as folder:
        keyring = PrivateKeyring(Path(folder))
        try:
            seconds = _measure(keyring)
        finally:
            keyring.stop()
    reference = statistics.median(seconds["keyring get"])
    for command, times in seconds.items():
        median = statistics.median(times)
        print(f"{command:<18} {median * 1000:6.1f} ms   {median / reference:.2f} of keyring get")
    ratio = statistics.median(seconds["ionapi-tui list"]) / reference
    print(f"list: {ratio:.2f} (limit {LIMIT}), median of {RUNS} runs taken in turn")
    return 0 if ratio <= LIMIT else 1


def _measure(keyring: PrivateKeyring) -> dict[str, list[float]]:
    home = keyring.home / "ionapi-tui"
    _write_profiles(home)
    env = keyring.env | {"IONAPI_TUI_HOME": str(home)}
    program = str(_SCRIPTS / "keyring")
    subprocess.run([program, "set", "bench", "user"], input=b"a secret\n", env=env, check=True, capture_output=True)
    commands = {
        "keyring get": [program, "get", "bench", "user"],
        "ionapi-tui list": [str(_SCRIPTS / "ionapi-tui"), "list"],
        "list --json": [str(_SCRIPTS / "ionapi-tui"), "list", "--json"],
        "import click": [sys.executable, "-c", "import click"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        # In turn, so that whatever else the machine does meets all of them.
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, env=env, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - started)
    return seconds


def _write_profiles(home: Path) -> None:
    entries = [
        {
            "id": f"{number:016x}",
            "name": f"acme-{number}",
            "store": "keyring:SecretService",
            "created": "2026-01-02T03:04:05Z",
            "public": {key: value for key, value in sample().items() if key not in ("cs", "saak", "sask")},
            "checked": None,
        }
        for number in range(PROFILES)
    ]
    home.mkdir(mode=0o700)
    (home / "profiles.json").write_text(json.dumps({"version": 1, "profiles": entries, "pending": []}))


if __name__ == "__main__":
    sys.exit(main())
