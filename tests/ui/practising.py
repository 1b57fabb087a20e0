"""Practice tenants for the app that start at once and do nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from ionapi_tui.usecases.practice_process import PracticeError, PracticeProcess
from tests.samples import sample_bytes

PORTAL = "http://127.0.0.1:54321/portal/"
PRACTICE = {"iu": "http://127.0.0.1:54321", "pu": "http://127.0.0.1:54321/PRACTICE_TST/as/", "tenant": "PRACTICE_TST"}


class Quiet(PracticeProcess):
    """A practice tenant whose process does nothing but wait for the end of its input, as the practice tenant does."""

    def write_file(self, folder: Path) -> Path:
        """Write a file as the practice tenant would."""
        path = folder / "Practice.ionapi"
        path.write_bytes(sample_bytes(**PRACTICE))
        path.chmod(0o600)
        return path


@dataclass
class Starter:
    """Starts practice tenants."""

    started: list[PracticeProcess] = field(default_factory=list)
    failure: PracticeError | None = None

    def __call__(self, home: Path) -> PracticeProcess:
        """Start one, or fail."""
        if self.failure is not None:
            raise self.failure
        waiting = [sys.executable, "-S", "-c", "import sys; sys.stdin.read()"]
        process = subprocess.Popen(waiting, stdin=subprocess.PIPE, text=True)
        self.started.append(Quiet(process, home, PORTAL, "PRACTICE_TST", "practice.admin", "practice.service"))
        return self.started[-1]
