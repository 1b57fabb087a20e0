"""The authorization server: Authlib's, with the practice tenant's clients, service accounts and tokens behind it.

The error codes are the standard's. Infor publishes no catalogue of them; status and wording follow what the two server
families behind Infor answer in general (inferred).
"""

from __future__ import annotations

import logging
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from flask import Blueprint, Flask, Response, request

from ionapi_tui.practice.budgets import BudgetSpent
from ionapi_tui.practice.faults.effects import TOKEN_FORM
from ionapi_tui.practice.grants import GRANTS, Revocation, TooManyRequests
from ionapi_tui.practice.journal import note_client
from ionapi_tui.practice.models import Client, Holder, StoredRefreshToken
from ionapi_tui.practice.names import Family
from ionapi_tui.practice.state import State

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
