"""``loans.json``: files with secrets that were written for a while, remembered before they are written.

A loan names two files: the part, whose name nobody else can have chosen, and the path that it is linked to once it is
complete. A file at that path is ours only if it still is the file that was linked there, with the content of then.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ionapi_tui.base.language import N_
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.list_file import ListFile, Sentences

_SENTENCES = Sentences(
    unreadable=N_("The list of files on loan {path} cannot be read: {why}."),
    unwritable=N_("The list of files on loan {path} cannot be written: {why}."),
    unmovable=N_("The list of files on loan {path} is damaged and cannot be moved: {why}."),
    damaged=N_(
        "The list of files on loan was damaged. It was moved to {path}. A file that “ionapi-tui lend” wrote may be "
        "left over: “ionapi-tui scan” finds it."
    ),
    newer=N_("The list of files on loan was written by a newer version of ionapi-tui. Update this one."),
)


@dataclass(frozen=True)
class Loan:
    """A file on loan."""

    id: str
    profile: str
    """The name of the profile whose file it is."""
    path: str
    """The file, absolute."""
    digest: str
    """The SHA-256 of its content, in hexadecimal."""
    inode: int = 0
    """The number of the file on its disk; 0 as long as nothing is written."""

    @property
    def part(self) -> Path:
        """The file that is written first, in the same folder."""
        return Path(self.path).with_name(f".ionapi-tui-{self.id}.part")


class LoansFile:
    """The file, and all changes to it. It is there only while something is on loan."""

    def __init__(
        self,
        path: Path,
        lock: Callable[[], ProcessLock],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Configure; nothing is read.

        Args:
            path: the file.
            lock: returns the lock that every writing process takes.
            clock: returns the time, in UTC.
        """
        self.path = path
        self._file = ListFile(path, "loans", _loan, dataclasses.asdict, _SENTENCES, clock)
        self._lock = lock

    def load(self) -> tuple[Loan, ...]:
        """Return what is on loan, oldest first.

        Raises:
            RegistryError: the file cannot be read, is damaged (it is in quarantine then), or of a newer version.
        """
        return self._file.load()

    def put(self, loan: Loan) -> None:
        """Remember ``loan``, in place of what was remembered of it. Raises what ``load`` raises."""
        self._change(lambda loans: (*(one for one in loans if one.id != loan.id), loan))

    def drop(self, loan: Loan) -> None:
        """Forget ``loan``. Raises what ``load`` raises."""
        self._change(lambda loans: tuple(one for one in loans if one.id != loan.id))

    def lock_of(self, loan: Loan) -> ProcessLock:
        """Return the lock that the process holds that has lent the file."""
        return ProcessLock(self.path.with_name(f"loan-{loan.id}.lock"))

    def _change(self, change: Callable[[tuple[Loan, ...]], Iterable[Loan]]) -> None:
        with self._lock().held():
            loans = tuple(change(self.load()))
            if loans:
                self._file.save(loans)
            else:
                self._file.delete()


def _loan(fields: dict[str, Any]) -> Loan:
    texts = [fields[name] for name in ("id", "profile", "path", "digest")]
    inode = fields["inode"]
    if not all(isinstance(text, str) and text for text in texts) or not isinstance(inode, int):
        raise TypeError
    identity, profile, path, digest = texts
    # The id becomes part of the name of a file that is deleted.
    if not identity.isalnum() or not Path(path).is_absolute():
        raise ValueError
    return Loan(identity, profile, path, digest, inode)
