"""How long the first frame and a change of pages take, beside a Textual app with a header and a footer and no more.

Run it with ``python -m tests.benchmarks.bench_screens``; it fails when a ratio is over its limit.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks.bytecode import compile_ours
from tests.benchmarks.profiles import write_profiles
from tests.benchmarks.terminal import Terminal
from tests.fixtures.private_keyring import PrivateKeyring

STARTS = 21
"""How often each program is started; in turn, so that whatever else the machine does meets all of them."""

TOURS = 7
"""How often each program is walked through, its pages there and back."""

MANY = 10_000
"""Profiles on the full board."""

BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
OURS = (str(Path(sys.executable).with_name("ionapi-tui")),)
HOME = (sys.executable, str(Path(__file__).with_name("home.py")))

ENTER, ALT_LEFT = "\r", "\x1b[1;3D"


class Tour(NamedTuple):
    """A way through the pages of a program and back."""

    title: str
    command: Sequence[str]
    footer: str
    """Drawn when the program is ready."""
    back: str
    """The key that leads back; Enter leads on."""
    pages: Sequence[str]
    """What each page draws that the others do not."""


BARE_TOUR = Tour("bare app", BARE, "palette", "b", [f"Screen {number}" for number in range(1, 6)])
OUR_TOUR = Tour("steps", OURS, "Quit", ALT_LEFT, ["You need two Infor users", *(f"Step {n} of 5" for n in range(1, 5))])


class Case(NamedTuple):
    """One thing that is measured."""

    title: str
    measure: Callable[[], float]
    """Returns seconds."""
    limit: float | None
    """The most it may take, as a multiple of the first case."""


def main() -> int:
    """Measure, print one line for each case, and return 0 when every limit is kept."""
    compile_ours()
    with tempfile.TemporaryDirectory() as folder:
        # As on a desktop: there is a password store, so that nothing but the guide is offered.
        keyring = PrivateKeyring(Path(folder))
        try:
            empty = _environment(keyring, "empty", 0)
            starts = _starts(empty, _environment(keyring, "full", MANY))
            tours = _tours(empty)
            kept = [
                _compare("First frame", starts, STARTS),
                _compare("A key press to the finished repaint, pages shown for the first time", tours[:2], TOURS),
                _compare("A key press to the finished repaint, pages shown before", tours[2:], TOURS),
            ]
        finally:
            keyring.stop()
    return 0 if all(kept) else 1


def _starts(empty: dict[str, str], full: dict[str, str]) -> list[Case]:
    # What is drawn last is waited for: the footer, and in a full board the first of its rows as well.
    def start(command: Sequence[str], env: dict[str, str], *texts: str) -> Callable[[], float]:
        def measure() -> float:
            with Terminal(command, env) as terminal:
                return terminal.first_frame(*texts)

        return measure

    return [
        Case("bare app", start(BARE, empty, "palette"), None),
        Case("Welcome", start(OURS, empty, "Quit"), 1.35),
        Case("Home, no profiles", start(HOME, empty, "Quit"), 1.35),
        Case(f"Home, {MANY:,} profiles", start(OURS, full, "Quit", "acme1-tst"), 1.7),
    ]


def _tours(env: dict[str, str]) -> list[Case]:
    def tour(program: Tour, *, again: bool) -> Callable[[], float]:
        def measure() -> float:
            with Terminal(program.command, env) as terminal:
                terminal.first_frame(program.footer)
                terminal.settle()
                first, *others = program.pages
                terminal.press(ENTER, first)
                there = [terminal.press(ENTER, page) for page in others]
                back = [terminal.press(program.back, page) for page in reversed(program.pages[:-1])]
                return median(back if again else there)

        return measure

    return [
        Case(program.title, tour(program, again=again), limit)
        for again in (False, True)
        for program, limit in ((BARE_TOUR, None), (OUR_TOUR, 2.0))
    ]


def _compare(title: str, cases: Sequence[Case], rounds: int) -> bool:
    seconds: list[list[float]] = [[] for _ in cases]
    for _ in range(rounds):
        for case, times in zip(cases, seconds, strict=True):
            times.append(case.measure())
    print(f"{title} (median of {rounds} in turn)")
    kept = True
    for case, times in zip(cases, seconds, strict=True):
        ratio = median(times) / median(seconds[0])
        kept = kept and (case.limit is None or ratio <= case.limit)
        limit = "" if case.limit is None else f"  (limit {case.limit})"
        print(f"  {case.title:<24} {median(times) * 1000:7.1f} ms  {ratio:5.2f}{limit}")
    return kept


def _environment(keyring: PrivateKeyring, name: str, profiles: int) -> dict[str, str]:
    home, downloads = keyring.home / name, keyring.home / "downloads"
    downloads.mkdir(exist_ok=True)
    if profiles:
        write_profiles(home, profiles)
    ours = {"IONAPI_TUI_HOME": str(home), "IONAPI_TUI_DOWNLOADS": str(downloads)}
    return keyring.env | ours | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


if __name__ == "__main__":
    sys.exit(main())
