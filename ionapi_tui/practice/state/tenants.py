"""The tenants that this stand-in plays."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ionapi_tui.practice.names import Family
from ionapi_tui.practice.state.database import Database


@dataclass(frozen=True)
class Tenant:
    """One tenant."""

    name: str
    family: Family
    has_idm: bool
    """Whether Infor Document Management is provisioned."""


class Tenants:
    """All tenants."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, tenant: Tenant) -> None:
        """Remember ``tenant``; one that is known stays as it is."""
        self._database.run("INSERT OR IGNORE INTO tenants VALUES (?, ?, ?)", tenant.name, tenant.family, tenant.has_idm)

    def get(self, name: str) -> Tenant | None:
        """Return the tenant called ``name``."""
        row = self._database.row("SELECT * FROM tenants WHERE name = ?", name)
        return _tenant(row) if row else None

    def of_family(self, family: Family) -> list[Tenant]:
        """Return the tenants of one authorization server, first added first."""
        rows = self._database.rows("SELECT * FROM tenants WHERE family = ? ORDER BY rowid", family)
        return [_tenant(row) for row in rows]


def _tenant(row: sqlite3.Row) -> Tenant:
    return Tenant(row["name"], Family(row["family"]), bool(row["idm"]))
