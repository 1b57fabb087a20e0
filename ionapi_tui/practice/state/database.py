"""The SQLite file and its tables."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ionapi_tui.base.access import make_private_folder, restrict

_TABLES = """
CREATE TABLE IF NOT EXISTS tenants (
    name TEXT PRIMARY KEY, family TEXT NOT NULL, idm INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, user_name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, enabled INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS user_roles (
    user_id TEXT NOT NULL REFERENCES users (id), role TEXT NOT NULL, PRIMARY KEY (user_id, role)
);
CREATE TABLE IF NOT EXISTS apps (
    client_id TEXT PRIMARY KEY, tenant TEXT NOT NULL REFERENCES tenants (name), client_secret TEXT NOT NULL,
    form TEXT NOT NULL, created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS service_accounts (
    id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, access_key TEXT NOT NULL UNIQUE, secret_digest TEXT NOT NULL,
    name TEXT NOT NULL, user_id TEXT REFERENCES users (id), scopes TEXT NOT NULL, enabled INTEGER NOT NULL,
    created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS refresh_tokens (
    digest TEXT PRIMARY KEY, client_id TEXT NOT NULL, account_id INTEGER, scope TEXT NOT NULL, expires REAL,
    revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS access_tokens (
    digest TEXT PRIMARY KEY, refresh_digest TEXT, client_id TEXT NOT NULL, account_id INTEGER, tenant TEXT NOT NULL,
    scope TEXT NOT NULL, issued REAL NOT NULL, expires REAL NOT NULL, revoked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS access_tokens_of_a_client ON access_tokens (client_id, issued);
CREATE TABLE IF NOT EXISTS logins (tenant TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS logins_of_a_tenant ON logins (tenant, at);
"""


class Database:
    """One connection for all threads, one transaction at a time; other processes may open the same file."""

    def __init__(self, path: Path) -> None:
        make_private_folder(path.parent)
        # Client secrets stay readable in Infor's portal, so they are in this file: for its owner only.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        restrict(path)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        self._connection.row_factory = sqlite3.Row
        # Nothing here is needed after a practice run, so no write waits for the disk.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA foreign_keys = ON")
        with self.transaction():
            for statement in filter(str.strip, _TABLES.split(";")):
                self._connection.execute(statement)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction that is undone when the block raises; blocks may nest."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Return all rows of ``query``."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> sqlite3.Row | None:
        """Return the first row of ``query``, or None."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def run(self, statement: str, *values: object) -> None:
        """Carry out one statement."""
        with self.transaction() as connection:
            connection.execute(statement, values)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
