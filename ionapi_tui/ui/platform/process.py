"""The process of the app: ending in order when the system asks for it, and suspending it for the shell.

Checked with Textual 8.2.8, of which it uses nothing.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from threading import Timer

_END_SECONDS = 3.0
"""Seconds that ending in order may take. A terminal that was closed cannot be given back, and writing to it can block
for good."""


def end_on_signals(end: Callable[[int], object]) -> None:
    """Call ``end`` with the exit code a shell knows the signal by, when this process is asked to end.

    Args:
        end: leaves the app; called in the event loop that runs now. When that does not end the process in time, it is
            ended as the signal itself would have done.
    """
    if sys.platform == "win32":
        # The console ends a program there without asking its event loop.
        return

    def asked_to_end(code: int) -> None:
        last_resort = Timer(_END_SECONDS, os._exit, (code,))
        last_resort.daemon = True
        last_resort.start()
        end(code)

    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(asked, asked_to_end, 128 + asked)


def shell_waits() -> bool:
    """Return whether a shell with job control started this process, and gets the terminal when it stops.

    A process that stops without one is never let go on. The kernel would not stop such a process either, but Textual
    asks it in a way that cannot be refused.
    """
    if sys.platform == "win32":
        return False
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        # The parent has ended just now, or this system does not tell about other processes.
        return False
