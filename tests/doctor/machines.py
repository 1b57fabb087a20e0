"""Machines for the doctor to look at."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from keyring.backend import KeyringBackend

from ionapi_tui.doctor.probe import Surroundings
from ionapi_tui.store.choose import StoreChoice
from ionapi_tui.store.secrets import KeyringStore
from ionapi_tui.store.stores import Stores


def machine(
    home: Path,
    backend: KeyringBackend | None = None,
    environ: Mapping[str, str] | None = None,
    locked: Callable[[], bool | None] = lambda: False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Surroundings:
    """Return a machine whose store for new secrets is over ``backend``; none without one."""
    store = None if backend is None else KeyringStore(backend, "keyring:Test", "Test Keyring", locked)
    stores = Stores(30, lambda: StoreChoice(store, "The test chose it."), home)
    return Surroundings(home, stores, environ or {}, io.StringIO(), now)
