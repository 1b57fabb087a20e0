"""The practice tenant as a process that the app, or plain mode, starts; it ends with the program that started it."""

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
from ionapi_tui.base.access import make_private_folder
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.extras import IS_FROZEN
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

_PORT = "port"
"""The file that keeps the port for the next start."""
_SECONDS_TO_END = 10.0
"""Seconds for the process to end by itself before it is killed."""


class PracticeError(IonApiError):
    """The practice tenant could not be started, or could not write its file."""


@dataclass(frozen=True)
class PracticeProcess:
    """A running practice tenant."""

    process: subprocess.Popen[str]
    home: Path
    """The folder of its data."""
    portal: str
    """The address to open in a browser."""
    tenant: str
    administrator: str
    """The user to log in as."""
    service_user: str
    """The user for the service account."""

    @classmethod
    def start(cls, home: Path, program: Sequence[str] = ()) -> PracticeProcess:
        """Start one; return when it answers.

        Args:
            home: the folder of its data; what was made there earlier is still there.
            program: the command that starts it; our own by default.

        Raises:
            PracticeError: it did not start, for the reason it gave.
        """
        try:
            make_private_folder(home)
        except OSError as error:
            raise _not_written(home, error) from None
        command = [*(program or _program()), "--json", "--attached", "--home", str(home)]
        port = _port_before(home)
        try:
            # Profiles that were kept when it ended lead to the port it had, and “practice file” to the usual one.
            return cls._started(home, [*command, *(() if port is None else ("--port", port))])
        except PracticeError:
            return cls._started(home, [*command, "--port", "0"])

    @classmethod
    def _started(cls, home: Path, command: Sequence[str]) -> PracticeProcess:
        pipe = subprocess.PIPE
        # Its input stays open as long as this process lives, however that ends; it ends when it is closed.
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)  # noqa: S603
        except OSError as error:
            raise _not_started(safe(error.strerror or error)) from None
        assert process.stdout is not None
        line = process.stdout.readline()
        announced = _announced(line)
        if announced is None:
            out, errors = process.communicate()
            raise _not_started(_error_in(line + out) or _last_line(errors))
        try:
            (home / _PORT).write_text(str(urlsplit(announced["url"]).port), "utf-8")
        except OSError as error:
            _stop(process, _SECONDS_TO_END)
            raise _not_written(home / _PORT, error) from None
        return cls(process, home, **_facts(announced))

    @property
    def running(self) -> bool:
        """Whether its process still runs."""
        return self.process.poll() is None

    def write_file(self, folder: Path) -> Path:
        """Write an ``.ionapi`` file of the practice tenant, without a browser.

        Args:
            folder: where the browser would save it, made when it is missing. What is there already is left alone.

        Returns:
            The file.

        Raises:
            PracticeError: it cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(folder, error) from None
        path = _free_name(folder)
        command = [*_program(), "file", "--home", str(self.home), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise PracticeError(_last_line(done.stderr))
        return path

    def stop(self, timeout: float = _SECONDS_TO_END) -> None:
        """Stop it; its data stays in its folder.

        Args:
            timeout: seconds for it to end by itself.
        """
        _stop(self.process, timeout)


def _announced(line: str) -> dict[str, Any] | None:
    """Return what a practice tenant says when it has started; None for anything else."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "url" in found else None


def _error_in(out: str) -> str:
    """Return the error that a command with ``--json`` writes; empty if there is none."""
    try:
        return safe(json.loads(out)["error"]["message"], 300)
    except (ValueError, KeyError, TypeError):
        return ""


def _stop(process: subprocess.Popen[str], timeout: float) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _not_started(why: str) -> PracticeError:
    return PracticeError(_("The practice tenant did not start: {why}").format(why=why))


def _not_written(path: Path, error: OSError) -> PracticeError:
    sentence = _("{path} cannot be written: {reason}.")
    return PracticeError(sentence.format(path=safe(path, 300), reason=safe(error.strerror or error)))


def _last_line(output: str) -> str:
    return safe(output.strip().rpartition("\n")[2], 300)


def _port_before(home: Path) -> str | None:
    """Return the port it had the last time; None when it starts for the first time."""
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


def _facts(announced: dict[str, Any]) -> dict[str, str]:
    by_role = {role: user["user_name"] for user in announced["users"] for role in user["roles"]}
    return {
        "portal": announced["portal"],
        "tenant": announced["tenant"],
        "administrator": by_role["IONAPI-Administrator"],
        "service_user": by_role["IDM-AdvancedUser"],
    }


def _program() -> tuple[str, ...]:
    """Return the command of the practice tenant; its portal speaks the language in use."""
    program = (sys.executable,) if IS_FROZEN else (sys.executable, "-m", "ionapi_tui")
    return (*program, "--lang", language.current(), "practice")
