"""Room for timers: on Windows each one of Textual waits in a thread of the event loop.

Checked with Textual 8.2.8, of which it uses nothing.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

_AT_ONCE: Final = 64
"""More than wait at a time; a thread is started only when it is needed."""


def make_room_for_timers() -> None:
    """Let many timers wait at once, and other things still run in threads of the running event loop.

    By default the loop has four threads more than there are processors. When as many timers wait, say for messages to
    go, everything else that needs a thread waits too: other timers and the end of timers, looking up a host, looking
    into the Downloads folder. The app then seems to hang.
    """
    executor = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="ionapi-tui-timer")
    asyncio.get_running_loop().set_default_executor(executor)
