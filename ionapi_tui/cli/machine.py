"""The profiles and stores of this machine, as commands use them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.paths import home_folder
from ionapi_tui.files.lock import ProcessLock
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore

if TYPE_CHECKING:
    from ionapi_tui.base.secret import Secret
    from ionapi_tui.profile_store.moving import Mover
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.secret_stores.stores import Stores
    from ionapi_tui.secret_stores.unlocking import Question

STORE_TIMEOUT: Final = 30.0
"""How many seconds a command waits for the store, which may wait for a password itself."""


class Machine:
    """What a command works with; the secret stores are looked for when the first one is opened."""

    def __init__(self, store_timeout: float = STORE_TIMEOUT) -> None:
        """Prepare.

        Args:
            store_timeout: how many seconds one call to a secret store may take.
        """
        home = home_folder()
        self._store_timeout = store_timeout
        self._registry, self._lock = Registry(home / "profiles.json"), ProcessLock(home / "lock")
        self.profiles = ProfileStore(self._registry, self.open_store, self._lock)

    def open_store(self, key: str | None) -> SecretStore:
        """Return the store of that key; None for the one of new secrets.

        Raises:
            StoreMissing: it may not, or cannot, be used now.
        """
        return self.stores.open(key)

    def recover(self) -> None:
        """Finish or undo what an earlier process left half done, and say so."""
        from ionapi_tui.cli.output import words

        for told in self.profiles.recover():
            words(told.message)

    @cached_property
    def mover(self) -> Mover:
        """What moves profiles between stores."""
        from ionapi_tui.profile_store.moving import Mover

        return Mover(self._registry, self.open_store, self._lock)

    @cached_property
    def stores(self) -> Stores:
        """The secret stores."""
        # What only lists never gets here, and imports none of it.
        from ionapi_tui.cli.output import words
        from ionapi_tui.secret_stores.stores import Stores

        return Stores(self._store_timeout, ask=_ask, announce=words)


def _ask(question: Question) -> Secret | None:
    from ionapi_tui.secret_stores.unlocking import ask_on_terminal

    return ask_on_terminal(question)


def store_timeout_option(function: Any) -> Any:
    """Give a command the option ``--store-timeout``."""
    return click.option(
        "--store-timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=STORE_TIMEOUT,
        show_default="30",
        metavar="SECONDS",
        help=_("How long to wait for the secret store, which may ask for a password."),
    )(function)
