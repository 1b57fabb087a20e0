"""Run the project's tests in the Windows Python, and write how many passed into the README.

    python -m tools.windows.tests WINDOWS [FOLDER or MODULE ...]

WINDOWS is what ``python.sh`` and ``install.sh`` have made. The tests run beside a copy of the project without the
package, so that what they test is the wheel. With FOLDERs or MODULEs only those run; without, those that have passed
with this program and these tests are not run again, since all of them take long. The README says how many tests passed
the last time that the modules they run with were run without a failure.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any, Final

PROJECT: Final = Path(__file__).parents[2]
README: Final = ("README.md", "README.de.md")
MARK: Final = re.compile(r"(?<=<!-- windows-tests -->)\d+(?=<!-- end -->)")
"""The place in a README that holds the number."""

RECORD: Final = PROJECT / ".make" / "windows-tests.json"
"""How many tests of each part passed the last time that all of them did, and what they were run with."""

LANES: Final = 3
"""How many parts run at once, each in a Windows of its own with its own Credential Manager. Most of the time a test
waits for a process, and that for Wine's server."""

MODULES: Final = 10
"""How many modules of a folder run in one process. A part that is short leaves no lane without work at the end."""

SLOW: Final = ("tests/cli", "tests/ui", "tests/faults", "tests/gateway")
"""Folders with the tests that take longest."""

NOTHING_TO_RUN: Final = 5
"""The exit code of pytest when everything in a part is for other systems."""

SOURCES_ONLY: Final = (
    "test_character_widths",
    "test_docs_paths",
    "test_fault_table",
    "test_licences",
    "test_packaging",
    "test_recipes",
    "test_secrets_in_source",
    "test_translations",
    "test_workflows",
)
"""Tests of the checkout: its texts, its sources, what is built from it. They are the same on every system."""


@dataclass(frozen=True)
class Outcome:
    """How a run of pytest ended."""

    passed: int
    failed: int
    skipped: int
    code: int

    @property
    def good(self) -> bool:
        """Whether nothing failed."""
        return not self.failed and self.code in (0, NOTHING_TO_RUN)


