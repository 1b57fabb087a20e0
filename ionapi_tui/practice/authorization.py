"""The authorization server: Authlib's, with the practice tenant's clients, service accounts and tokens behind it.

Infor publishes no catalogue of errors. What live tenants were recorded to answer is answered here; the rest follows
what the two server families behind Infor answer in general (inferred).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import (
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    UnauthorizedClientError,
    grants,
)
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from flask import Blueprint, Flask, Response, g, request

from ionapi_tui.practice.faults.effects import OPAQUE_TOKEN, SCOPES_ENFORCED
from ionapi_tui.practice.journal import note_client
from ionapi_tui.practice.models import Client, Holder, StoredAccessToken, StoredRefreshToken
from ionapi_tui.practice.names import Family
from ionapi_tui.practice.shapes import guid
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.apps import ServiceAccount
from ionapi_tui.practice.state.tokens import BudgetSpent

_BODY_OR_BASIC = ["client_secret_basic", "client_secret_post"]


class TooManyRequests(OAuth2Error):  # type: ignore[misc]  # Authlib ships no types
    """A budget is used up. How Infor says so is unknown; this is the usual way."""

    error = "rate_limited"
    status_code = 429

    def __init__(self, seconds: float) -> None:
        super().__init__(description="Too many requests.")
        self.seconds = seconds

    def get_headers(self) -> list[tuple[str, str]]:
        """Return the headers, with the time to wait in whole seconds."""
        return [*super().get_headers(), ("Retry-After", str(math.ceil(self.seconds)))]


class WrongGrantType(OAuth2Error):  # type: ignore[misc]  # Authlib ships no types
    """The app is set to another grant. Code and description were recorded; the standard has ``unauthorized_client``."""

    error = "unsupported_grant_type"

    def __init__(self, asked: str, allowed: Iterable[str]) -> None:
        expected = ", ".join(sorted(set(allowed) - {"refresh_token"}))
        super().__init__(description=f"Unsupported grant type {asked}. Expected one of {expected}")


class PasswordGrant(grants.ResourceOwnerPasswordCredentialsGrant):  # type: ignore[misc]  # Authlib ships no types
    """A service account's two keys for a token."""

    TOKEN_ENDPOINT_AUTH_METHODS = _BODY_OR_BASIC
    server: PracticeAuthorizationServer

    def authenticate_user(self, username: str, password: str) -> Holder:
        """Return the service account with these keys."""
        self.server.count_login()
        state, tenant = self.server.state, self.server.tenant
        owner = username.partition("#")[0]
        if not self.server.on_premises and owner != tenant and state.tenants.get(owner):
            # The description was recorded; the code that comes with it is inferred.
            raise InvalidRequestError("Username does not match request tenant")
        return Holder(_usable(self.server, state.accounts.proven(tenant, username, password)))


class RefreshTokenGrant(grants.RefreshTokenGrant):  # type: ignore[misc]  # Authlib ships no types
    """A refresh token for a new access token; no new refresh token comes, and the old one stays valid."""

    TOKEN_ENDPOINT_AUTH_METHODS = _BODY_OR_BASIC
    server: PracticeAuthorizationServer

    def authenticate_refresh_token(self, refresh_token: str) -> StoredRefreshToken | None:
        """Return the token when it is valid."""
        tokens = self.server.state.tokens
        found = tokens.refresh(refresh_token)
        if found is None and not self.server.on_premises:
            # Recorded: the cloud does not use the standard's ``invalid_grant`` here.
            expired = tokens.has_expired(refresh_token)
            raise InvalidRequestError("expired refresh token" if expired else "Invalid refresh_token")
        return StoredRefreshToken(found) if found else None

    def authenticate_user(self, refresh_token: StoredRefreshToken) -> Holder:
        """Return whom the token speaks for, when the account may still log in."""
        return Holder(_usable(self.server, self.server.state.accounts.get(refresh_token.token.account_id)))

    def revoke_old_credential(self, refresh_token: StoredRefreshToken) -> None:
        """Keep the access tokens of the grant: they end by themselves."""


class ClientCredentialsGrant(grants.ClientCredentialsGrant):  # type: ignore[misc]  # Authlib ships no types
    """A client id and secret alone, without a service account."""

    TOKEN_ENDPOINT_AUTH_METHODS = _BODY_OR_BASIC


