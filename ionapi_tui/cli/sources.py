"""The argument FILE: a file, a dash for standard input, or ``env:`` and the name of an environment variable."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from ionapi_tui.base.errors import UnusableFile, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.terminal import typed, unechoed
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import write_findings
from ionapi_tui.cli.output import words
from ionapi_tui.domain.inspection import MAX_SIZE, Inspection, inspect
from ionapi_tui.usecases.services import Services

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

STANDARD_INPUT: Final = "-"
VARIABLE: Final = "env:"
"""What the name of an environment variable comes after; a file of such a name is ``./env:…``."""


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let a request to end, such as that of a cancelled job, be an exception: what is undone at the end still is."""

    def end(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


def inspected(source: str, services: Services) -> Inspection:
    """Return the inspection of the file ``source``, of standard input, or of an environment variable.

    A file may be encrypted by a hand-over page.

    Raises:
        UsageError: ``source`` is the content of a file instead of its name, or there is no such variable.
    """
    refuse_content(source)
    if source.startswith(VARIABLE):
        return _in_variable(source.removeprefix(VARIABLE))
    if source != STANDARD_INPUT:
        return services.inspect_file(Path(source))
    if sys.stdin is None:
        return inspect(b"")
    if not sys.stdin.isatty():
        return services.inspect_content(sys.stdin.buffer.read(MAX_SIZE + 1))
    # Silent before it asks: a paste may be quicker than the next line.
    with unechoed(sys.stdin):
        words(
            _(
                "Paste the content of the file, then press Enter and Ctrl+D (on Windows Ctrl+Z and Enter). "
                "Where the terminal allows it, nothing is shown."
            )
        )
        return services.inspect_content(_pasted())


def usable(source: str, services: Services) -> Inspection:
    """Return the inspection of what ``inspected`` reads, for a command that works with the credentials.

    Raises:
        UnusableFile: it has no usable credentials; the findings were written to stderr.
        UsageError: see ``inspected``.
    """
    inspection = inspected(source, services)
    if inspection.credentials is None:
        write_findings(inspection.findings, sys.stderr)
        raise UnusableFile(_("The file cannot be used. Nothing was sent."))
    return inspection


def refuse_hosts(file: str | None, hosts: Sequence[str]) -> None:
    """Refuse ``--trust-host`` for a stored profile, which remembers the hosts.

    Raises:
        UsageError: there are hosts and no file.
    """
    if hosts and file is None:
        raise UsageError(_("--trust-host needs --file. For a profile, use “ionapi-tui verify NAME --trust-host HOST”."))


def variable_of(source: str) -> str:
    """Return the name of the environment variable that ``source`` is; empty when it is none."""
    return source.removeprefix(VARIABLE) if source.startswith(VARIABLE) else ""


def name_of(source: str) -> str:
    """Return the name of the file ``source`` without its folder; empty when it is no file."""
    return "" if source == STANDARD_INPUT or source.startswith(VARIABLE) else Path(source).name


def source_completion(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the completion of a FILE: the names of files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _in_variable(name: str) -> Inspection:
    from ionapi_tui.files.reading import inspect_variable

    inspection = inspect_variable(name, os.environ)
    if inspection is None:
        raise UsageError(_("There is no environment variable {name}.").format(name=safe(name, 80)))
    return inspection


def _pasted() -> bytes:
    content = b""
    while len(content) <= MAX_SIZE and (more := typed(sys.stdin, MAX_SIZE + 1)):
        content += more
    return content


def refuse_content(source: str) -> None:
    """Refuse an argument that holds secrets, without repeating it.

    Raises:
        UsageError: ``source`` is JSON; arguments can be seen by every user of the machine and stay in the history.
    """
    if source.lstrip().startswith("{"):
        raise UsageError(
            _(
                "This is the content of a file, not its name. Secrets do not belong on a command line, where other "
                "users and the shell's history see them: save the file and name it, or pass it to standard input "
                "and write - here."
            )
        )
