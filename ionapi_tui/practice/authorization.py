"""The authorization server: Authlib's, with the practice tenant's clients, service accounts and tokens behind it.

The error codes are the standard's. Infor publishes no catalogue of them; status and wording follow what the two server
families behind Infor answer in general (inferred).
"""

from __future__ import annotations

import logging
import math
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidClientError, InvalidGrantError, grants
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from flask import Blueprint, Flask, Response, request

from ionapi_tui.practice.faults.effects import TOKEN_FORM
from ionapi_tui.practice.journal import note_client
from ionapi_tui.practice.models import Client, Holder, StoredAccessToken, StoredRefreshToken
from ionapi_tui.practice.names import Family
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


class PasswordGrant(grants.ResourceOwnerPasswordCredentialsGrant):  # type: ignore[misc]  # Authlib ships no types
    """A service account's two keys for a token."""

    TOKEN_ENDPOINT_AUTH_METHODS = _BODY_OR_BASIC
    server: PracticeAuthorizationServer

    def authenticate_user(self, username: str, password: str) -> Holder:
        """Return the service account with these keys."""
        self.server.count_login()
        state = self.server.state
        return Holder(_usable(self.server, state.accounts.proven(self.server.tenant, username, password)))


class RefreshTokenGrant(grants.RefreshTokenGrant):  # type: ignore[misc]  # Authlib ships no types
    """A refresh token for a new access token; the refresh token stays as it is (whether Infor rotates is unknown)."""

    TOKEN_ENDPOINT_AUTH_METHODS = _BODY_OR_BASIC
    server: PracticeAuthorizationServer

    def authenticate_refresh_token(self, refresh_token: str) -> StoredRefreshToken | None:
        """Return the token when it is valid."""
        found = self.server.state.tokens.refresh(refresh_token)
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
    """Opaque tokens with the lifetime, scopes and refresh token of the app they are for."""

    def __init__(self, state: State) -> None:
        def access(client: Client, scope: str, **_: object) -> str:
            # Infor publishes neither the form of its tokens nor their claims: clients have to take both forms.
            if request.environ.get(TOKEN_FORM) == "jwt":
                claims = {"Tenant": client.app.tenant, "client_id": client.app.client_id, "scope": scope}
                return state.shapes.jwt({**claims, "iat": int(state.clock())})
            return state.shapes.secret(43)

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
        on_premises = request.uri.partition("?")[0].endswith(("connect/token", "connect/revocation"))
        if on_premises:
            # Inferred: IdentityServer answers 400 with the bare code.
            error.description = ""
            error.status_code = 429 if isinstance(error, TooManyRequests) else 400
        elif isinstance(error, InvalidClientError):
            error.description = "Invalid client or client credentials."
            error.status_code = 401
        response = super().handle_error_response(request, error)
        assert isinstance(response, Response)
        return response

    def _client(self, client_id: str) -> Client | None:
        note_client(request.environ, client_id)
        app = self.state.apps.get(client_id)
        return Client(app) if app and app.tenant == self.tenant else None

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
