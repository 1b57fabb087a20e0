"""How many of our modules a reader has to open to follow ``token NAME``, and a dropped file into the store.

Run it with ``python -m tests.benchmarks.bench_modules``; it fails when a way is longer than its limit. For the token,
the modules that are loaded are counted, packages included; its token is cached in a real GNOME Keyring. For the file,
the modules are counted whose functions are called from the moment it is dropped on the app until it is stored, which
the review page says by calling ``follow``; a first file has loaded everything before, and nobody watches the Downloads
folder meanwhile. What is drawn around every page (the bars, the keys, the notices) is left out.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import FrameType
from typing import Final

import ionapi_tui
from ionapi_tui.files.downloads import Download
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER
from tests.ui.driving import Person, running
from tests.ui.machine import Machine

TOKEN_LIMIT: Final = 24
FILE_LIMIT: Final = 38 if sys.platform == "win32" else 34
"""Windows has access lists where others have modes, and pages of its own for its console."""

AROUND: Final = frozenset(
    {
        *("ui/controllers/notices.py", "ui/widgets/notice_bar.py", "ui/widgets/frame.py", "ui/key_names.py"),
        *("ui/platform/app.py", "ui/platform/line.py"),
    }
)
"""What every key passes through, and what is drawn around every page then; a dropped file does not pass through it."""

STORED: Final = "Imports._review.<locals>.follow"
"""What the review page calls when a file is stored: what is called from there on shows it on other pages."""

PACKAGE: Final = str(Path(ionapi_tui.__file__).parent)

LOADED: Final = """
import sys
from ionapi_tui.cli import run
code = run(["token", "acme-tst"])
print(code, *sorted(name for name in sys.modules if name.partition(".")[0] == "ionapi_tui"), file=sys.stderr)
"""


def main() -> int:
    """Count, print both ways, and return 0 when neither is longer than its limit."""
    token, file = loaded_by_token(), asyncio.run(called_by_a_dropped_file())
    print(f"token NAME, cached: {len(token)} modules are loaded (limit {TOKEN_LIMIT})", *token, sep="\n  ")
    print(f"a dropped file: functions of {len(file)} modules are called (limit {FILE_LIMIT})", *file, sep="\n  ")
    return 0 if len(token) <= TOKEN_LIMIT and len(file) <= FILE_LIMIT else 1


def loaded_by_token() -> list[str]:
    """Return our modules that are loaded when a cached token has been written."""
    with tempfile.TemporaryDirectory() as folder:
        keyring = PrivateKeyring(Path(folder))
        try:
            with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
                env = keyring.env | {"IONAPI_TUI_HOME": str(keyring.home / "ours"), "LANGUAGE": "en"}
                program = str(Path(sys.executable).parent / "ionapi-tui")
                file = json.dumps(tenant.ionapi()).encode()
                for command, typed in (["import", "-", "--name", "acme-tst"], file), (["token", "acme-tst"], b""):
                    subprocess.run([program, *command], input=typed, env=env, check=True, capture_output=True)
                done = subprocess.run(
                    [sys.executable, "-c", LOADED], env=env, capture_output=True, text=True, check=True
                )
        finally:
            keyring.stop()
    code, *modules = done.stderr.split()
    assert code == "0"
    return modules


class Called:
    """The modules of ours whose functions are called while this is on."""

    def __init__(self) -> None:
        self.on = False
        self.files: set[str] = set()

    def trace(self, frame: FrameType, event: str, _argument: object) -> None:
        """Take note of a call; bodies of modules and classes are none."""
        code = frame.f_code
        if code.co_qualname == STORED:
            self.on = False
        if self.on and event == "call" and code.co_flags & CO_OPTIMIZED and code.co_filename.startswith(PACKAGE):
            self.files.add(code.co_filename)


async def called_by_a_dropped_file() -> list[str]:
    """Return our modules that are called while a file that was dropped on the app is stored."""

    async def nothing_arrives(_folder: Path, _stop: object) -> AsyncIterator[tuple[Download, ...]]:
        yield ()

    called = Called()
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder))
        threading.setprofile(called.trace)
        sys.setprofile(called.trace)
        try:
            async with running(machine.app(watch_downloads=nothing_arrives)) as person:
                await _drop(person, machine, "First.ionapi", called, counted=False)
                await _drop(person, machine, "Second.ionapi", called, counted=True)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
    return sorted({Path(file).relative_to(PACKAGE).as_posix() for file in called.files} - AROUND)


async def _drop(person: Person, machine: Machine, name: str, called: Called, *, counted: bool) -> None:
    stored = len(machine.profiles.profiles())
    file = machine.download(name, tenant=f"{name.partition('.')[0].upper()}_TST")
    person.app.show("import")
    await person.until(lambda: person.app.screen.query("#path"))
    await person.until(lambda: not any(worker.is_running for worker in person.app.workers))
    await person.pilot.pause(0.5)
    called.on = counted
    await person.paste(str(file))
    await person.until(lambda: person.app.screen.query("#name"))
    await person.pilot.pause(0.3)
    await person.press("ctrl+s")
    await person.sees("read back")
    await person.until(lambda: not called.on)
    assert len(machine.profiles.profiles()) == stored + 1
    await person.press("escape")


if __name__ == "__main__":
    sys.exit(main())
