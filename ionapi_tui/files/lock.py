"""One writer at a time, over all processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ionapi_tui.base.errors import RegistryError, StoreLocked
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe


class Busy(StoreLocked):
    """Another process, or another thread of this one, holds the lock."""


class ProcessLock:
    """A lock that threads and processes share through a file.

    The kernel frees it when its holder dies, so nobody ever has to be evicted: a holder that is only slow keeps it.
    """

    def __init__(self, path: Path, patience: float = 30.0) -> None:
        """Make a lock of ``path``, which is created when the lock is first taken and never removed.

        Args:
            path: the file.
            patience: how many seconds to wait for another holder.
        """
        self.path = path
        self.patience = patience

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock for the time of a ``with`` block; not re-entrant.

        Args:
            patience: how many seconds to wait for another holder, 0 for not at all; None for the lock's own.

        Raises:
            Busy: another process, or another thread of this one, still holds it.
            RegistryError: the file cannot be made.
        """
        from filelock import FileLock, Timeout

        seconds = self.patience if patience is None else patience
        # A lock object of its own for each holder, so that threads exclude each other as processes do.
        lock = FileLock(self.path, mode=0o600)
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(timeout=seconds, poll_interval=0.02)
        except Timeout:
            sentence = _(
                "Another ionapi-tui is at work and has not finished within {seconds:g} seconds. "
                "See whether it waits for a password, or close it, and try again."
            )
            raise Busy(sentence.format(seconds=seconds)) from None
        except (OSError, NotImplementedError) as error:
            # The latter comes from file systems that have no locks.
            why = safe(getattr(error, "strerror", None) or error)
            raise RegistryError(
                _("The lock {path} cannot be used: {why}.").format(path=safe(self.path), why=why)
            ) from error
        try:
            yield
        finally:
            lock.release()
