"""The outside world, passed in: what the app and the commands work with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.paths import Paths

if TYPE_CHECKING:
    import asyncio

    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.files.downloads import Download
    from ionapi_tui.files.lock import ProcessLock
    from ionapi_tui.profile_store.moving import Mover
    from ionapi_tui.profile_store.progress import ProgressFile
    from ionapi_tui.profile_store.registry import Registry
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.profile_store.store import ProfileStore
    from ionapi_tui.secret_stores.choose import StoreChoice
    from ionapi_tui.secret_stores.stores import Stores
    from ionapi_tui.usecases.connections import Connections, OpenStore
    from ionapi_tui.usecases.practice_process import Rehearsal


_PATIENCE = 120.0
"""Seconds the app lets a secret store ask for its password; other processes wait as long before they may write."""


@dataclass(frozen=True)
class Services:
    """What a front door needs of this machine; tests pass their own."""

    paths: Paths
    profiles: ProfileStore
    progress: ProgressFile
    choose_store: Callable[[], StoreChoice]
    """Looks for the store of this machine; may take a while, asks nobody."""
    inspect_file: Callable[[Path], Inspection]
    watch_downloads: Callable[[Path, asyncio.Event], AsyncIterator[tuple[Download, ...]]]
    """Yields the ``.ionapi`` files of a folder, newest first, whenever they change."""
    open_address: Callable[[str], bool]
    """Opens an address outside the terminal; False when there is nothing to open it with."""
    stores: Callable[[], Stores]
    """The secret stores; what they are made of is imported when it is first needed."""
    mover: Callable[[], Mover]
    """What moves profiles between stores."""
    connections: Callable[[], Connections]
    """Leads from the profiles to Infor; imported when it is first needed."""
    start_rehearsal: Callable[[Path], Rehearsal]
    """Starts a practice tenant with its memory in a folder."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    undo_for: float = 10.0
    """Seconds for which a removal in the app can be undone."""


def of_this_machine() -> Services:
    """Return the real thing."""
    from ionapi_tui.base import browser
    from ionapi_tui.files.lock import ProcessLock
    from ionapi_tui.profile_store.progress import ProgressFile
    from ionapi_tui.profile_store.registry import Registry
    from ionapi_tui.profile_store.store import ProfileStore

    paths = Paths.of_this_machine()
    registry, lock, stores = Registry(paths.registry), ProcessLock(paths.lock), cache(partial(_stores, paths.home))

    def open_store(key: str | None) -> SecretStore:
        return stores().open(key)

    profiles = ProfileStore(registry, open_store, lock)
    return Services(
        paths=paths,
        profiles=profiles,
        progress=ProgressFile(paths.progress),
        choose_store=lambda: stores().choice,
        inspect_file=_inspect_file,
        watch_downloads=_watch_downloads,
        open_address=browser.open_address,
        stores=stores,
        mover=lambda: _mover(registry, open_store, lock),
        connections=lambda: _connections(profiles, open_store, paths.home),
        start_rehearsal=_start_rehearsal,
    )


def _stores(home: Path) -> Stores:
    from ionapi_tui.secret_stores.stores import Stores

    return Stores(_PATIENCE, home=home)


def _mover(registry: Registry, open_store: OpenStore, lock: ProcessLock) -> Mover:
    from ionapi_tui.profile_store.moving import Mover

    return Mover(registry, open_store, lock)


def _inspect_file(path: Path) -> Inspection:
    from ionapi_tui.files.reading import inspect_file

    return inspect_file(path)


def _connections(profiles: ProfileStore, open_store: OpenStore, home: Path) -> Connections:
    from ionapi_tui.usecases.connections import Connections

    return Connections(profiles, open_store, home)


def _start_rehearsal(home: Path) -> Rehearsal:
    from ionapi_tui.usecases.practice_process import Rehearsal

    return Rehearsal.start(home)


def _watch_downloads(folder: Path, stop: asyncio.Event) -> AsyncIterator[tuple[Download, ...]]:
    from ionapi_tui.files.downloads import watch

    return watch(folder, stop)
