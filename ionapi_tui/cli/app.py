"""``ionapi-tui`` without a command: the app, or the same line by line."""

from __future__ import annotations

import os
import sys

from ionapi_tui.base.terminal import wants_lines


def open_app(*, plain: bool = False) -> int:
    """Open the app and return its exit code.

    Args:
        plain: speak line by line, even in a terminal that can draw.
    """
    if plain or wants_lines(os.environ, sys.stdin, sys.stdout):
        from ionapi_tui.cli.plain import open_plain

        return open_plain()
    from ionapi_tui.ui.app import run
    from ionapi_tui.usecases.services import APP_TIMEOUT, Services

    return run(Services(store_timeout=APP_TIMEOUT))
