"""Writing: data to stdout, words to stderr, and neither colour nor escapes into a pipe."""

from __future__ import annotations

import os
import sys
from typing import Any, Final, TextIO

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import in_encoding, safe
from ionapi_tui.cli import is_broken_pipe

WIDTH: Final = 80
"""Columns of a line where there is no terminal."""

_WIDEST: Final = 100


def data(line: str) -> None:
    """Write ``line`` to stdout."""
    write(line, sys.stdout)


def words(text: str, *, wrapped: bool = True) -> None:
    """Write ``text`` to stderr, wrapped to the width of the terminal.

    Args:
        text: one paragraph.
        wrapped: False keeps the lines of ``text``.
    """
    write(fill(text, sys.stderr) if wrapped else text, sys.stderr)


def raw(content: bytes) -> None:
    """Write ``content`` to stdout as it is, whatever encoding a terminal here would want.

    Raises:
        IonApiError: it cannot be written.
        BrokenPipeError: nobody reads it any more.
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except OSError as error:
        raise _failure(error) from error


def as_json(value: Any) -> None:
    """Write ``value`` to stdout as JSON; in ASCII, which every pipe and terminal can take."""
    import json

    data(json.dumps(value, indent=2))


def fill(text: str, stream: TextIO, first: str = "", rest: str = "") -> str:
    """Return ``text`` wrapped to the width of ``stream``.

    Args:
        text: one paragraph.
        stream: where it will be written.
        first: what the first line begins with.
        rest: what the other lines begin with.
    """
    from textwrap import fill as wrap

    columns = width(stream)
    # Paths and addresses stay whole, to be copied.
    return wrap(
        text, columns, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def fitted(text: str, first: str = "", rest: str = "") -> str:
    """Return ``text`` wrapped to the terminal on stdout; for a pipe on one line, as programs want it.

    Args:
        text: one paragraph.
        first: what the first line begins with.
        rest: what the other lines begin with.
    """
    return fill(text, sys.stdout, first, rest) if sys.stdout.isatty() else first + text


def width(stream: TextIO) -> int:
    """Return the columns that lines on ``stream`` may have."""
    try:
        # 0 is what a terminal says that was never told.
        return min(_WIDEST, os.get_terminal_size(stream.fileno()).columns or WIDTH)
    except (OSError, ValueError):
        # Windows says that no file has this number as a ValueError.
        return WIDTH


def has_colour(stream: TextIO) -> bool:
    """Return whether ``stream`` shows colours and the user wants them."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in (None, "", "dumb")


def can_write(text: str, stream: TextIO) -> bool:
    """Return whether ``stream`` has the characters of ``text``."""
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def write(text: str, stream: TextIO) -> None:
    """Write ``text`` and a line end to ``stream``.

    Raises:
        IonApiError: it cannot be written.
        BrokenPipeError: nobody reads it any more.
    """
    if not can_write(text, stream):
        # A name that the terminal's encoding lacks must not end the program.
        text = in_encoding(text, stream.encoding or "ascii")
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError as error:
        # The disk behind a redirection is full, say.
        raise _failure(error) from error


def _failure(error: OSError) -> BrokenPipeError | IonApiError:
    if is_broken_pipe(error):
        return BrokenPipeError()
    return IonApiError(_("The output cannot be written: {why}.").format(why=safe(error.strerror)))
