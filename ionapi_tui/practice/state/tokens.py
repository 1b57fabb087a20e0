"""Access and refresh tokens, and the budgets that Infor meters."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from ionapi_tui.practice.shapes import digest
from ionapi_tui.practice.state.database import Database

MINUTE = 60.0
DAY = 86_400.0


@dataclass(frozen=True)
class Budgets:
    """The limits that Infor lists for one edition of Infor OS; other editions may have other numbers."""

    access_tokens_per_client_and_day: int = 100
    logins_per_minute: int = 20
    """Authentications of service accounts in a tenant."""
    logins_per_day: int = 1_000

    @classmethod
    def unlimited(cls) -> Budgets:
        """Return budgets that no test uses up."""
        return cls(10**9, 10**9, 10**9)


class BudgetSpent(Exception):
    """A budget is used up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"used up for {seconds:.0f} s")
        self.seconds = seconds
        """How long until there is some again."""


@dataclass(frozen=True)
class AccessToken:
    """What the tenant remembers of an access token."""

    digest: str = field(repr=False)
    refresh_digest: str | None = field(repr=False)
    client_id: str
    account_id: int | None
    tenant: str
    scope: str
    expires: float


@dataclass(frozen=True)
class RefreshToken:
    """What the tenant remembers of a refresh token."""

    digest: str = field(repr=False)
    client_id: str
    account_id: int | None
    scope: str


class Tokens:
    """All tokens; only their hashes are kept."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def issue(
        self,
        access: str,
        refresh_digest: str | None,
        *,
        client_id: str,
        account_id: int | None,
        tenant: str,
        scope: str,
        seconds: int,
        budgets: Budgets,
    ) -> None:
        """Remember a new access token, valid for ``seconds``.

        Raises:
            BudgetSpent: the client has had its access tokens of the day.
        """
        now = self._clock()
        with self._database.transaction() as connection:
            query = "SELECT issued FROM access_tokens WHERE client_id = ? AND issued > ? ORDER BY issued"
            _spend(connection, query, client_id, now, DAY, budgets.access_tokens_per_client_and_day)
            connection.execute(
                "INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (digest(access), refresh_digest, client_id, account_id, tenant, scope, now, now + seconds),
            )

    def issue_refresh(self, refresh: str, client_id: str, account_id: int | None, scope: str, seconds: int) -> str:
        """Remember a new refresh token, valid for ``seconds`` (0: for ever), and return its hash."""
        expires = self._clock() + seconds if seconds else None
        values = (digest(refresh), client_id, account_id, scope, expires)
        self._database.run("INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?, 0)", *values)
        return values[0]

    def count_login(self, tenant: str, budgets: Budgets) -> None:
        """Count one authentication of a service account.

        Raises:
            BudgetSpent: the tenant has had its logins of this minute or this day.
        """
        now = self._clock()
        query = "SELECT at FROM logins WHERE tenant = ? AND at > ? ORDER BY at"
        with self._database.transaction() as connection:
            _spend(connection, query, tenant, now, MINUTE, budgets.logins_per_minute)
            _spend(connection, query, tenant, now, DAY, budgets.logins_per_day)
            connection.execute("INSERT INTO logins VALUES (?, ?)", (tenant, now))

    def access(self, token: str) -> AccessToken | None:
        """Return the access token when it is valid now."""
        row = self._database.row(
            "SELECT * FROM access_tokens WHERE digest = ? AND expires > ? AND NOT revoked", digest(token), self._clock()
        )
        if row is None:
            return None
        return AccessToken(
            row["digest"],
            row["refresh_digest"],
            row["client_id"],
            row["account_id"],
            row["tenant"],
            row["scope"],
            row["expires"],
        )

    def refresh(self, token: str) -> RefreshToken | None:
        """Return the refresh token when it is valid now."""
        row = self._database.row(
            "SELECT * FROM refresh_tokens WHERE digest = ? AND (expires IS NULL OR expires > ?) AND NOT revoked",
            digest(token),
            self._clock(),
        )
        return RefreshToken(row["digest"], row["client_id"], row["account_id"], row["scope"]) if row else None

    def has_expired(self, refresh: str) -> bool:
        """Return whether ``refresh`` was a refresh token that is over by its lifetime."""
        query = "SELECT 1 FROM refresh_tokens WHERE digest = ? AND expires <= ? AND NOT revoked"
        return self._database.row(query, digest(refresh), self._clock()) is not None

    def revoke(self, token: AccessToken | RefreshToken) -> None:
        """Make a token worthless; with a refresh token go the access tokens of its grant."""
        with self._database.transaction() as connection:
            if isinstance(token, RefreshToken):
                connection.execute("UPDATE refresh_tokens SET revoked = 1 WHERE digest = ?", (token.digest,))
                connection.execute("UPDATE access_tokens SET revoked = 1 WHERE refresh_digest = ?", (token.digest,))
            else:
                connection.execute("UPDATE access_tokens SET revoked = 1 WHERE digest = ?", (token.digest,))


def _spend(connection: sqlite3.Connection, query: str, whose: str, now: float, window: float, limit: int) -> None:
    # Whether Infor counts calendar days or the last 24 hours is unknown; this counts backwards from now.
    times = [float(row[0]) for row in connection.execute(query, (whose, now - window))]
    if len(times) >= limit:
        oldest_that_counts = times[len(times) - limit] if limit else now
        raise BudgetSpent(oldest_that_counts + window - now)
