"""Going through folders within bounds: no links, no devices, nothing that a cloud would have to download first."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ionapi_tui.domain.inspection import MAX_SIZE

_SMALLEST: Final = 100
"""Bytes below which no secret key fits."""
_HEAD: Final = 1024
_SKIPPED: Final = frozenset({".git", "node_modules", "__pycache__", "site-packages", ".cache", ".mypy_cache", ".tox"})
_IN_THE_CLOUD: Final = 0x0040_0000 | 0x0000_1000
"""Windows' attributes of files whose content is elsewhere (recall on data access, offline)."""
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class Bounds:
    """How much is looked at."""

    files: int = 100_000
    depth: int = 12
    """Levels of folders below those that were named."""
    seconds: float = 60.0


class Walk:
    """One walk through some folders, which knows how far it came."""

    def __init__(self, bounds: Bounds | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare.

        Args:
            bounds: how much to look at.
            clock: returns seconds that only go forward.
        """
        self.bounds = bounds or Bounds()
        self._clock = clock
        self._end = clock() + self.bounds.seconds
        self._seen: set[tuple[int, int]] = set()
        self.looked_at = 0
        """How many files were read."""
        self.too_small = 0
        """How many files were not read because no secret fits in them."""
        self.links = 0
        """How many links were not followed."""
        self.unfinished = False
        """Whether a bound was met."""
        self.unreadable = 0
        """How many files and folders could not be read."""

    def has_time(self) -> bool:
        """Return whether the bounds allow one more file; the first time not, the walk is unfinished."""
        if self.looked_at >= self.bounds.files or self._clock() > self._end:
            self.unfinished = True
        return not self.unfinished

    def contents(self, places: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
        """Yield the files in ``places``, which are folders or files, with their content; each file once."""
        for place in places:
            try:
                status = place.stat()
            except OSError:
                self.unreadable += 1
                continue
            if stat.S_ISDIR(status.st_mode):
                yield from self._folder(place, status, 0)
            else:
                yield from self._file(Path(os.path.realpath(place)), status)

    def _folder(self, folder: Path, status: os.stat_result, depth: int) -> Iterator[tuple[Path, bytes]]:
        if self._is_known(status):
            return
        if depth > self.bounds.depth:
            self.unfinished = True
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self.unreadable += 1
            return
        for entry in entries:
            if not self.has_time():
                return
            try:
                inner = entry.stat(follow_symlinks=False)
            except OSError:
                self.unreadable += 1
                continue
            if stat.S_ISDIR(inner.st_mode):
                if entry.name not in _SKIPPED:
                    yield from self._folder(Path(entry.path), Path(entry.path).lstat(), depth + 1)
            else:
                yield from self._file(Path(entry.path), inner)

    def _file(self, path: Path, status: os.stat_result) -> Iterator[tuple[Path, bytes]]:
        self.links += stat.S_ISLNK(status.st_mode)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_SIZE:
            return
        if status.st_size < _SMALLEST:
            self.too_small += 1
            return
        if getattr(status, "st_file_attributes", 0) & _IN_THE_CLOUD:
            return
        self.looked_at += 1
        try:
            raw = _read(path)
        except OSError:
            self.unreadable += 1
            return
        if raw:
            yield path, raw

    def _is_known(self, status: os.stat_result) -> bool:
        key = (status.st_dev, status.st_ino)
        known = status.st_ino != 0 and key in self._seen
        self._seen.add(key)
        return known


def _read(path: Path) -> bytes:
    """Return the content of a text file; nothing of any other."""
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb") as file:  # noqa: PTH123 - the descriptor carries the flags
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b""
        head = file.read(_HEAD)
        return head + file.read(MAX_SIZE) if _is_text(head) else b""


def _is_text(head: bytes) -> bool:
    # In UTF-16 every other byte of ASCII is a zero.
    return b"\0" not in head or head[1:2] == b"\0" or head[:1] == b"\0" or head[:2] in (b"\xff\xfe", b"\xfe\xff")
