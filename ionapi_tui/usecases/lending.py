"""Lending a file: DocBits wants the ``.ionapi`` file uploaded, so it is written, and taken back afterwards.

Nothing on the way leaves a file behind: a loan is remembered before it is written, and taken back when it ends, or at
the next start if this process dies. A file that was changed, replaced or moved meanwhile is not ours any more: that is
said, and the file is left alone.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import RegistryError, StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.profile_facts import for_practice_only
from ionapi_tui.files.atomic import Busy
from ionapi_tui.files.private_file import FileInTheWay, write_new
from ionapi_tui.profile_store.loans import Loan, LoansFile

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services

MINUTES: Final = 15
"""How long a file is lent unless somebody says otherwise."""
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK, errno.EINVAL}
"""What file systems without hard links answer; Windows answers EINVAL."""


class Return(Enum):
    """How a loan ended."""

    DELETED = "deleted"
    CHANGED = "changed"
    """Another file, or other content, is at its path now."""
    GONE = "gone"
    """Nothing is at its path any more."""
    STUCK = "stuck"
    """It cannot be deleted."""


@dataclass(frozen=True)
class Returned:
    """A loan that has ended."""

    loan: Loan
    how: Return
    why: str = ""
    """Why it cannot be deleted, in the system's words."""

    @property
    def ok(self) -> bool:
        """Whether the file is deleted."""
        return self.how is Return.DELETED

    @property
    def message(self) -> str:
        """What happened, translated."""
        sentence = {
            Return.DELETED: _("{file} was deleted again."),
            Return.CHANGED: _(
                "{file} was changed or replaced since it was written, so it was not deleted. Delete it yourself when "
                "it is no longer needed."
            ),
            Return.GONE: _(
                "{file} is not there any more. If it was moved or copied, delete it there: it contains secrets."
            ),
            Return.STUCK: _("{file} cannot be deleted: {why}. It contains secrets; delete it yourself."),
        }[self.how]
        return sentence.format(file=safe(self.loan.path, 300), why=safe(self.why))


