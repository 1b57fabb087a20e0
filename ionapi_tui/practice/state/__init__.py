"""The state of the practice tenant, in one SQLite file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ionapi_tui.practice.shapes import Shapes
from ionapi_tui.practice.state.apps import Apps, ServiceAccounts
from ionapi_tui.practice.state.database import Database
from ionapi_tui.practice.state.people import People, Tenants
from ionapi_tui.practice.state.tokens import Budgets, Tokens

Clock = Callable[[], float]
"""Seconds since 1970, like ``time.time``."""


class State:
    """Tenants, people, authorized apps, service accounts and tokens.

    Args:
        home: the folder of the SQLite file; made, for this user only, when it is missing.
        marker: text that every secret carries, so that tests can search for leaks.
        budgets: how much of what Infor meters may be used.
        clock: the time as the tenant sees it.
    """

    def __init__(
        self, home: Path, *, marker: str = "", budgets: Budgets | None = None, clock: Clock = time.time
    ) -> None:
        self.clock = clock
        self.budgets = budgets or Budgets()
        self.shapes = Shapes(marker)
        self.database = Database(home / "practice.sqlite3")
        self.tenants = Tenants(self.database)
        self.people = People(self.database)
        self.apps = Apps(self.database, self.shapes, clock)
        self.accounts = ServiceAccounts(self.database, self.shapes, clock)
        self.tokens = Tokens(self.database, clock)

    def close(self) -> None:
        """Close the SQLite file."""
        self.database.close()
