"""The practice tenant's apps, service accounts and tokens in the form that Authlib needs."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin

from ionapi_tui.practice.names import SCOPES
from ionapi_tui.practice.state.apps import App, ServiceAccount
from ionapi_tui.practice.state.tokens import AccessToken, RefreshToken


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]  # Authlib ships no types
    """An authorized app as an OAuth 2.0 client."""

    app: App

    def get_client_id(self) -> str:
        """Return the client id."""
        return self.app.client_id

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """Return the scopes that may be granted; None refuses the request.

        Inferred: a scope in another case, or one that the app was not given, refuses the whole request.
        """
        wanted = (scope or "").split()
        allowed = self.app.form.scopes or SCOPES
        return " ".join(wanted) if set(wanted) <= set(allowed) else None

    def check_client_secret(self, client_secret: str) -> bool:
        """Return whether ``client_secret`` is the app's."""
        return hmac.compare_digest(self.app.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        """Return whether the client may authenticate this way: working clients do both."""
        return method in {"client_secret_basic", "client_secret_post"}

    def check_grant_type(self, grant_type: str) -> bool:
        """Return whether the app may use the grant."""
        return grant_type in self.app.form.oauth_grants


@dataclass(frozen=True)
class Holder:
    """Whom a token speaks for: a service account, or nobody with client credentials."""

    account: ServiceAccount | None


class _OfAClient(TokenMixin):  # type: ignore[misc]  # Authlib ships no types
    token: AccessToken | RefreshToken

    def check_client(self, client: Client) -> bool:
        """Return whether the token was issued to ``client``."""
        return self.token.client_id == client.get_client_id()

    def get_scope(self) -> str:
        """Return the scopes of the token, separated by spaces."""
        return self.token.scope


@dataclass(frozen=True)
class StoredAccessToken(_OfAClient):
    """An access token that is valid now."""

    token: AccessToken


@dataclass(frozen=True)
class StoredRefreshToken(_OfAClient):
    """A refresh token that is valid now."""

    token: RefreshToken
