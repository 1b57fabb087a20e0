"""A practice tenant that the app starts for one rehearsal: a process of its own, which ends with the app."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ionapi_tui.base import language
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

_PORT = "port"
"""The file that keeps the port for the next rehearsal."""
_PATIENCE = 10.0
"""Seconds for the process to end by itself before it is made to."""


class RehearsalError(IonApiError):
    """The practice tenant could not be started, or could not write its file."""


@dataclass(frozen=True)
class Rehearsal:
    """A running practice tenant."""

    process: subprocess.Popen[str]
    home: Path
    """The folder of its memory."""
    portal: str
    """The address to open in a browser."""
    tenant: str
    administrator: str
    """The user to log in as."""
    service_user: str
    """The user for the service account."""

    @classmethod
    def start(cls, home: Path, program: Sequence[str] = ()) -> Rehearsal:
        """Start one; return when it answers.

        Args:
            home: the folder of its memory; what was made there in an earlier rehearsal is still there.
            program: the command that starts it; our own by default.

        Raises:
            RehearsalError: it did not start, for the reason it gave.
        """
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [*(program or _program()), "--json", "--attached", "--home", str(home), "--port"]
        port = _port_before(home)
        if port is None:
            return cls._started(home, [*command, "0"])
        try:
            # Profiles that were kept after the rehearsal before lead there.
            return cls._started(home, [*command, port])
        except RehearsalError:
            return cls._started(home, [*command, "0"])

    @classmethod
    def _started(cls, home: Path, command: Sequence[str]) -> Rehearsal:
        pipe = subprocess.PIPE
        # Its input stays open as long as this process lives, however that ends; it ends when it is closed.
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)  # noqa: S603
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            _out, error = process.communicate()
            said = safe(error.strip().rpartition("\n")[2], 300)
            raise RehearsalError(_("The practice tenant did not start: {why}").format(why=said))
        told = json.loads(line)
        (home / _PORT).write_text(str(urlsplit(told["url"]).port), "utf-8")
        return cls(process, home, **_facts(told))

    @property
    def running(self) -> bool:
        """Whether it still answers; somebody may have ended it."""
        return self.process.poll() is None

    def write_file(self, folder: Path) -> Path:
        """Write an ``.ionapi`` file of the practice tenant, for those who have no browser here.

        Args:
            folder: where the browser would save it, made when it is missing. What is there already is left alone.

        Returns:
            The file.

        Raises:
            RehearsalError: it cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            sentence = _("{path} cannot be written: {reason}.")
            raise RehearsalError(sentence.format(path=safe(folder, 300), reason=safe(error.strerror))) from None
        path = _free_name(folder)
        command = [*_program(), "file", "--home", str(self.home), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise RehearsalError(safe(done.stderr.strip().rpartition("\n")[2], 300))
        return path

    def end(self, patience: float = _PATIENCE) -> None:
        """End it; what it remembers stays in its folder.

        Args:
            patience: seconds for it to end by itself.
        """
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


def _port_before(home: Path) -> str | None:
    """Return the port of the rehearsal before; None when this is the first one."""
    try:
        port = (home / _PORT).read_text("utf-8")
    except (OSError, ValueError):
        return None
    return port if port.isdecimal() and len(port) <= 5 else None


def _free_name(folder: Path) -> Path:
    """Return the path that a browser would choose: numbered when the name is taken."""
    path, number = folder / "Practice.ionapi", 0
    while path.exists():
        number += 1
        path = folder / f"Practice ({number}).ionapi"
    return path


def _facts(told: dict[str, Any]) -> dict[str, str]:
    by_role = {role: user["user_name"] for user in told["users"] for role in user["roles"]}
    return {
        "portal": told["portal"],
        "tenant": told["tenant"],
        "administrator": by_role["IONAPI-Administrator"],
        "service_user": by_role["IDM-AdvancedUser"],
    }


def _program() -> tuple[str, ...]:
    """Return the command of the practice tenant; its portal speaks the language in use."""
    return (sys.executable, "-m", "ionapi_tui", "--lang", language.current(), "practice")
