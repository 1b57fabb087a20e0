"""Tenants, users and their security roles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ionapi_tui.practice.names import Family
from ionapi_tui.practice.shapes import guid
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


@dataclass(frozen=True)
class User:
    """A user of the portal, or a service user."""

    id: str
    """The GUID that Infor calls Identity2."""
    user_name: str
    full_name: str
    enabled: bool
    roles: frozenset[str]

    def may(self, roles: Iterable[str]) -> bool:
        """Return whether the user has one of ``roles``."""
        return not self.roles.isdisjoint(roles)


class People:
    """All users."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, user_name: str, full_name: str, roles: Iterable[str] = ()) -> User:
        """Create a user.

        Raises:
            ValueError: the user name is taken.
        """
        user_id = guid()
        with self._database.transaction() as connection:
            if self.named(user_name):
                raise ValueError(user_name)
            connection.execute("INSERT INTO users VALUES (?, ?, ?, 1)", (user_id, user_name, full_name))
            for role in roles:
                self.grant(user_id, role)
        user = self.get(user_id)
        assert user is not None
        return user

    def get(self, user_id: str) -> User | None:
        """Return the user with the GUID ``user_id``."""
        return self._user(self._database.row("SELECT * FROM users WHERE id = ?", user_id))

    def named(self, name: str) -> User | None:
        """Return the user with this user name or full name (the portal's search box takes either)."""
        query = "SELECT * FROM users WHERE user_name = ?1 COLLATE NOCASE OR full_name = ?1 COLLATE NOCASE"
        return self._user(self._database.row(query, name.strip()))

    def all(self) -> list[User]:
        """Return every user, in the order they were added."""
        rows = self._database.rows("SELECT * FROM users ORDER BY rowid")
        return [user for user in map(self._user, rows) if user]

    def grant(self, user_id: str, role: str) -> None:
        """Give the user a security role."""
        self._database.run("INSERT OR IGNORE INTO user_roles VALUES (?, ?)", user_id, role)

    def take(self, user_id: str, role: str) -> None:
        """Take a security role from the user."""
        self._database.run("DELETE FROM user_roles WHERE user_id = ? AND role = ?", user_id, role)

    def enable(self, user_id: str, enabled: bool) -> None:
        """Let the user log in, or not."""
        self._database.run("UPDATE users SET enabled = ? WHERE id = ?", enabled, user_id)

    def _user(self, row: sqlite3.Row | None) -> User | None:
        if row is None:
            return None
        roles = self._database.rows("SELECT role FROM user_roles WHERE user_id = ?", row["id"])
        return User(
            row["id"],
            row["user_name"],
            row["full_name"],
            bool(row["enabled"]),
            frozenset(role["role"] for role in roles),
        )