GRANTS = (PasswordGrant, RefreshTokenGrant, ClientCredentialsGrant)
"""What the token endpoint can do."""


class Revocation(RevocationEndpoint):  # type: ignore[misc]  # Authlib ships no types
    """RFC 7009: tokens that are no longer needed."""

    CLIENT_AUTH_METHODS = _BODY_OR_BASIC
    server: PracticeAuthorizationServer

    def query_token(self, token: str, _hint: str | None) -> StoredAccessToken | StoredRefreshToken | None:
        """Return the token, whatever the hint says it is."""
        tokens = self.server.state.tokens
        if refresh := tokens.refresh(token):
            return StoredRefreshToken(refresh)
        access = tokens.access(token)
        return StoredAccessToken(access) if access else None

    def revoke_token(self, token: StoredAccessToken | StoredRefreshToken, _request: Any) -> None:
        """Make the token worthless."""
        self.server.state.tokens.revoke(token.token)

    def authenticate_endpoint_client(self, request: Any) -> Client:
        """Return the client, which authenticates as at the token endpoint."""
        client = super().authenticate_endpoint_client(request)
        assert isinstance(client, Client)
        return client


def _usable(server: PracticeAuthorizationServer, account: ServiceAccount | None) -> ServiceAccount:
    user = server.state.people.get(account.user_id) if account and account.user_id else None
    if account is None or not account.enabled or (user and not user.enabled):
        # Wrong, disabled and deleted look the same from outside (the code is inferred).
        raise InvalidGrantError("Invalid username or password.")
    return account


# At DEBUG Authlib writes whole tokens into its log.
logging.getLogger("authlib").setLevel(logging.INFO)


class TokenGenerator(BearerTokenGenerator):  # type: ignore[misc]  # Authlib ships no types
    """Tokens with the lifetime, scopes and refresh token of the app they are for.

    The cloud's are JSON Web Tokens, those of an on-premises server opaque.
    """

    def __init__(self, state: State) -> None:
        def access(client: Client, user: Holder | None = None, **_: object) -> str:
            tenant = state.tenants.get(client.app.tenant)
            opaque = tenant is None or tenant.family is Family.ON_PREMISES or request.environ.get(OPAQUE_TOKEN)
            return state.shapes.hexadecimal() if opaque else state.shapes.jwt(_claims(state, client, user))

        def refresh(**_: object) -> str:
            return state.shapes.secret(43)

        super().__init__(access, refresh, lambda client, _: client.app.form.token_seconds)

    def generate(
        self,
        grant_type: str,
        client: Client,
        user: Holder | None = None,
        scope: str | None = None,
        expires_in: int | None = None,
        include_refresh_token: bool = True,
    ) -> dict[str, Any]:
        """Return the token answer.

        An app with Enforce Scopes gets the scopes of the request that its service account has too.
        """
        scope = self.get_allowed_scope(client, scope)
        if client.app.form.enforce_scopes and user and user.account:
            scope = " ".join(name for name in (scope or "").split() if name in user.account.scopes)
        include_refresh_token = include_refresh_token and client.app.form.refresh_tokens
        answer = super().generate(grant_type, client, user, scope, expires_in, include_refresh_token)
        assert isinstance(answer, dict)
        return answer


def _claims(state: State, client: Client, holder: Holder | None) -> dict[str, object]:
    """Return the claims of a token, as recorded; there is none for the scopes."""
    app, account = client.app, holder.account if holder else None
    now = int(state.clock())
    origin = request.host_url.rstrip("/")
    claims: dict[str, object] = {}
    if account is not None:
        # The whole access key in clear text.
        claims["ServiceAccount"] = account.access_key
    claims["Tenant"] = app.tenant
    if account is not None and account.user_id:
        claims["Identity2"] = account.user_id
    return claims | {
        "EnforceScopesForClient": "1" if app.form.enforce_scopes or request.environ.get(SCOPES_ENFORCED) else "0",
        "grant_id": guid(),
        "InforSTSIssuedType": "AS",
        "client_id": app.client_id,
        "jti": guid(),
        "iat": now,
        "nbf": now,
        "exp": now + app.form.token_seconds,
        "iss": origin,
        "aud": origin,
    }


