"""How long a new file takes from being whole to being shown, beside the bare notice of ``watchfiles``.

Run it with ``python -m tests.benchmarks.bench_downloads``; it fails when a file is shown later than a second after it
is whole. Of that, 0.3 seconds are waited on purpose: a file that still grows is not shown.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from ionapi_tui.files.downloads import watch

RUNS = 15
LIMIT = 1.0
"""Seconds within which a whole file is to be shown."""


def main() -> int:
    """Measure, print one line for each, and return 0 when the limit is kept."""
    bare, ours = asyncio.run(_measure())
    for name, seconds in (("watchfiles", bare), ("ionapi-tui", ours)):
        print(f"{name:<12} median {statistics.median(seconds):.3f} s   latest {max(seconds):.3f} s")
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"downloads: {ratio:.1f} of watchfiles, latest {max(ours):.2f} s (limit {LIMIT} s), {RUNS} runs in turn")
    return 0 if max(ours) <= LIMIT else 1


async def _measure() -> tuple[list[float], list[float]]:
    bare, ours = [], []
    for _run in range(RUNS):
        # In turn, so that whatever else the machine does meets both.
        bare.append(await _bare())
        ours.append(await _ours())
    return bare, ours


async def _bare() -> float:
    with tempfile.TemporaryDirectory() as folder:
        notices = awatch(folder, rust_timeout=200, yield_on_timeout=True)
        await anext(notices)
        written = _write(Path(folder))
        while not await anext(notices):
            pass
        return time.perf_counter() - written


async def _ours() -> float:
    with tempfile.TemporaryDirectory() as folder:
        lists: AsyncIterator[object] = watch(Path(folder), asyncio.Event())
        await anext(lists)
        shown = asyncio.ensure_future(anext(lists))
        # Until it has begun to wait.
        await asyncio.sleep(0.5)
        written = _write(Path(folder))
        await shown
        return time.perf_counter() - written


def _write(folder: Path) -> float:
    (folder / "App.ionapi").write_bytes(b'{"ti": "ACME_TST"}')
    return time.perf_counter()


if __name__ == "__main__":
    sys.exit(main())
