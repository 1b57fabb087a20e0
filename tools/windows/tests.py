"""Run the project's tests in the Windows Python, folder by folder, and write how many passed into the README.

    python -m tools.windows.tests WINDOWS [FOLDER ...]

WINDOWS is what ``python.sh`` and ``install.sh`` have made. The tests run beside a copy of the project without the
package, so that what they test is the wheel. With FOLDERs only those run; without, those that have passed with this
program and these tests are not run again, since all of them take an hour. The README says how many tests passed the
last time that their folder was run whole and without a failure.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).parents[2]
README: Final = ("README.md", "README.de.md")
MARK: Final = re.compile(r"(?<=<!-- windows-tests -->)\d+(?=<!-- end -->)")
"""The place in a README that holds the number."""

RECORD: Final = PROJECT / ".make" / "windows-tests.json"
"""How many tests of each folder passed the last time that all of them did, and what they were run with."""

NOTHING_TO_RUN: Final = 5
"""The exit code of pytest when everything in a folder is for other systems."""

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


def folders() -> list[str]:
    """Return what is run in one go: each folder of tests or each folder in it, and the modules beside them."""
    tests = PROJECT / "tests"
    return [*(part for one in sorted(tests.iterdir()) if one.is_dir() for part in _parts(one)), _beside(tests)]


def _parts(folder: Path) -> list[str]:
    """Return a folder in parts; none if it has no tests."""
    inside = [one for one in sorted(folder.iterdir()) if one.is_dir() and next(one.rglob("test_*.py"), None)]
    if not inside:
        return [folder.relative_to(PROJECT).as_posix()] if next(folder.glob("test_*.py"), None) else []
    return [*(one.relative_to(PROJECT).as_posix() for one in inside), *filter(None, [_beside(folder)])]


def _beside(folder: Path) -> str:
    """Return the modules of tests that are in ``folder`` itself."""
    modules = [one for one in sorted(folder.glob("test_*.py")) if one.stem not in SOURCES_ONLY]
    return " ".join(one.relative_to(PROJECT).as_posix() for one in modules)


def run(windows: Path, copied: Path, folder: str) -> Outcome:
    """Run the tests of ``folder`` and return the outcome.

    A test that takes too long ends the whole process on Windows, without a report. The modules then run one by one, and
    the one that ends so again counts as failed.
    """
    outcome = _run_at_once(windows, copied, folder)
    if outcome is not None:
        return outcome
    modules = [
        module.relative_to(copied).as_posix()
        for path in folder.split()
        for module in (sorted((copied / path).rglob("test_*.py")) or [copied / path])
    ]
    if len(modules) == 1:
        return Outcome(0, 1, 0, 1)
    alone = [run(windows, copied, module) for module in modules]
    passed, failed, skipped = (sum(getattr(one, what) for one in alone) for what in ("passed", "failed", "skipped"))
    return Outcome(
        passed, failed, skipped, max((one.code for one in alone if one.code != NOTHING_TO_RUN), default=NOTHING_TO_RUN)
    )


def _run_at_once(windows: Path, copied: Path, folder: str) -> Outcome | None:
    report = windows / "report.xml"
    report.unlink(missing_ok=True)
    # Wine makes access lists of the modes of files, and in the home of a Windows user nobody else reads anything.
    script = 'umask 077; . "$1/environment.sh"; shift; run_windows "$windows/python.exe" -m pytest "$@"'
    options = ["-q", "-p", "no:cacheprovider", "-rfEs", "--tb=short", "--timeout=300", f"--junitxml={report}"]
    done = subprocess.run(  # noqa: S603
        ["sh", "-c", script, "sh", str(Path(__file__).parent), *options, *folder.split()],  # noqa: S607
        cwd=copied,
        env=os.environ | {"windows": str(windows), "PYTHONUTF8": "1"},
        check=False,
    )
    if not report.exists():
        return Outcome(0, 0, 0, done.returncode) if done.returncode == NOTHING_TO_RUN else None
    # The report is pytest's own.
    suite = ElementTree.parse(report).getroot()[0]  # noqa: S314
    count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    return Outcome(count["tests"] - failed - count["skipped"], failed, count["skipped"], done.returncode)


def state_of(folder: str) -> str:
    """Return a digest of the program, of the tests of ``folder``, and of what all tests share."""
    whole = [PROJECT / name for name in ("ionapi_tui", "assets/guide", *folder.split())]
    shared = [one for one in PROJECT.glob("tests/**/*.py") if not one.name.startswith("test_")]
    files = {file for one in whole for file in (one, *one.rglob("*"))} | {PROJECT / "pyproject.toml", *shared}
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(PROJECT).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def passed_before(folder: str) -> int | None:
    """Return how many tests of ``folder`` have passed as it is now; None if it has not, or has changed since."""
    known = _record().get(folder, {})
    return known["passed"] if known.get("state") == state_of(folder) else None


def remember(folder: str, passed: int) -> None:
    """Keep that all tests of ``folder`` have passed as it is now."""
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(
        json.dumps(_record() | {folder: {"passed": passed, "state": state_of(folder)}}, indent=1), "utf-8"
    )


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
    outcomes: dict[str, Outcome] = {}
    for folder in chosen or folders():
        known = None if chosen else passed_before(folder)
        print(f"== {folder}" + (": passed before" if known is not None else ""), flush=True)  # noqa: T201
        outcomes[folder] = run(windows, copied, folder) if known is None else Outcome(known, 0, 0, 0)
        if outcomes[folder].good:
            remember(folder, outcomes[folder].passed)
    for folder, outcome in outcomes.items():
        name = folder if " " not in folder else f"{Path(folder.split()[0]).parent.as_posix()}/*.py"
        print(f"{name:32} {outcome.passed:5} passed {outcome.failed:4} failed {outcome.skipped:4} skipped")  # noqa: T201
    passed, failed = (sum(getattr(one, what) for one in outcomes.values()) for what in ("passed", "failed"))
    print(f"Under Windows: {passed} passed, {failed} failed")  # noqa: T201
    known = _record()
    if not chosen or set(folders()) <= set(known):
        write_count(sum(known[folder]["passed"] for folder in folders() if folder in known))
    return 0 if all(one.good for one in outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
