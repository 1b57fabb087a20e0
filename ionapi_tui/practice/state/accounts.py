"""Service accounts: a user name and a password for programs, handed out once."""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from ionapi_tui.practice.shapes import Shapes, digest
from ionapi_tui.practice.state.database import Database


@dataclass(frozen=True)
class ServiceAccount:
    """What the tenant remembers of a service account; not its secret key."""

    id: int
    tenant: str
    access_key: str = field(repr=False)
    name: str
    """The authorized app or the purpose it was made for."""
    user_id: str | None
    """Whom it acts for; None when the user box was left blank."""
    scopes: tuple[str, ...]
    enabled: bool
    created: float


@dataclass(frozen=True)
class Keys:
    """The two keys of a new service account, shown only this once."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    account_id: int


class ServiceAccounts:
    """All service accounts."""

    def __init__(self, database: Database, shapes: Shapes, clock: Callable[[], float]) -> None:
        self._database = database
        self._shapes = shapes
        self._clock = clock

    def add(self, tenant: str, name: str, user_id: str | None, scopes: tuple[str, ...] = ()) -> Keys:
        """Create a service account and return its keys."""
        access_key, secret_key = self._shapes.access_key(tenant), self._shapes.secret()
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO service_accounts (tenant, access_key, secret_digest, name, user_id, scopes, enabled,"
                " created) VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
                (tenant, access_key, digest(secret_key), name, user_id, json.dumps(scopes), self._clock()),
            )
            assert cursor.lastrowid is not None
        return Keys(access_key, secret_key, cursor.lastrowid)

    def get(self, account_id: int | None) -> ServiceAccount | None:
        """Return the account with this number."""
        row = self._database.row("SELECT * FROM service_accounts WHERE id = ?", account_id)
        return _account(row) if row else None

    def of(self, tenant: str) -> list[ServiceAccount]:
        """Return the accounts of ``tenant``, oldest first."""
        rows = self._database.rows("SELECT * FROM service_accounts WHERE tenant = ? ORDER BY id", tenant)
        return [_account(row) for row in rows]

    def proven(self, tenant: str, access_key: str, secret_key: str) -> ServiceAccount | None:
        """Return the account of ``tenant`` whose two keys these are, enabled or not."""
        row = self._database.row(
            "SELECT * FROM service_accounts WHERE tenant = ? AND access_key = ?", tenant, access_key
        )
        if row is None or not hmac.compare_digest(row["secret_digest"], digest(secret_key)):
            return None
        return _account(row)

    def enable(self, account_id: int, enabled: bool) -> None:
        """Let the account log in, or not."""
        self._database.run("UPDATE service_accounts SET enabled = ? WHERE id = ?", enabled, account_id)

    def delete(self, account_id: int) -> None:
        """Remove the account."""
        self._database.run("DELETE FROM service_accounts WHERE id = ?", account_id)


def _account(row: sqlite3.Row) -> ServiceAccount:
    return ServiceAccount(
        row["id"],
        row["tenant"],
        row["access_key"],
        row["name"],
        row["user_id"],
        tuple(json.loads(row["scopes"])),
        bool(row["enabled"]),
        row["created"],
    )
