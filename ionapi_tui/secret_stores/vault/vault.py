"""A vault: a KeePass file with a passphrase, shared with other processes and with programs such as KeePassXC."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.files import atomic
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.secret_stores.vault.errors import VaultFailed, VaultLocked, VaultMissing
from ionapi_tui.secret_stores.vault.kdbx_file import KdbxFile
from ionapi_tui.secret_stores.vault.kdbx_header import Cost

Signature = tuple[int, int, int]


class Vault:
    """One KeePass file. It is read again when another process has changed it, and written under a lock."""

    @property
    def label(self) -> str:
        """The display name, in the language in use."""
        return _("KeePass vault {name}").format(name=safe(self.path.name))

    def __init__(
        self,
        path: Path,
        titles: Callable[[str], str] = safe,
        parse: Callable[[bytes, str, Secret | None, Secret | None], KdbxFile] = KdbxFile.parsed,
        *,
        timeout: float = 30.0,
    ) -> None:
        """Configure; nothing is opened.

        Args:
            path: the file.
            titles: returns the title of the entry of a service.
            parse: decrypts the file; called like ``KdbxFile.parsed``.
            timeout: how many seconds to wait while another process writes.
        """
        self.path = path
        self._titles, self._parse = titles, parse
        self._lock = ProcessLock(path.with_name(f".{path.name}.ionapi-tui.lock"), timeout)
        self._threads = threading.RLock()
        self._passphrase: Secret | None = None
        self._key: Secret | None = None
        self._read: tuple[Signature, KdbxFile] | None = None

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.is_file()

    def check(self) -> None:
        """Check that the file exists.

        Raises:
            VaultMissing, VaultFailed: it does not exist, or is not accessible.
        """
        self._signature()

    @property
    def locked(self) -> bool:
        """Whether the vault has not been unlocked in this process."""
        return self._passphrase is None

    def create(self, passphrase: Secret, cost: Cost | None = None) -> None:
        """Create the file and unlock it.

        Raises:
            VaultFailed: the file exists already, or cannot be written.
        """
        content = KdbxFile.new(passphrase, cost or Cost())
        with self._changing():
            if self.path.exists():
                raise VaultFailed(_("{path} already exists.").format(path=safe(self.path)))
            self._write(content.packed(None), 0o600)
        self.unlock(passphrase)

    def unlock(self, passphrase: Secret) -> None:
        """Unlock the vault for the lifetime of this process.

        Raises:
            VaultLocked: the passphrase is wrong.
            VaultMissing, VaultFailed: it does not exist, or cannot be read.
        """
        with self._threads:
            data, signature = self._bytes()
            content = self._parse(data, self.label, passphrase, None)
            self._passphrase, self._key, self._read = passphrase, content.key, (signature, content)

    def get(self, service: str, user: str) -> str | None:
        """Return the password of ``user`` for ``service``; None if there is none.

        Raises:
            VaultLocked, VaultMissing, VaultFailed: it is locked, does not exist, or cannot be read.
        """
        with self._threads:
            return self._content().get(service, user)

    def user_of(self, service: str) -> str | None:
        """Return a user with a password for ``service``; None if there is none. Raises what ``get`` raises."""
        with self._threads:
            return self._content().user_of(service)

    def set(self, service: str, user: str, text: str) -> None:
        """Store the password of ``user`` for ``service``. Raises what ``get`` raises; nothing has changed then."""
        self._change(lambda content: content.set(service, user, text, self._titles(service)))

    def delete(self, service: str, user: str) -> bool:
        """Delete a password; return whether there was one. Raises what ``get`` raises."""
        if self.get(service, user) is None:
            return False
        self._change(lambda content: content.delete(service, user))
        return True

    def change_passphrase(self, new: Secret) -> None:
        """Encrypt the vault with another passphrase. Raises what ``get`` raises; the old one is still valid then.

        Copies of the file, for example in backups, can still be opened with the old passphrase.
        """
        cost = Cost() if self.is_cheap else None
        self._change(lambda content: content.encrypt_for(new, cost), new)

    @property
    def is_cheap(self) -> bool:
        """Whether a guess at the passphrase costs less than it does with a new vault. Raises what ``check`` raises."""
        cost = Cost.stated_in(self._bytes()[0])
        return cost is not None and cost.is_too_low

    def raise_cost(self) -> None:
        """Encrypt the unlocked vault so that a guess costs what it does with a new one. Raises what ``get`` raises."""
        passphrase = self._passphrase
        if passphrase is None:
            raise VaultLocked(_("{store} is locked: its passphrase is required.").format(store=self.label))
        self.change_passphrase(passphrase)

    def _change(self, change: Callable[[KdbxFile], object], passphrase: Secret | None = None) -> None:
        with self._changing():
            content = self._content()
            key = None if passphrase else self._key
            # From here on, the content in memory differs from the file.
            self._read = None
            change(content)
            # Keep the access that a team has given to a group.
            self._write(content.packed(key), stat.S_IMODE(self.path.stat().st_mode) & 0o660)
            if passphrase:
                self.unlock(passphrase)

    def _content(self) -> KdbxFile:
        if self._passphrase is None:
            raise VaultLocked(_("{store} is locked: its passphrase is required.").format(store=self.label))
        if self._read and self._read[0] == self._signature():
            return self._read[1]
        data, signature = self._bytes()
        try:
            content = self._parse(data, self.label, None, self._key)
        except VaultLocked:
            # Another program has changed the salt; the passphrase may be the same.
            content = self._opened_anew(data)
        self._key, self._read = content.key, (signature, content)
        return content

    def _opened_anew(self, data: bytes) -> KdbxFile:
        try:
            return self._parse(data, self.label, self._passphrase, None)
        except VaultLocked:
            self._passphrase = self._key = None
            raise

    def _signature(self) -> Signature:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            raise VaultMissing(
                _("{store} was not found: {path}. Is its drive or folder connected?").format(
                    store=self.label, path=safe(self.path)
                )
            ) from None
        except OSError as error:
            raise self._failure(error) from error
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _bytes(self) -> tuple[bytes, Signature]:
        # In this order, a write in between causes another read instead of being missed.
        signature = self._signature()
        try:
            return self.path.read_bytes(), signature
        except OSError as error:
            raise self._failure(error) from error

    def _write(self, data: bytes, mode: int) -> None:
        atomic.sweep(self.path.parent)
        try:
            atomic.write(self.path, data, mode)
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> VaultFailed:
        why = safe(error.strerror or os.strerror(error.errno or 0))
        return VaultFailed(_("{store} cannot be used: {why}. It was not changed.").format(store=self.label, why=why))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the lock of the vault against other threads and other processes."""
        with self._threads, self._lock.held():
            yield
