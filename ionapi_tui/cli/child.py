"""Running a program for ``exec``: its environment, and signals, terminal and exit code that pass through."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

from ionapi_tui.base.errors import IonApiError, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

if TYPE_CHECKING:
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.usecases.services import Access

PROFILE: Final = "IONAPI_PROFILE"
"""The variable with the name of the profile that a program runs with."""

_PREFIX: Final = "IONAPI_"
_SETTINGS: Final = "IONAPI_TUI_"
"""The settings of ionapi-tui, which hold no credentials; the program may call it in turn."""

_FORWARDED: Final = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGWINCH", "SIGINT", "SIGBREAK")
_FROM_THE_TERMINAL: Final = ("SIGINT", "SIGQUIT", "SIGWINCH", "SIGBREAK")
"""Signals that a terminal sends to all processes in its foreground, the program among them."""


class CommandNotFound(IonApiError):
    """There is no program of that name. The exit code is the shell's."""

    exit_code = 127


class CommandNotRunnable(IonApiError):
    """The program cannot be run. The exit code is the shell's."""

    exit_code = 126


def refuse_nesting(name: str | None, environ: Mapping[str, str]) -> None:
    """Make sure that no program runs with two profiles.

    Args:
        name: the profile; None for credentials that are not stored.
        environ: the environment of this process.

    Raises:
        UsageError: this process runs under another profile than ``name``.
    """
    outer = environ.get(PROFILE)
    if outer is not None and outer != name:
        sentence = _(
            "The profile {outer} is already active here. A program under two profiles would sooner or later "
            "write to the wrong tenant: start {name} from a separate shell, or unset {variable} first."
        )
        raise UsageError(sentence.format(outer=safe(outer, 60), name=safe(name or "--file", 60), variable=PROFILE))


def without_inherited(environ: Mapping[str, str]) -> dict[str, str]:
    """Return ``environ`` without the variables that may belong to another profile."""
    return {
        name: value
        for name, value in environ.items()
        if name.startswith(_SETTINGS) or not name.upper().startswith(_PREFIX)
    }


def environment_of_access(name: str | None, access: Access) -> dict[str, str]:
    """Return the variables of an access token, which is valid for a few hours.

    Args:
        name: the profile; None for credentials that are not stored.
        access: the token.
    """
    return ({} if name is None else {PROFILE: name}) | {
        "IONAPI_TOKEN": access.token.reveal(),
        "IONAPI_EXPIRES_AT": access.expires_at,
        "IONAPI_BASE_URL": access.base_url,
        "IONAPI_TENANT": access.tenant,
    }


def environment_of_credentials(credentials: Credentials) -> dict[str, str]:
    """Return the variables with the secrets, which do not expire, for a program that signs in itself."""
    from ionapi_tui.domain.export import variables

    return {name: value.reveal() for name, value in variables(credentials).items()}


def found(command: str, environ: Mapping[str, str]) -> str:
    """Return the path of the program ``command``.

    Raises:
        CommandNotFound: there is none that can be run.
    """
    path = shutil.which(command, path=environ.get("PATH"))
    if path is None:
        raise CommandNotFound(_("There is no program {command}.").format(command=safe(command, 120)))
    return path


def become(program: str, command: Sequence[str], environ: Mapping[str, str]) -> NoReturn:
    """Replace this process by ``command``. Only for systems on which that works: not Windows.

    Args:
        program: the path of the program.
        command: its name and its arguments.
        environ: its environment.

    Raises:
        CommandNotRunnable: the system refuses.
    """
    # Python ignores these, and what is ignored stays so in a new program: "| head" would not end it.
    for number in _numbers(("SIGPIPE", "SIGXFSZ")):
        signal.signal(number, signal.SIG_DFL)
    sys.stdout.flush()
    try:
        os.execve(program, list(command), dict(environ))  # noqa: S606 - what the user asked for
    except (OSError, ValueError) as error:
        raise _not_runnable(program, error) from None


def run(program: str, command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run ``command`` to its end and return its exit code; minus the number of the signal that ended it.

    Arguments and errors are those of ``become``.
    """
    with _forwarding() as forward_to:
        try:
            child = subprocess.Popen(list(command), executable=program, env=dict(environ))  # noqa: S603
        except (OSError, ValueError) as error:
            raise _not_runnable(program, error) from None
        forward_to(child)
        return child.wait()


def end_like(code: int) -> int:
    """End this process as the program ended, where a signal ended it; return the exit code for any other end."""
    if code >= 0 or sys.platform == "win32":
        return abs(code)
    import resource

    # Some of these signals write the memory of a process to disk, and ours knows secrets.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if -code not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    # The signal is one that ends nothing here.
    return 128 - code


@contextmanager
def _forwarding() -> Iterator[Callable[[subprocess.Popen[bytes]], None]]:
    """Pass signals on to a program instead of ending, for the time of a ``with`` block.

    Yields a function that says which program; signals that come earlier wait for it.
    """
    children: list[subprocess.Popen[bytes]] = []
    waiting: list[int] = []

    def handle(number: int, _frame: object) -> None:
        if number in shown_to_all and _in_foreground():
            return
        if children:
            children[0].send_signal(number)
        else:
            waiting.append(number)

    def forward_to(child: subprocess.Popen[bytes]) -> None:
        children.append(child)
        for number in waiting:
            child.send_signal(number)

    shown_to_all = _numbers(_FROM_THE_TERMINAL)
    before = {number: signal.signal(number, handle) for number in _numbers(_FORWARDED)}
    try:
        yield forward_to
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _numbers(names: Sequence[str]) -> list[signal.Signals]:
    """Return those of the signals that this system has."""
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]


def _in_foreground() -> bool:
    """Return whether a terminal has this process in its foreground, so that it sent the signal to the child, too."""
    if sys.platform == "win32":
        return True
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def _not_runnable(program: str, error: OSError | ValueError) -> CommandNotRunnable:
    # The error of an argument with a NUL in it has no text of the system.
    why = safe(getattr(error, "strerror", None) or error)
    return CommandNotRunnable(
        _("The program {program} cannot be run: {why}.").format(program=safe(program, 120), why=why)
    )
