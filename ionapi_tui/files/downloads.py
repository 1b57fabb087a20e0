"""The ``.ionapi`` files, encrypted or not, in the folder of the browser, and those that arrive while somebody looks."""

from __future__ import annotations

import asyncio
import math
import os
import re
import stat
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

_NAME: Final = re.compile(r"\.ionapi(?: ?\(\d+\))?\.enc$|\.ionapi$", re.IGNORECASE)
"""How the names of the files end: as Infor wrote them, or as a hand-over page encrypted them. Browsers put a number
before the last dot of the name if there is such a file already."""

_PARTIAL: Final = (".crdownload", ".part", ".download", ".partial", ".opdownload")
"""What browsers put behind the name of a file that is not whole."""

_LOOK_EVERY: Final = 0.3
"""Seconds between two looks, for folders that tell nobody what happens in them (network drives)."""

STILL_FOR: Final = 0.3
"""Seconds for which a new file must not grow before it counts as whole."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that may be what Infor handed out."""

    path: Path
    size: int
    """In bytes; never 0."""
    modified: float
    """When it was last written, in seconds since the epoch."""


class Stop(Protocol):
    """What tells a watcher to end; events of ``asyncio``, ``anyio`` and ``threading`` do."""

    def is_set(self) -> bool:
        """Return whether to end."""


def find(folder: Path) -> tuple[Download, ...]:
    """Return the ``.ionapi`` files in ``folder``, newest first; none when it cannot be read.

    Empty files and those that a browser still writes are left out, as far as one look can tell; ``watch`` can tell
    more. Files are not opened.
    """
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError:
        return ()
    partial = [entry for entry in entries if entry.name.lower().endswith(_PARTIAL)]
    found = []
    for entry in entries:
        if not is_named_so(entry.name) or entry.name.startswith("."):
            continue
        with suppress(OSError):
            status = entry.stat()
            if not stat.S_ISREG(status.st_mode) or not status.st_size:
                continue
            if not any(_belongs(one.name, entry.name) and one.stat().st_mtime >= status.st_mtime for one in partial):
                found.append(Download(Path(entry.path), status.st_size, status.st_mtime))
    return tuple(sorted(found, key=lambda one: _newest_first(one.modified, one.path)))


def everything(folder: Path) -> tuple[Path, ...]:
    """Return whatever in ``folder`` has the ending of ``.ionapi`` files, encrypted or not, newest first.

    What is empty, hidden, unreadable or no file is among it: who imports a whole folder is told about each.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder) as scan:
        entries = [entry for entry in scan if is_named_so(entry.name)]
    found = [(_modified(entry), Path(entry.path)) for entry in entries]
    return tuple(path for _when, path in sorted(found, key=lambda one: _newest_first(*one)))


def is_named_so(name: str) -> bool:
    """Return whether a file with that name may be an ``.ionapi`` file, encrypted or not."""
    return _NAME.search(name) is not None


def _newest_first(modified: float, path: Path) -> tuple[float, str]:
    """Return what downloads are sorted by: of two of the same time, the names decide."""
    return -modified, path.name


def _modified(entry: os.DirEntry[str]) -> float:
    """Return when what ``entry`` leads to was last written, in seconds since the epoch; 0 when nobody can tell."""
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0


async def watch(
    folder: Path, stop: Stop, now: Callable[[], float] = time.monotonic
) -> AsyncIterator[tuple[Download, ...]]:
    """Yield what ``find`` returns, first as it is and then whenever it changes.

    A file that appears or grows is held back until it has stood still for a moment, and is there within a second of
    being whole. The folder may be missing, be removed and come back, or be on a network drive.

    Args:
        folder: what to watch; not what is in its folders.
        stop: ends the iteration within half a second of being set. Cancelling the task does too.
        now: a clock that is never set back, in seconds; asked after each look at the folder.
    """
    settling = _Settling(time.time())
    shown: tuple[Download, ...] | None = None
    async with aclosing(_ticks(folder, stop)) as ticks:
        async for _tick in ticks:
            while not stop.is_set():
                found = await asyncio.to_thread(find, folder)
                whole = settling.whole(found, now())
                if whole != shown:
                    shown = whole
                    yield whole
                if whole == found:
                    break
                await asyncio.sleep(STILL_FOR / 3)


class _Settling:
    """Tells files that stand still from files that grow."""

    def __init__(self, begun: float) -> None:
        self._begun = begun
        """When watching began, in seconds since the epoch."""
        self._since: dict[Download, float] = {}
        """What was seen, and the moment since when it has looked the same."""
        self._looked = False

    def whole(self, found: tuple[Download, ...], now: float) -> tuple[Download, ...]:
        """Return those of ``found`` that are whole at the moment ``now`` (of a monotonic clock)."""
        self._since = {one: self._since.get(one, self._first_seen(one, now)) for one in found}
        self._looked = True
        return tuple(one for one in found if now - self._since[one] >= STILL_FOR)

    def _first_seen(self, one: Download, now: float) -> float:
        # Files from before the watching began need not prove themselves.
        old = not self._looked and one.modified < self._begun - 2
        return -math.inf if old else now


class _Ended:
    """The stop event given to ``watchfiles``, which sets it when it is cancelled; the caller's is not ours to set."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._set = False

    def is_set(self) -> bool:
        return self._set or self._stop.is_set()

    def set(self) -> None:
        self._set = True


async def _ticks(folder: Path, stop: Stop) -> AsyncGenerator[None, None]:
    """Yield when something happened in ``folder``, and every now and then in any case, until ``stop`` is set."""
    while not stop.is_set():
        yield
        if await asyncio.to_thread(folder.is_dir):
            async with aclosing(_notified(folder, stop)) as ticks:
                async for tick in ticks:
                    yield tick
        # Either there is no folder, or it cannot be watched, or it has just gone.
        await asyncio.sleep(_LOOK_EVERY)


async def _notified(folder: Path, stop: Stop) -> AsyncGenerator[None, None]:
    """Yield on notice of the operating system or after a while; end when ``folder`` has gone or cannot be watched."""
    from watchfiles import awatch
    from watchfiles._rust_notify import WatchfilesRustInternalError

    identity = _identity(folder)
    with suppress(OSError, WatchfilesRustInternalError):
        changes = awatch(
            folder,
            watch_filter=None,
            debounce=100,
            rust_timeout=round(_LOOK_EVERY * 1000),
            yield_on_timeout=True,
            stop_event=_Ended(stop),
            recursive=False,
        )
        async with aclosing(changes):
            async for _change in changes:
                yield
                if _identity(folder) != identity:
                    return


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another one of the same name; None when it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _belongs(partial: str, name: str) -> bool:
    """Return whether a browser's partial file will become the file ``name``.

    Firefox puts random letters between the name's stem and its ending: ``App.x1Yz2.ionapi.part``.
    """
    stem, dot, ending = name.lower().rpartition(".")
    whole = partial.lower().rpartition(".")[0]
    return whole in (stem, name.lower()) or (whole.startswith(f"{stem}.") and whole.endswith(dot + ending))