class PracticeAuthorizationServer(AuthorizationServer):  # type: ignore[misc]  # Authlib ships no types
    """Authlib's server over ``state``, with the error shapes of Infor's two server families."""

    def __init__(self, app: Flask, state: State) -> None:
        self.state = state
        super().__init__(app, self._client, self._save)
        self.register_token_generator("default", TokenGenerator(state))
        for grant in GRANTS:
            self.register_grant(grant)
        self.register_endpoint(Revocation)

    @property
    def on_premises(self) -> bool:
        """Whether the request is for the on-premises server."""
        return request.path.endswith(("connect/token", "connect/revocation"))

    @property
    def tenant(self) -> str:
        """The tenant in the path of the request; on premises there is one."""
        return str((request.view_args or {}).get("tenant") or self.state.tenants.of_family(Family.ON_PREMISES)[0].name)

    def count_login(self) -> None:
        """Count one authentication of a service account of the tenant."""
        try:
            self.state.tokens.count_login(self.tenant, self.state.budgets)
        except BudgetSpent as spent:
            raise TooManyRequests(spent.seconds) from None

    def handle_error_response(self, request: Any, error: OAuth2Error) -> Response:
        """Answer ``error`` as the family of the tenant does."""
        if self.on_premises:
            # Inferred: IdentityServer answers 400 with the bare code.
            error.description = ""
            error.status_code = 429 if isinstance(error, TooManyRequests) else 400
        elif isinstance(error, InvalidClientError):
            error.description = "Invalid client or client credentials."
            error.status_code = 401
        elif isinstance(error, UnauthorizedClientError):
            error = WrongGrantType(request.payload.grant_type, g.client.app.form.oauth_grants)
        response = super().handle_error_response(request, error)
        assert isinstance(response, Response)
        return response

    def _client(self, client_id: str) -> Client | None:
        note_client(request.environ, client_id)
        app = self.state.apps.get(client_id)
        # Authlib tells no error handler which client a request came from.
        client = g.client = Client(app) if app and app.tenant == self.tenant else None
        return client

    def _save(self, token: dict[str, Any], request: Any) -> None:
        holder: Holder | None = request.user
        account_id = holder.account.id if holder and holder.account else None
        client: Client = request.client
        scope = token.get("scope", "")
        stored: StoredRefreshToken | None = request.refresh_token
        try:
            with self.state.database.transaction():
                refresh_digest = stored.token.digest if stored else None
                if "refresh_token" in token:
                    refresh_digest = self.state.tokens.issue_refresh(
                        token["refresh_token"], client.app.client_id, account_id, scope, client.app.form.refresh_seconds
                    )
                self.state.tokens.issue(
                    token["access_token"],
                    refresh_digest,
                    client_id=client.app.client_id,
                    account_id=account_id,
                    tenant=client.app.tenant,
                    scope=scope,
                    seconds=token["expires_in"],
                    budgets=self.state.budgets,
                )
        except BudgetSpent as spent:
            raise TooManyRequests(spent.seconds) from None


def authorization_routes(server: PracticeAuthorizationServer) -> Blueprint:
    """Return the endpoints of both families."""
    routes = Blueprint("authorization", __name__)

    def token(tenant: str = "") -> Response:
        return _known_tenant(server, tenant) or server.create_token_response()

    def revoke(tenant: str = "") -> Response:
        return _known_tenant(server, tenant) or server.create_endpoint_response(Revocation.ENDPOINT_NAME)

    methods = ["GET", "POST"]
    routes.add_url_rule("/<tenant>/as/token.oauth2", "token", token, methods=methods)
    routes.add_url_rule("/<tenant>/as/revoke_token.oauth2", "revoke", revoke, methods=methods)
    routes.add_url_rule("/InforIntSTS/connect/token", "connect_token", token, methods=methods)
    routes.add_url_rule("/InforIntSTS/connect/revocation", "connect_revocation", revoke, methods=methods)
    return routes


def _known_tenant(server: PracticeAuthorizationServer, tenant: str) -> Response | None:
    found = server.state.tenants.get(tenant) if tenant else None
    if not tenant or (found and found.family is Family.CLOUD):
        return None
    # Inferred: the cloud's log-in server answers a page to people when the path names no tenant it knows.
    return Response("<!doctype html><title>Error</title><p>Partner or tenant not found.</p>", 404)
