"""How long the first frame and a change of pages take, and how much memory is needed, beside a Textual app with a
header and a footer and no more.

Run it with ``python -m tests.benchmarks.bench_screens``; it fails when a ratio is over its limit.
"""

from __future__ import annotations

import sys
import tempfile
import time
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

STAYS = 3
"""How often each program is left alone until it has done what it does after the first frame."""

SECONDS_ALONE = 3.0
"""How long that takes at most: it looks for the password store, reads the guide and prepares the next page."""

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
    """Returns seconds, or MiB."""
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
            full = _environment(keyring, "full", MANY)
            starts = _starts(empty, full)
            tours = _tours(empty)
            kept = [
                _compare("First frame", starts, STARTS),
                _compare("A key press to the finished repaint, pages shown for the first time", tours[:2], TOURS),
                _compare("A key press to the finished repaint, pages shown before", tours[2:], TOURS),
                _compare("Peak memory, left alone", _stays(empty, full), STAYS, "MiB", 1),
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
        Case("Welcome", start(OURS, empty, "Quit"), 1.15),
        Case("Home, no profiles", start(HOME, empty, "Quit"), 1.25),
        Case(f"Home, {MANY:,} profiles", start(OURS, full, "Quit", "acme1-tst"), 1.5),
    ]


def _stays(empty: dict[str, str], full: dict[str, str]) -> list[Case]:
    def stay(command: Sequence[str], env: dict[str, str], text: str) -> Callable[[], float]:
        def measure() -> float:
            with Terminal(command, env) as terminal:
                terminal.first_frame(text)
                terminal.settle()
                time.sleep(SECONDS_ALONE)
                return terminal.peak_memory()

        return measure

    return [
        Case("bare app", stay(BARE, empty, "palette"), None),
        # Most of what is above 1 are the libraries of the password store, and those that read the guide.
        Case("Welcome", stay(OURS, empty, "Quit"), 1.8),
        Case(f"Home, {MANY:,} profiles", stay(OURS, full, "acme1-tst"), 2.9),
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


def _compare(title: str, cases: Sequence[Case], rounds: int, unit: str = "ms", factor: int = 1000) -> bool:
    measured: list[list[float]] = [[] for _ in cases]
    for _ in range(rounds):
        for case, values in zip(cases, measured, strict=True):
            values.append(case.measure())
    print(f"{title} (median of {rounds} in turn)")
    kept = True
    for case, values in zip(cases, measured, strict=True):
        ratio = median(values) / median(measured[0])
        kept = kept and (case.limit is None or ratio <= case.limit)
        limit = "" if case.limit is None else f"  (limit {case.limit})"
        print(f"  {case.title:<24} {median(values) * factor:7.1f} {unit}  {ratio:5.2f}{limit}")
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
