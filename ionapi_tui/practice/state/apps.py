"""Authorized apps and service accounts: what a client may do at the authorization server, and its two keys."""

from __future__ import annotations

import dataclasses
import hmac
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from ionapi_tui.practice.names import AppType, GrantType
from ionapi_tui.practice.shapes import Shapes, digest
from ionapi_tui.practice.state.database import Database


@dataclass(frozen=True)
class AppForm:
    """What the administrator fills in for an authorized app."""

    name: str
    description: str = ""
    type: AppType = AppType.BACKEND
    grant_type: GrantType = GrantType.PASSWORD
    redirect_uri: str = ""
    scopes: tuple[str, ...] = ()
    enforce_scopes: bool = False
    bridge: bool = False
    impersonation: bool = False
    """Without consequence here: what it changes for a backend service is unknown."""
    token_seconds: int = 7200
    refresh_tokens: bool = True
    refresh_seconds: int = 0
    """Refresh Token Grant Lifetime; 0 never expires."""

    @property
    def oauth_grants(self) -> frozenset[str]:
        """The grants of RFC 6749 that the app may use."""
        if self.type is not AppType.BACKEND:
            grant = "authorization_code"
        elif self.grant_type is GrantType.PASSWORD:
            grant = "password"
        else:
            return frozenset({"client_credentials"})
        return frozenset({grant, "refresh_token"} if self.refresh_tokens else {grant})


@dataclass(frozen=True)
class App:
    """An authorized app with what the tenant made for it."""

    client_id: str
    client_secret: str = dataclasses.field(repr=False)
    tenant: str
    created: float
    form: AppForm

    @property
    def name(self) -> str:
        """The app's name, ``cn`` in the file."""
        return self.form.name


class Apps:
    """All authorized apps."""

    def __init__(self, database: Database, shapes: Shapes, clock: Callable[[], float]) -> None:
        self._database = database
        self._shapes = shapes
        self._clock = clock

    def add(self, tenant: str, form: AppForm) -> App:
        """Create an app with a new client id and secret."""
        app = App(self._shapes.client_id(tenant), self._shapes.secret(), tenant, self._clock(), form)
        values = (app.client_id, app.tenant, app.client_secret, _as_json(form), app.created)
        self._database.run("INSERT INTO apps VALUES (?, ?, ?, ?, ?)", *values)
        return app

    def change(self, client_id: str, form: AppForm) -> None:
        """Replace what the administrator filled in."""
        self._database.run("UPDATE apps SET form = ? WHERE client_id = ?", _as_json(form), client_id)

    def get(self, client_id: str) -> App | None:
        """Return the app with this client id."""
        row = self._database.row("SELECT * FROM apps WHERE client_id = ?", client_id)
        return _app(row) if row else None

    def of(self, tenant: str) -> list[App]:
        """Return the apps of ``tenant``, oldest first."""
        return [_app(row) for row in self._database.rows("SELECT * FROM apps WHERE tenant = ? ORDER BY rowid", tenant)]

    def named(self, tenant: str, name: str) -> App | None:
        """Return the app of ``tenant`` called ``name``."""
        return next((app for app in self.of(tenant) if app.name == name), None)

    def delete(self, client_id: str) -> None:
        """Remove the app; its tokens are worth nothing from now on."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM apps WHERE client_id = ?", (client_id,))
            connection.execute("UPDATE access_tokens SET revoked = 1 WHERE client_id = ?", (client_id,))


def _as_json(form: AppForm) -> str:
    return json.dumps(dataclasses.asdict(form))


def _app(row: sqlite3.Row) -> App:
    values = json.loads(row["form"])
    values |= {
        "type": AppType(values["type"]),
        "grant_type": GrantType(values["grant_type"]),
        "scopes": tuple(values["scopes"]),
    }
    return App(row["client_id"], row["client_secret"], row["tenant"], row["created"], AppForm(**values))


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
