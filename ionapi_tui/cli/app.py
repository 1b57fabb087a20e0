"""``ionapi-tui`` without a command: the app."""

from __future__ import annotations

import sys

from ionapi_tui.errors import UsageError
from ionapi_tui.language import _


def open_app() -> int:
    """Open the app and return its exit code.

    Raises:
        UsageError: this is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("The app needs a terminal. Use one of the commands instead: ionapi-tui --help lists them."))
    from ionapi_tui.services import of_this_machine
    from ionapi_tui.ui.app import run

    return run(of_this_machine())