def copy(target: Path) -> None:
    """Copy what git knows of the project, or could, to ``target``, without the package."""
    shutil.rmtree(target, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if not name.startswith("ionapi_tui/") and (PROJECT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, target / name)


def parts(chosen: list[str]) -> list[str]:
    """Return what is run in one go, those that take long first: modules of one folder, ``MODULES`` at most.

    Args:
        chosen: folders and modules, as paths in the project; none means all.
    """
    wanted = [PROJECT / one for one in chosen or ["tests"]]
    together: dict[Path, list[str]] = {}
    for module in sorted((PROJECT / "tests").rglob("test_*.py")):
        if module.stem not in SOURCES_ONLY and any(one == module or one in module.parents for one in wanted):
            together.setdefault(module.parent, []).append(module.relative_to(PROJECT).as_posix())
    ordered = sorted(together, key=lambda folder: not folder.relative_to(PROJECT).as_posix().startswith(SLOW))
    return [" ".join(batch) for folder in ordered for batch in _batches(together[folder])]


def _batches(modules: list[str]) -> list[list[str]]:
    return [modules[start : start + MODULES] for start in range(0, len(modules), MODULES)]


@dataclass(frozen=True)
class Lane:
    """A Windows in which tests run, beside others."""

    windows: Path
    copied: Path
    number: int

    @property
    def prefix(self) -> str:
        """The name of the folder in which Wine keeps this Windows."""
        return "prefix" if self.number == 1 else f"prefix-{self.number}"

    def make(self) -> None:
        """Copy the first Windows, if this is another one."""
        if self.number > 1:
            script = 'prefix=; . "$1/environment.sh"; wineserver --wait; rm -rf "$2"; cp -a "$WINEPREFIX" "$2"'
            self._shell(script, str(self.windows / self.prefix)).check_returncode()

    def run(self, part: str) -> Outcome:
        """Run the tests of ``part``, say what they said, and return the outcome.

        A test that takes too long ends the whole process on Windows, without a report. The modules then run one by one,
        and the one that ends so again counts as failed.
        """
        outcome = self._run_at_once(part)
        if outcome is not None:
            return outcome
        modules = part.split()
        if len(modules) == 1:
            return Outcome(0, 1, 0, 1)
        alone = [self.run(module) for module in modules]
        code = max((one.code for one in alone if one.code != NOTHING_TO_RUN), default=NOTHING_TO_RUN)
        return Outcome(*_sums(alone), code)

    def _run_at_once(self, part: str) -> Outcome | None:
        report = self.windows / f"report-{self.number}.xml"
        report.unlink(missing_ok=True)
        # Wine makes access lists of the modes of files, and in the home of a Windows user nobody else reads anything.
        script = 'umask 077; . "$1/environment.sh"; shift; run_windows "$windows/python.exe" -m pytest "$@"'
        options = ["-q", "-p", "no:cacheprovider", "-rfEs", "--tb=short", "--timeout=300", f"--junitxml={report}"]
        done = self._shell(script, *options, *part.split())
        print(f"== {part}\n{done.stdout}", end="", flush=True)  # noqa: T201
        if not report.exists():
            return Outcome(0, 0, 0, done.returncode) if done.returncode == NOTHING_TO_RUN else None
        # The report is pytest's own.
        suite = ElementTree.parse(report).getroot()[0]  # noqa: S314
        count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        return Outcome(count["tests"] - failed - count["skipped"], failed, count["skipped"], done.returncode)

    def _shell(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            ["sh", "-c", script, "sh", str(Path(__file__).parent), *arguments],  # noqa: S607
            cwd=self.copied,
            env=os.environ | {"windows": str(self.windows), "prefix": self.prefix, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )


def run(windows: Path, copied: Path, waiting: list[str]) -> dict[str, Outcome]:
    """Run the parts that are ``waiting``, several at once, and return their outcomes."""
    lanes: SimpleQueue[Lane] = SimpleQueue()
    for number in range(1, LANES + 1):
        lane = Lane(windows, copied, number)
        lane.make()
        lanes.put(lane)

    def run_one(part: str) -> Outcome:
        lane = lanes.get()
        try:
            outcome = lane.run(part)
        finally:
            lanes.put(lane)
        if outcome.good:
            remember(part, outcome.passed)
        return outcome

    with ThreadPoolExecutor(LANES) as pool:
        return dict(zip(waiting, pool.map(run_one, waiting), strict=True))


def state_of(part: str) -> str:
    """Return a digest of the program, of the tests of ``part``, and of what all tests share."""
    return _digest(part.split()) + _shared()


@cache
def _shared() -> str:
    others = [one for one in (PROJECT / "tests").rglob("*") if not one.match("test_*.py")]
    return _digest(["ionapi_tui", "assets/guide", "pyproject.toml", *(str(one) for one in others if one.is_file())])


def _digest(names: list[str]) -> str:
    digest = hashlib.sha256()
    for file in sorted({file for name in names for file in (PROJECT / name, *(PROJECT / name).rglob("*"))}):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(PROJECT).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def passed_before(part: str) -> int | None:
    """Return how many tests of ``part`` have passed as it is now; None if it has not, or has changed since."""
    known = _record().get(part, {})
    return known["passed"] if known.get("state") == state_of(part) else None


_one_writes: Final = Lock()


def remember(part: str, passed: int) -> None:
    """Keep that all tests of ``part`` have passed as it is now."""
    entry = {part: {"passed": passed, "state": state_of(part)}}
    RECORD.parent.mkdir(exist_ok=True)
    with _one_writes:
        RECORD.write_text(json.dumps(_record() | entry, indent=1), "utf-8")


def _record() -> dict[str, Any]:
    try:
        return dict(json.loads(RECORD.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def write_count(passed: int) -> None:
    """Put the number of tests that passed into the READMEs."""
    for name in README:
        path = PROJECT / name
        path.write_text(MARK.sub(str(passed), path.read_text("utf-8")), "utf-8")


def main(windows: Path, chosen: list[str]) -> int:
    """Run the tests and return the exit code."""
    copied = windows / "checkout"
    copy(copied)
    before = {} if chosen else {part: passed_before(part) for part in parts([])}
    outcomes = {part: Outcome(passed, 0, 0, 0) for part, passed in before.items() if passed is not None}
    if outcomes:
        print(f"Passed before, and not run again: {_sums(outcomes.values())[0]}")  # noqa: T201
    outcomes |= run(windows, copied, [part for part in parts(chosen) if part not in outcomes])
    by_folder: dict[str, list[Outcome]] = {}
    for part in sorted(outcomes):
        by_folder.setdefault(str(Path(part.split()[0]).parent), []).append(outcomes[part])
    for folder, those in by_folder.items():
        passed, failed, skipped = _sums(those)
        print(f"{folder:32} {passed:5} passed {failed:4} failed {skipped:4} skipped")  # noqa: T201
    passed, failed, skipped = _sums(outcomes.values())
    print(f"Under Windows: {passed} passed, {failed} failed, {skipped} skipped")  # noqa: T201
    known = _record()
    if not chosen or set(parts([])) <= set(known):
        write_count(sum(known[part]["passed"] for part in parts([]) if part in known))
    return 0 if all(one.good for one in outcomes.values()) else 1


def _sums(outcomes: Iterable[Outcome]) -> tuple[int, int, int]:
    """Return how many tests passed, failed, and were skipped."""
    all_of_them = list(outcomes)
    passed, failed, skipped = ([getattr(one, what) for one in all_of_them] for what in ("passed", "failed", "skipped"))
    return sum(passed), sum(failed), sum(skipped)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
