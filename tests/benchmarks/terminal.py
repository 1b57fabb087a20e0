"""A program in a real pseudo-terminal, and how long it takes to draw."""

from __future__ import annotations

import os
import re
import select
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from ptyprocess import PtyProcess

QUIET = 0.3
"""Seconds without output after which a frame counts as finished; the clock stops at the last output before them."""

_POINTER = re.compile(rb"(\x1b]22;[a-z]*\x07)+")
"""The mouse pointer gets a shape, which draws nothing."""

LONGEST = 30.0
"""Seconds after which a program counts as hanging."""


class Terminal:
    """A terminal of 100 columns and 30 lines with a program in it, which is killed at the end."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Start ``command``; its clock starts here."""
        self._started = time.perf_counter()
        self._process = PtyProcess.spawn(list(command), env=dict(env), dimensions=(30, 100))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill(signal.SIGKILL)
        self._process.wait()
        os.close(self._process.fd)

    def first_frame(self, *texts: str) -> float:
        """Return the seconds from the start until all of ``texts`` have been drawn.

        Raises:
            TimeoutError: nothing more is drawn.
            EOFError: the program ended instead.
        """
        wanted, drawn = [text.encode() for text in texts], b""
        while not all(text in drawn for text in wanted):
            try:
                drawn += self._read(LONGEST)
            except OSError:
                raise EOFError(drawn.decode(errors="replace")) from None
        return time.perf_counter() - self._started

    def press(self, key: str, text: str) -> float:
        """Press ``key`` and return the seconds until all that follows from it has been drawn, ``text`` included.

        Raises:
            TimeoutError: it is not drawn.
        """
        pressed = time.perf_counter()
        self._process.write(key.encode())
        drawn = b""
        while text.encode() not in drawn:
            drawn += self._read(LONGEST)
        return self.settle() - pressed

    def peak_memory(self) -> float:
        """Return the most memory that the program has had in use so far, in MiB.

        What the system counts for a process that has ended includes that of the process that started it.
        """
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        (kibibytes,) = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        return int(kibibytes) / 1024

    def settle(self) -> float:
        """Read until nothing comes for a while, and return the moment of what came last."""
        last = time.perf_counter()
        while select.select([self._process.fd], [], [], QUIET)[0]:
            if not _POINTER.fullmatch(os.read(self._process.fd, 1 << 16)):
                last = time.perf_counter()
        return last

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._process.fd], [], [], seconds)[0]:
            raise TimeoutError(f"nothing was drawn within {seconds:g} seconds")
        return os.read(self._process.fd, 1 << 16)
