"""One process at a time at the desktop's password store.

GNOME Keyring aborts now and then when several programs talk to it in the same moment, and then everybody's secrets are
away until it is started again. Ours wait for each other.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ionapi_tui.base.paths import home_folder

_PATIENCE: Final = 20.0
"""Seconds to wait for a turn. Whoever has it may be waiting for a password, so this is a courtesy, not a condition."""

_EVERY: Final = 0.01
"""Seconds between two attempts."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait, for a while, until no other process of ours is inside; go on in any case.

    The kernel frees the turn of a process that dies. Where there is nothing to lock with, nobody waits.
    """
    try:
        import fcntl

        turn = os.open(home_folder() / "turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except (ImportError, OSError):
        yield
        return
    try:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_EVERY)
            except OSError:
                # A file system without locks.
                break
            else:
                break
        yield
    finally:
        os.close(turn)
