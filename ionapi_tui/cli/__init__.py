"""The command line: data to stdout, words to stderr, exit codes as a contract.

Only what a command needs is imported when it runs, so that ``list`` stays quick. The program ends through ``main``,
which turns every way to fail into one sentence and an exit code.
"""

from __future__ import annotations

import atexit
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
    try:
        _choose_language(arguments)
        from ionapi_tui.cli.root import outcome_of

        return outcome_of(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_stdout()
        return BROKEN_PIPE


def _end(code: int) -> NoReturn:
    """End the process, also when a thread still waits for a password store, or has just begun to look for one.

    Python tears such a thread out of what it does. One that is inside compiled code which cannot be unwound (importing
    ``cryptography`` is enough) would take the process along with SIGABRT, seconds after everything went well.
    """
    threading = sys.modules.get("threading")
    if threading and any(thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread()):
        atexit._run_exitfuncs()  # noqa: SLF001 - os._exit would leave them out
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def _choose_language(arguments: Sequence[str]) -> None:
    """Speak the language asked for, before the first sentence is made: the help texts are sentences too."""
    asked = None
    for number, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            asked = argument.partition("=")[2]
        elif argument == "--lang":
            asked = "".join(arguments[number + 1 : number + 2])
        elif not argument.startswith("-") and asked is None:
            break
    code = language.wanted(asked)
    if code != "en":
        from ionapi_tui.cli.click_words import let_click_speak

        language.load(code, language.folder())
        let_click_speak(language.current(), language.folder())


def _abandon_stdout() -> None:
    """Let nothing more be written to a stdout that nobody reads; Python would complain when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
