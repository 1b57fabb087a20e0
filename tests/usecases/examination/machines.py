"""Machines to be examined."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from keyring.backend import KeyringBackend

from ionapi_tui.base.paths import Paths
from ionapi_tui.secret_stores.choose import StoreChoice
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.usecases.examination.probe import Surroundings


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
    return Surroundings(Paths(home), stores, environ or {}, io.StringIO(), now)
