"""The grants of the authorization server, and revocation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidGrantError, grants
from authlib.oauth2.rfc7009 import RevocationEndpoint

from ionapi_tui.practice.models import Client, Holder, StoredAccessToken, StoredRefreshToken
from ionapi_tui.practice.state.accounts import ServiceAccount

if TYPE_CHECKING:
    from ionapi_tui.practice.authorization import PracticeAuthorizationServer

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
