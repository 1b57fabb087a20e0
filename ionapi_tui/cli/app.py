"""``ionapi-tui`` without a command: the app, or plain mode over standard input and output."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

from ionapi_tui.base.terminal import typed, unechoed, wants_lines
from ionapi_tui.cli.output import data, words
from ionapi_tui.domain.guide import flow
from ionapi_tui.usecases.services import APP_TIMEOUT, Services


def open_app(*, plain: bool = False, language_given: bool = False, tenant: str | None = None, notice: str = "") -> int:
    """Open the app and return its exit code.

    Args:
        plain: speak line by line, even in a terminal that can draw.
        language_given: whether ``--lang`` has chosen the language; otherwise the one that was chosen in the app counts
            more than that of the environment.
        tenant: whose guide to begin with, where it was left; None for the first page.
        notice: what was done already, as a sentence; empty for nothing.
    """
    services = Services(store_timeout=APP_TIMEOUT)
    if not language_given:
        from ionapi_tui.usecases.appearance import use_remembered_language

        use_remembered_language(services)
    if plain or wants_lines(os.environ, sys.stdin, sys.stdout):
        return open_plain(tenant=tenant, notice=notice)
    # What is imported is kept until the end; looking through it for garbage a hundred times delays the first frame.
    gc.disable()
    from ionapi_tui.ui.app import run as run_app

    gc.freeze()
    gc.enable()
    return run_app(services, tenant, notice)


def open_plain(page: str = flow.WELCOME, tenant: str | None = None, notice: str = "") -> int:
    """Hold the conversation of plain mode and return its exit code.

    Args:
        page: where to begin.
        tenant: whose guide to begin with instead, where it was left; None for ``page``.
        notice: what was done already, as a sentence; empty for nothing.
    """
    from ionapi_tui.plain.console import Console
    from ionapi_tui.plain.menu import run
    from ionapi_tui.secret_stores.vault.unlocking import agree_on_terminal, ask_on_terminal

    services = Services(store_timeout=APP_TIMEOUT, ask=ask_on_terminal, agree=agree_on_terminal, announce=words)
    console = Console(_read, data, _read_hidden, read_secret=_read_secret, echo=not sys.stdin.isatty())
    return run(services, console, page, tenant, notice)


def _read() -> str | None:
    from ionapi_tui.domain.inspection import MAX_SIZE

    # Never more than a file may have; and bytes that are no text end nothing.
    limit = MAX_SIZE + 1
    line = typed(sys.stdin, limit) if sys.stdin.isatty() else sys.stdin.buffer.readline(limit)
    return line.decode(sys.stdin.encoding or "utf-8", "replace") if line else None


def _read_hidden() -> str:
    with unechoed(sys.stdin):
        return "".join(_until_an_empty_line())


def _read_secret() -> str | None:
    if not sys.stdin.isatty():
        return _read()
    import getpass

    try:
        return getpass.getpass("")
    except EOFError:
        return None


def _until_an_empty_line() -> Iterator[str]:
    from ionapi_tui.domain.inspection import MAX_SIZE

    size = 0
    while size <= MAX_SIZE and (line := _read()) and line.strip(os.linesep + "\n"):
        size += len(line)
        yield line
