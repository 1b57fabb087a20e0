"""The one place where the parts of the program are put together.

Commands, the app, plain mode and the library differ in three things: how long a secret store may take, who is asked for
a passphrase, and what announces a wait. Tests pass their own store, network, browser and clock. Everything is
made, and imported, when it is first used.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from ionapi_tui.base.paths import Paths

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    from ionapi_tui.base.secret import Secret
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.files.downloads import Download
    from ionapi_tui.gateway.network import Network
    from ionapi_tui.profile_store.appearance import AppearanceFile
    from ionapi_tui.profile_store.loans import LoansFile
    from ionapi_tui.profile_store.plan_file import PlanFile
    from ionapi_tui.profile_store.progress import ProgressFile
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.profile_store.store import ProfileStore
    from ionapi_tui.secret_stores.choose import StoreChoice
    from ionapi_tui.secret_stores.stores import Stores
    from ionapi_tui.secret_stores.vault.unlocking import Agree, Ask
    from ionapi_tui.usecases.connections import Connections
    from ionapi_tui.usecases.practice_process import PracticeProcess

COMMAND_TIMEOUT: Final = 30.0
"""The limit of one call to a secret store in commands, in seconds; the store may prompt for a password."""

APP_TIMEOUT: Final = 120.0
"""The same limit in the app. A change holds the lock meanwhile; other processes give up waiting for it earlier."""


class Services:
    """Everything a front end needs from this machine."""

    def __init__(
        self,
        paths: Paths | None = None,
        *,
        store_timeout: float | None = COMMAND_TIMEOUT,
        ask: Ask | None = None,
        agree: Agree | None = None,
        announce: Callable[[str], None] | None = None,
        choose_store: Callable[[], StoreChoice] | None = None,
        network: Callable[[], Network] | None = None,
        open_address: Callable[[str], bool] | None = None,
        start_practice: Callable[[Path], PracticeProcess] | None = None,
        watch_downloads: Callable[[Path, asyncio.Event], AsyncIterator[tuple[Download, ...]]] | None = None,
        now: Callable[[], datetime] | None = None,
        undo_seconds: float | None = None,
    ) -> None:
        """Configure; nothing is read, opened or sent.

        Args:
            paths: folders and files; by default those that the operating system suggests.
            store_timeout: the limit of one call to a secret store in seconds; None for no limit.
            ask: prompts for the passphrase of a vault; None if the program is unattended.
            agree: asks whether a vault that was created for slower computers is to be encrypted anew; None leaves it.
            announce: called with a message when a store does not respond at once.
            choose_store: chooses the store for new secrets; by default the user's choice, else the best available.
            network: creates the network settings; by default ``Network()``.
            open_address: opens an address in a browser; returns whether there is one.
            start_practice: starts a practice tenant whose data is in a folder.
            watch_downloads: yields the ``.ionapi`` files of a folder whenever they change.
            now: returns the time, in UTC; by default the system's.
            undo_seconds: how long a removal in the app can be undone; by default ``UNDO_SECONDS``.
        """
        self._paths = paths
        self._store_timeout, self._ask, self._agree, self._announce = store_timeout, ask, agree, announce
        self._choose_store, self._network = choose_store, network
        self._open_address, self._start_practice = open_address, start_practice
        self._watch_downloads = watch_downloads
        self._now = now
        self._undo_seconds = undo_seconds

    @cached_property
    def paths(self) -> Paths:
        """The folders and files on this machine."""
        return self._paths or Paths.of_this_machine()

    @cached_property
    def stores(self) -> Stores:
        """The secret stores."""
        # Imported late: listing profiles does not need it.
        from ionapi_tui.secret_stores.stores import Stores

        stores = Stores(self._store_timeout, self._choose_store, self.paths.home, self._ask, self._announce)
        stores.agree = self._agree
        return stores

    @cached_property
    def profiles(self) -> ProfileStore:
        """The stored profiles."""
        from ionapi_tui.profile_store.registry import Registry
        from ionapi_tui.profile_store.store import ProfileStore

        return ProfileStore(Registry(self.paths.registry), self.open_store, self.paths.lock, self.now)

    @cached_property
    def loans(self) -> LoansFile:
        """The files on loan."""
        from ionapi_tui.files.atomic import ProcessLock
        from ionapi_tui.profile_store.loans import LoansFile

        return LoansFile(self.paths.loans, lambda: ProcessLock(self.paths.lock), self.now)

    @cached_property
    def progress(self) -> ProgressFile:
        """The progress in the guide."""
        from ionapi_tui.profile_store.progress import ProgressFile

        return ProgressFile(self.paths.progress, self.now)

    @cached_property
    def appearance(self) -> AppearanceFile:
        """The language and the colours that were chosen in the app."""
        from ionapi_tui.profile_store.appearance import AppearanceFile

        return AppearanceFile(self.paths.appearance, self.now)

    @cached_property
    def plan(self) -> PlanFile:
        """The tenant plan."""
        from ionapi_tui.profile_store.plan_file import PlanFile

        return PlanFile(self.paths.plan, self.now)

    @cached_property
    def connections(self) -> Connections:
        """Access to Infor for the profiles."""
        from ionapi_tui.usecases.connections import Connections

        return Connections(self.profiles, self.paths, self.network, self.now)

    @cached_property
    def network(self) -> Network:
        """How to reach Infor."""
        from ionapi_tui.gateway.network import Network

        return Network() if self._network is None else self._network()

    @property
    def undo_seconds(self) -> float:
        """Seconds for which a removal in the app can be undone."""
        from ionapi_tui.domain.limits import UNDO_SECONDS

        return UNDO_SECONDS if self._undo_seconds is None else self._undo_seconds

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC) if self._now is None else self._now()

    def open_store(self, key: str | None) -> SecretStore:
        """Return the secret store with that key (None: of new secrets). May prompt for a password.

        Raises:
            StoreMissing: it is not available, or may not be used.
            StoreLocked: it is a vault, and nobody entered its passphrase.
        """
        return self.stores.open(key)

    def access(self, name: str, now: float | None = None) -> Access:
        """Return an access token of a profile: the cached one if it is still valid, else a new one from Infor.

        Args:
            name: the name of a profile.
            now: the time, in seconds since 1970; by default the system's.

        Raises:
            NoSuchProfile: there is none with that name.
            StoreError: the store is not available or locked, or failed.
            TokenRefused, NotReached: Infor refused the request, or was not reached.
        """
        from ionapi_tui.domain.token import Token

        profile = self.profiles.profile(name)
        cache = self.profiles.token_cache(profile)
        text = cache.load()
        token = None if text is None else Token.from_cache(text)
        # The monotonic clock applies to tokens of this process only.
        if token is None or not token.serves(time.time() if now is None else now, monotonic=0):
            # Imported late: a cached token does not need the network.
            token = self.connections.source(profile, cache).token()
        base_url = f"{profile.gateway.rstrip('/')}/{profile.tenant}"
        return Access(token.access, base_url, profile.tenant, token.expires_at)

    def inspect_file(self, path: Path) -> Inspection:
        """Return the inspection of the file at ``path``, encrypted by a hand-over page or not."""
        from ionapi_tui.files.reading import inspect_reading, read_file

        reading = read_file(path)
        # Who else can read an encrypted file does not matter.
        return (None if reading.raw is None else self._inspect_encrypted(reading.raw)) or inspect_reading(reading)

    def inspect_content(self, raw: bytes) -> Inspection:
        """Return the inspection of what was read from a pipe, or pasted, encrypted by a hand-over page or not."""
        from ionapi_tui.domain.inspection import inspect

        return self._inspect_encrypted(raw) or inspect(raw)

    def _inspect_encrypted(self, raw: bytes) -> Inspection | None:
        """Return the inspection of an encrypted file; None if ``raw`` is not one. May prompt for a password."""
        # Without this beginning, in UTF-8 or UTF-16, it is a plain file, and nothing needs to be imported.
        if b"eyJ" not in raw[:64].replace(b"\0", b""):
            return None
        from ionapi_tui.domain.handover.encrypted_file import is_encrypted

        if not is_encrypted(raw):
            return None
        from ionapi_tui.usecases.returned_files import inspect_encrypted

        return inspect_encrypted(self.profiles.file_requests, raw)

    def watch_downloads(self, folder: Path, stop: asyncio.Event) -> AsyncIterator[tuple[Download, ...]]:
        """Yield the ``.ionapi`` files of ``folder``, newest first, whenever they change, until ``stop`` is set."""
        if self._watch_downloads is not None:
            return self._watch_downloads(folder, stop)
        from ionapi_tui.files.downloads import watch

        return watch(folder, stop)

    def open_address(self, address: str) -> bool:
        """Open an address in a browser; return False if there is none."""
        if self._open_address is not None:
            return self._open_address(address)
        from ionapi_tui.base.browser import open_address

        return open_address(address)

    def start_practice(self) -> PracticeProcess:
        """Start the practice tenant of this machine.

        Raises:
            PracticeError: it did not start.
        """
        if self._start_practice is not None:
            return self._start_practice(self.paths.practice)
        from ionapi_tui.usecases.practice_process import PracticeProcess

        return PracticeProcess.start(self.paths.practice)


class Access(NamedTuple):
    """An access token, the address of its tenant, and when it expires."""

    token: Secret
    base_url: str
    """The address of the gateway and the tenant, to which the path of an API is appended after a slash."""
    tenant: str
    expires: float
    """When the token expires, in seconds since 1970."""

    @property
    def expires_at(self) -> str:
        """When the token expires, as ISO 8601 in UTC."""
        from ionapi_tui.domain.profile import timestamp

        return timestamp(datetime.fromtimestamp(self.expires, UTC))
