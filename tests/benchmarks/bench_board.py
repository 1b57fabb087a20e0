"""How long a key takes that narrows a board of 10,000 profiles, beside a bare app that draws as many lines anew.

Run it with ``python -m tests.benchmarks.bench_board``; it fails when the ratio is over the limit.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from ionapi_tui.domain.profile_facts import searchable
from ionapi_tui.domain.profile_search import Finder
from ionapi_tui.profile_store.registry import Registry
from tests.benchmarks.profiles import write_profiles
from tests.benchmarks.terminal import Terminal
from tests.fixtures.guards import environment_of

MANY = 10_000
ROUNDS = 7
LIMIT = 3.0
"""The most a key may take, as a multiple of the bare app's."""

TYPED = "4242"
"""Each letter narrows the list, from all of it to one line."""

BARE = (sys.executable, str(Path(__file__).with_name("bare_list.py")))
OURS = (str(Path(sys.executable).with_name("ionapi-tui")),)


def main() -> int:
    """Measure in turn, print the medians, and return 0 when the limit is kept."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        env = {**os.environ, **environment_of(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        env["IONAPI_TUI_HOME"] = str(home / "ours")
        write_profiles(home / "ours", MANY)
        counts = _counts(home / "ours")
        seconds: dict[str, list[float]] = {"bare app": [], "board": []}
        for _round in range(ROUNDS):
            seconds["bare app"] += _typed(
                BARE, env, "palette", "", [f"typed {TYPED[: n + 1]}" for n in range(len(TYPED))]
            )
            seconds["board"] += _typed(OURS, env, "Quit", "/", [f"{count} of {MANY}" for count in counts])
    bare, ours = (median(times) for times in seconds.values())
    for name, value in (("bare app", bare), (f"board, {MANY:,} profiles", ours)):
        print(f"{name:<24} {value * 1000:6.1f} ms  {value / bare:5.2f}")
    print(f"a key to the finished repaint: {ours / bare:.2f} (limit {LIMIT}), median of {ROUNDS} rounds taken in turn")
    return 0 if ours / bare <= LIMIT else 1


def _counts(home: Path) -> list[int]:
    """Return how many profiles are left after each letter, which is what the board draws when it is finished."""
    profiles = Registry(home / "profiles.json").load().profiles
    finder = Finder(profiles, searchable)
    return [len(finder.find(TYPED[: n + 1])) for n in range(len(TYPED))]


def _typed(
    command: Sequence[str], env: dict[str, str], ready: str, first_key: str, texts: Sequence[str]
) -> list[float]:
    """Type into a program and return the seconds that each letter took."""
    with Terminal(command, env) as terminal:
        terminal.first_frame(ready)
        terminal.settle()
        if first_key:
            terminal.press(first_key, "words of name")
        return [terminal.press(letter, text) for letter, text in zip(TYPED, texts, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
