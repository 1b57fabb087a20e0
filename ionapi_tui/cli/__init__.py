"""The command line: data to stdout, words to stderr, exit codes as a contract.

Only what a command needs is imported when it runs, so that ``list`` stays quick. The program ends through ``main``,
which turns every way to fail into one sentence and an exit code.
"""

from __future__ import annotations

import atexit
import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NoReturn

from ionapi_tui.base import language

INTERRUPTED: Final = 130
"""The exit code after Ctrl-C."""

BROKEN_PIPE: Final = 141
"""The exit code after the reader of a pipe went away, as a shell reports it for any other program."""


def main() -> None:
    """Run the program with the arguments of this process, and end the process."""
    # A closed stream (">&-") would be None, and everything that prints would have to know.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        _abandon_stdout()
        code = code or BROKEN_PIPE
    _end(code)


def run(arguments: Sequence[str]) -> int:
    """Carry out ``arguments`` and return the exit code; every failure is explained on stderr."""
    # httpx imports rich and pygments for a command of its own, and does without where that is not to be had. It takes
    # as long as half of the rest of it.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
    try:
        arguments = _choose_language(arguments)
        completing = os.environ.get("_IONAPI_TUI_COMPLETE", "")
        if not arguments and not completing and _is_for_app():
            return _open_app()
        if completing.startswith("powershell_"):
            from ionapi_tui.cli import powershell

            powershell.register()
        from ionapi_tui.cli.root import outcome_of

        return outcome_of(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if not is_broken_pipe(error):
            raise
        _abandon_stdout()
        return BROKEN_PIPE


def _is_for_app() -> bool:
    # Imported late: no command needs it.
    from ionapi_tui.base.terminal import wants_lines

    return not wants_lines(os.environ, sys.stdin, sys.stdout)


def _open_app() -> int:
    """Open the app, as no arguments want it, and return its exit code.

    Click does the same, but importing it and the commands takes a fourteenth of the time until the first frame.
    """
    from ionapi_tui.base.errors import IonApiError
    from ionapi_tui.cli.app import open_app
    from ionapi_tui.cli.output import words

    try:
        return open_app()
    except KeyboardInterrupt:
        words(language._("Interrupted."))
        return INTERRUPTED
    except IonApiError as error:
        from ionapi_tui.cli.failures import report_failure

        return report_failure(error, ())


def is_broken_pipe(error: OSError) -> bool:
    """Return whether nobody reads what was written any more; Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _end(code: int) -> NoReturn:
    """End the process: do what was registered for the end, write what is not written yet, and let the system free it.

    Python would take every module and object apart before, a tenth of the time of a cached ``token``. It would also
    tear a thread that still waits for a password store, or has just begun to look for one, out of what it does. One
    that is inside compiled code which cannot be unwound (importing ``cryptography`` is enough) would take the process
    along with SIGABRT, seconds after everything went well. A thread that has to be waited for is left to Python.
    """
    threading = sys.modules.get("threading")
    others = [one for one in threading.enumerate() if one is not threading.main_thread()] if threading else []
    if others and not any(one.daemon for one in others):
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - os._exit would leave them out
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def _choose_language(arguments: Sequence[str]) -> list[str]:
    """Speak the language asked for, before the first sentence is made: the help texts are sentences too.

    Return the arguments with ``--lang`` in front, where the program expects it, wherever it stood.
    """
    asked, others = _language_in(arguments)
    code = language.wanted(asked)
    if code != "en":
        from ionapi_tui.cli.click_words import let_click_speak

        language.load(code, language.folder())
        let_click_speak(language.current(), language.folder())
    return others if asked is None else ["--lang", asked, *others]


def _language_in(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the value of ``--lang``, and the other arguments; what a program gets that ``exec`` runs is not read."""
    asked: str | None = None
    others: list[str] = []
    left = list(arguments)
    while left:
        argument = left.pop(0)
        if argument == "--" or (argument == "exec" and "--" not in left):
            return asked, [*others, argument, *left]
        if argument == "--lang" and left:
            asked = left.pop(0)
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
        else:
            others.append(argument)
    return asked, others


def _abandon_stdout() -> None:
    """Let nothing more be written to a stdout that nobody reads; Python would complain when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
