"""The argument FILE: a file, or a dash for standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.terminal import typed, unechoed
from ionapi_tui.cli.output import words
from ionapi_tui.domain.inspection import MAX_SIZE, Inspection, inspect

STANDARD_INPUT: Final = "-"


def inspected(source: str) -> Inspection:
    """Return the inspection of the file ``source``, or of standard input.

    Raises:
        UsageError: ``source`` is the content of a file instead of its name.
    """
    refuse_content(source)
    if source != STANDARD_INPUT:
        from ionapi_tui.files.reading import inspect_file

        return inspect_file(Path(source))
    if sys.stdin is None:
        return inspect(b"")
    if not sys.stdin.isatty():
        return inspect(sys.stdin.buffer.read(MAX_SIZE + 1))
    # Silent before it asks: a paste may be quicker than the next line.
    with unechoed(sys.stdin):
        words(
            _(
                "Paste the content of the file, then press Enter and Ctrl-D (on Windows Ctrl-Z and Enter). "
                "Where the terminal allows it, nothing is shown."
            )
        )
        return inspect(_pasted())


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
