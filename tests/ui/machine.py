"""A machine for the app: real files and a real profile store over a keyring of the test's choice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyring.backend import KeyringBackend

from ionapi_tui.base.paths import Paths, assets
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.gateway.network import Network
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore, utc_now
from ionapi_tui.secret_stores.choose import StoreChoice, open_store
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.usecases.services import Services
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.windows import when_nobody_reads
from tests.samples import sample, sample_bytes

if TYPE_CHECKING:
    from ionapi_tui.ui.app import IonApiApp

KEY = "keyring:Test"
LABEL = "Test Keyring"
NO_STORE = "Nothing here keeps a secret. Install a password store."


@dataclass
class Machine:
    """A home, a Downloads folder, a keyring, and what the app asked to be opened outside."""

    home: Path
    keyring: KeyringBackend | None = field(default_factory=FakeKeyring)
    """None for a machine without any store."""
    assets: Path = field(default_factory=assets)
    opens: bool = True
    """Whether there is a browser."""
    network: Network = field(default_factory=lambda: Network(total=30.0))
    """The way to Infor."""
    undo_seconds: float = 60.0
    """Seconds for which a removal can be undone."""
    notice_seconds: float = 600.0
    """Seconds for which the app shows what nobody has to answer; a slow test still finds it."""
    opened: list[str] = field(default_factory=list)
    """The addresses that were opened."""
    now: Callable[[], datetime] = utc_now
    """The time at which ``store`` and ``profiles`` change the list."""

    @property
    def downloads(self) -> Path:
        """The folder the browser saves to."""
        return self.home / "downloads"

    @property
    def paths(self) -> Paths:
        """Where things are."""
        return Paths(self.home / "ionapi-tui", self.downloads, self.assets)

    @property
    def choice(self) -> StoreChoice:
        """What looking for a store finds."""
        if self.keyring is None:
            return StoreChoice(None, NO_STORE)
        return StoreChoice(KeyringStore(self.keyring, KEY, LABEL), "Chosen by a test.")

    @property
    def profiles(self) -> ProfileStore:
        """The profile store, as another process would see it."""
        paths = self.paths
        lock = ProcessLock(paths.lock, timeout=10)
        return ProfileStore(Registry(paths.registry), lambda key: open_store(key, self.choice), lock, self.now)

    def app(self, **changes: Any) -> IonApiApp:
        """Return a new app on this machine, as if it were started again.

        Args:
            changes: arguments of ``Services`` that differ from this machine's.
        """
        # Plain mode is tested on the same machine, and draws nothing.
        from ionapi_tui.ui.app import IonApiApp

        app = IonApiApp(self.services(**changes), notice_seconds=self.notice_seconds)
        app.animation_level = "none"
        return app

    def services(self, **changes: Any) -> Services:
        """Return what a front end works with on this machine.

        Args:
            changes: arguments of ``Services`` that differ from this machine's.
        """
        own: dict[str, Any] = {
            "choose_store": lambda: self.choice,
            "open_address": self._open,
            "undo_seconds": self.undo_seconds,
            "network": lambda: self.network,
        }
        return Services(self.paths, **(own | changes))

    def download(self, name: str = "Doc2Export.ionapi", content: bytes | None = None, **changes: Any) -> Path:
        """Put a file into the Downloads folder the way browsers do: under another name first.

        Args:
            name: the file's name in the end.
            content: what is in it; a good sample with ``changes`` by default.
            changes: keys of the sample to set.
        """
        self.downloads.mkdir(exist_ok=True)
        partial = self.downloads / f"{name}.part"
        partial.write_bytes(sample_bytes(**changes) if content is None else content)
        partial.chmod(0o600)
        return when_nobody_reads(lambda: partial.replace(self.downloads / name))

    def elsewhere(self, name: str) -> Path:
        """Put a good file where nobody watches."""
        folder = self.downloads / "elsewhere"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(sample_bytes())
        return folder / name

    def store(self, tenant: str = "ACME_TST", name: str | None = None, **changes: Any) -> Profile:
        """Store a profile, as an earlier run would have."""
        credentials = Credentials.from_document(sample(tenant=tenant, **changes))
        return self.profiles.add(credentials, name or tenant.lower().replace("_", "-"))

    def store_document(self, document: dict[str, Any], name: str) -> Profile:
        """Store a whole file of, say, a practice tenant."""
        return self.profiles.add(Credentials.from_document(document), name)

    def record_check(self, name: str, checked: Checked) -> None:
        """Let a profile have been verified with that outcome."""
        profiles = self.profiles
        profiles.record_checks({profiles.profile(name).id: checked})

    def secrets_of(self, name: str) -> dict[str, Any]:
        """Return the document of a stored profile with its secrets, as the store gives it back."""
        document: dict[str, Any] = json.loads(self.profiles.credentials(name).to_document().reveal())
        return document

    def _open(self, address: str) -> bool:
        self.opened.append(address)
        return self.opens
