"""Put a built program through what a user does: practice tenant, check, import, list, verify, exec, scan, remove.

    python -m tools.dist.try_program PROGRAM [ARGUMENT ...]

The command is that of the program, such as ``dist/ionapi-tui``, or ``wine ionapi-tui.exe``. On Linux it gets a GNOME
Keyring of its own; under Wine it uses the Credential Manager there. What it did is written as a transcript.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.fixtures.guards import environment_of
from tests.fixtures.private_keyring import PrivateKeyring

_SECONDS: Final = 180
"""The longest that one command may take: a single file unpacks itself first, and under Wine that is slow."""


class Trial:
    """A program that is tried, and its surroundings."""

    def __init__(self, command: list[str], home: Path, environment: Mapping[str, str]) -> None:
        self._command = command
        self._under_wine = "wine" in Path(command[0]).name
        self._home = home
        self._environment = dict(environment)

    def path(self, file: Path) -> str:
        """Return how the program names a file."""
        return f"Z:{file}".replace("/", "\\") if self._under_wine else str(file)

    def run(self, *arguments: str, code: int = 0, shown: bool = True) -> str:
        """Run the program and return its output.

        Raises:
            AssertionError: its exit code is not ``code``.
        """
        begin = time.monotonic()
        # Wine starts a console program only with standard handles.
        done = subprocess.run(  # noqa: S603
            [*self._command, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            env=self._environment,
            check=False,
        )
        out, err = (_text(stream) for stream in (done.stdout, done.stderr))
        self._tell(f"$ ionapi-tui {' '.join(arguments)}    # {time.monotonic() - begin:.1f} s")
        if shown:
            self._tell(out + err)
        assert done.returncode == code, f"exit code {done.returncode} instead of {code}: {out}{err}"
        return out

    @contextmanager
    def practice_tenant(self) -> Iterator[None]:
        """Let the program simulate Infor meanwhile."""
        command = [*self._command, "practice", "--json", "--attached", "--port", "0"]
        command += ["--home", self.path(self._home / "practice")]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=self._environment)  # noqa: S603
        assert process.stdin
        assert process.stdout
        try:
            announced = json.loads(process.stdout.readline())
            self._tell(f"$ ionapi-tui practice    # answers at {announced['portal']}")
            yield
        finally:
            process.communicate(timeout=_SECONDS)

    @staticmethod
    def _tell(text: str) -> None:
        print(text.rstrip(), flush=True)  # noqa: T201


def _text(output: bytes) -> str:
    """Return what a program wrote: in UTF-8, or in the code page of Windows."""
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError:
        text = output.decode("cp1252", "replace")
    return text.replace("\r\n", "\n")


def walk(trial: Trial, folder: Path) -> None:
    """Do what a user does, and look at what comes of it."""
    file = folder / "downloads" / "Practice.ionapi"
    file.parent.mkdir(mode=0o700)
    assert trial.run("--version").startswith("ionapi-tui ")
    # Its licence keeps the library for vaults out of the single file.
    assert "pykeepass -" in " ".join(trial.run("doctor").split())
    with trial.practice_tenant():
        home = trial.path(folder / "practice")
        trial.run("practice", "file", "--home", home, trial.path(file))
        trial.run("check", trial.path(file))
        trial.run("import", trial.path(file), "--name", "try-it", "--verify")
        assert "try-it" in trial.run("list")
        assert json.loads(trial.run("verify", "try-it", "--json", shown=False))[0]["ok"]
        trial.run("scan", trial.path(file.parent), code=1)
        assert len(trial.run("token", "try-it", shown=False)) > 20
        # The program stands in for whatever a user would run.
        inner = trial.run("exec", "try-it", "--with-file", "--", *_reader(trial), shown=False)
        assert "ionapi" in inner
        trial.run("export", "try-it", "--format", "powershell", "--output", trial.path(folder / "downloads" / "x.ps1"))
        trial.run("remove", "try-it", "--confirm", "try-it")
        assert "try-it" not in trial.run("list")


def _reader(trial: Trial) -> list[str]:
    return ["cmd", "/c", "echo", "{}"] if trial._under_wine else ["echo", "{}"]  # noqa: SLF001


def main(command: list[str]) -> int:
    """Try the program and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="ionapi-tui-try-") as name:
        folder = Path(name)
        (folder / "home").mkdir()
        settings = environment_of(folder / "home")
        if "wine" in Path(command[0]).name:
            own = {key: f"Z:{settings[key]}".replace("/", "\\") for key in ("IONAPI_TUI_HOME", "IONAPI_TUI_DOWNLOADS")}
            walk(Trial(command, folder, {**os.environ, **own, "PYTHONUTF8": "1", "WINEDEBUG": "-all"}), folder)
            return 0
        (folder / "keyring").mkdir()
        keyring = PrivateKeyring(folder / "keyring")
        try:
            own = {key: settings[key] for key in ("IONAPI_TUI_HOME", "IONAPI_TUI_DOWNLOADS", "LANG")}
            walk(Trial(command, folder, {**keyring.env, **own}), folder)
        finally:
            keyring.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