class Lent:
    """A file that is on loan until the ``with`` block ends, or until ``take_back``."""

    def __init__(self, file: LoansFile, loan: Loan, warning: str = "") -> None:
        self._file, self.loan = file, loan
        self.warning = warning
        """Why the upload would be in vain; empty if nothing is known against it."""
        self._held, self._one_at_a_time = ExitStack(), threading.Lock()
        self.returned: Returned | None = None
        """How the loan ended; None while the file is lent."""

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.loan.path)

    @property
    def is_private(self) -> bool:
        """Whether this user alone can read it; some file systems know no such thing."""
        return is_private(self.path)

    def write(self, content: Secret) -> None:
        """Write the file.

        Raises:
            FileInTheWay: there is something at its path.
            StoreFailed, RegistryError: it cannot be written, or not be remembered.
        """
        self._held.enter_context(self._file.lock_of(self.loan).held(timeout=0))
        try:
            self._file.put(self.loan)
            write_new(self.loan.part, content)
            self.loan = replace(self.loan, inode=self.loan.part.stat().st_ino)
            self._file.put(self.loan)
            _appear(self.loan.part, self.path)
        except BaseException:
            self.take_back()
            raise

    def take_back(self) -> Returned:
        """Delete the file, unless it is not ours any more, and forget the loan; the second time nothing is done.

        May be called from any thread.
        """
        with self._one_at_a_time:
            if self.returned is None:
                self.returned = self._taken_back()
            return self.returned

    def _taken_back(self) -> Returned:
        returned = _deleted(self.loan)
        if returned.how is not Return.STUCK:
            # Whoever cannot forget it now looks for the file once more at the next start, as for one that is stuck.
            with suppress(RegistryError):
                self._file.drop(self.loan)
        self._held.close()
        with suppress(OSError):
            self._file.lock_of(self.loan).path.unlink(missing_ok=True)
        return returned

    def __enter__(self) -> Lent:
        """Return the loan."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        """Take the file back."""
        self.take_back()


def lend(services: Services, profile: Profile, folder: Path) -> Lent:
    """Write the ``.ionapi`` file of ``profile`` into ``folder``, to be taken back. May wait for a password.

    Args:
        services: everything this machine has.
        profile: whose file.
        folder: where to, such as the folder that the browser opens for an upload.

    Raises:
        FileInTheWay: a file of that name is there, which stays as it is.
        StoreError: the secret cannot be read, or the file cannot be written.
        RegistryError: the loan cannot be remembered.
    """
    from ionapi_tui.usecases.exporting import export

    content = export(services.profiles, profile.name, "ionapi")
    digest = hashlib.sha256(content.reveal().encode()).hexdigest()
    path = Path(os.path.abspath(folder.expanduser())) / f"{profile.name}.ionapi"  # noqa: PTH100 - keeps links
    warning = for_practice_only() if profile.is_practice else ""
    lent = Lent(services.loans, Loan(secrets.token_hex(8), profile.name, str(path), digest), warning)
    lent.write(content)
    return lent


def upload_page(services: Services) -> str:
    """Return the address that the guide on the upload links to; DocBits itself has another one for each customer."""
    from ionapi_tui.base import language
    from ionapi_tui.domain.guide import load

    return str(load(services.paths.assets, language.current(), "docbits").front.documentation)


def take_back_left_over(file: LoansFile) -> tuple[Returned, ...]:
    """Take back what processes lent that are gone; what a living process has lent stays.

    Raises:
        RegistryError: the list of loans cannot be read or changed.
    """
    returned = []
    for loan in file.load():
        lock = file.lock_of(loan)
        try:
            with lock.held(timeout=0):
                outcome = _deleted(loan)
                if outcome.how is not Return.STUCK:
                    file.drop(loan)
        except Busy:
            continue
        with suppress(OSError):
            lock.path.unlink(missing_ok=True)
        if loan.inode or outcome.how is Return.STUCK:
            # Of a file that had not appeared yet there is nothing to say.
            returned.append(outcome)
    return tuple(returned)


def _deleted(loan: Loan) -> Returned:
    path = Path(loan.path)
    try:
        is_linked = _is_ours(loan)
        # Its name was chosen at random, and remembered before it was made.
        loan.part.unlink(missing_ok=True)
        if not os.path.lexists(path):
            return Returned(loan, Return.GONE)
        if not is_linked:
            return Returned(loan, Return.CHANGED)
        path.unlink()
    except OSError as error:
        return Returned(loan, Return.STUCK, error.strerror or str(error))
    return Returned(loan, Return.DELETED)


def _is_ours(loan: Loan) -> bool:
    """Return whether the file at the path of ``loan`` is the one that was linked there, unchanged."""
    try:
        with open(loan.path, "rb", opener=_without_following) as opened:
            if os.fstat(opened.fileno()).st_ino != loan.inode:
                return False
            return hashlib.sha256(opened.read(1 << 20)).hexdigest() == loan.digest
    except OSError:
        return False


def _without_following(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _appear(part: Path, path: Path) -> None:
    """Let ``part`` be at ``path``, where nothing may be, in one step."""
    try:
        try:
            os.link(part, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # Windows refuses to rename onto a file; elsewhere this is as close as such a file system comes.
            if os.path.lexists(path):
                raise FileExistsError from None
            part.rename(path)
    except FileExistsError:
        raise FileInTheWay(_in_the_way(path)) from None
    except OSError as error:
        sentence = _("The file {file} cannot be written: {why}.")
        raise StoreFailed(sentence.format(file=safe(path), why=safe(error.strerror or error))) from None
    part.unlink(missing_ok=True)


def _in_the_way(path: Path) -> str:
    return _("There is already a file {file}. Move or delete it, then try again.").format(file=safe(path))
