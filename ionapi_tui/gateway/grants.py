"""Requesting a token from the authorization server, and revoking it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials, scopes_of
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.token import Token, access_token_in, bounded
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway.failures import (
    NotReached,
    RefreshRefused,
    TokenRefused,
    known_secrets,
    refuses_refresh,
    token_failure,
)
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.session import Session

RETRY_SECONDS = 30.0
"""Seconds that are spent on waiting, when the server asks to come back later."""
_ATTEMPTS = 3


@dataclass(frozen=True)
class Granted:
    """A token and the response it came with."""

    token: Token
    response: Response


async def by_password(
    session: Session, credentials: Credentials, *, basic: bool = False, retry_seconds: float = RETRY_SECONDS
) -> Granted:
    """Request a token with the keys of the service account.

    The client shows its id and secret in the body first and by HTTP Basic after an ``invalid_client``: both are used
    by working clients of Infor, and nothing in the file says which one a server wants.

    Args:
        session: the connections to use.
        credentials: whose token.
        basic: start with HTTP Basic, because it is known to be wanted.
        retry_seconds: seconds to spend on waiting when the server asks to come back later.

    Raises:
        TokenRefused: the server said no.
        NotReached: there was no usable response.
    """
    account, key = credentials.service_account_access_key, credentials.service_account_secret_key
    if account is None or key is None:
        raise TokenRefused(Finding(Code.NO_SERVICE_ACCOUNT, "saak"))
    form: dict[str, str | Secret] = {"grant_type": "password", "username": account, "password": key}
    if credentials.scopes:
        form["scope"] = " ".join(credentials.scopes)

    async def ask() -> Granted:
        return await _by_either_authentication(session, credentials, form, basic)

    return await _with_retries(session, ask, retry_seconds)


async def by_refresh_token(session: Session, credentials: Credentials, token: Token) -> Granted:
    """Exchange the refresh token of ``token`` for a new access token.

    Raises:
        RefreshRefused: the refresh token is over; the service account can request a token instead.
        TokenRefused: the server refused the client.
        NotReached: there was no usable response.
    """
    form = {"grant_type": "refresh_token", "refresh_token": token.refresh or ""}
    response = await _send(session, credentials, form, token.basic)
    if refuses_refresh(response):
        raise RefreshRefused(response.said(known_secrets(credentials, token)))
    granted = _granted(response, credentials, session, token.basic, token)
    if granted.token.refresh is not None:
        return granted
    # Infor leaves the refresh token out of the response to a refresh; the old one stays valid.
    return Granted(replace(granted.token, refresh=token.refresh), granted.response)


async def revoke(session: Session, credentials: Credentials, token: Token) -> bool:
    """Revoke ``token``, the refresh token first because its access tokens end with it.

    Returns:
        Whether the server revoked it; False when the file names no address for that.

    Raises:
        NotReached: there was no usable response.
    """
    url = credentials.revoke_endpoint
    if url is None:
        return False
    basic = (credentials.client_id, credentials.client_secret)
    revoked = True
    for hint, secret in (("refresh_token", token.refresh), ("access_token", token.access)):
        if secret is not None:
            form: dict[str, str | Secret] = {"token": secret, "token_type_hint": hint}
            response = await session.post(url, "pu", form, basic=basic)
            revoked = revoked and response.status == 200
    return revoked


async def _with_retries(session: Session, ask: Callable[[], Awaitable[Granted]], retry_seconds: float) -> Granted:
    clock = session.network.clock
    until = clock.monotonic() + retry_seconds
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return await ask()
        except NotReached as failure:
            if failure.wait is None or clock.monotonic() + failure.wait > until:
                raise
            wait = failure.wait
        # A second at least: "0" would make this a loop without a pause.
        await clock.sleep(max(wait, 1.0))
    return await ask()


async def _by_either_authentication(
    session: Session, credentials: Credentials, form: Mapping[str, str | Secret], basic: bool
) -> Granted:
    try:
        return await _ask(session, credentials, form, basic)
    except TokenRefused as refused:
        if refused.finding.code is not Code.INVALID_CLIENT:
            raise
        first = refused
    try:
        return await _ask(session, credentials, form, not basic)
    except TokenRefused as second:
        # A server that does not offer the other method at all must not hide its verdict on the secret.
        raise (first if second.finding.code is Code.UNAUTHORIZED_CLIENT else second) from None


async def _ask(session: Session, credentials: Credentials, form: Mapping[str, str | Secret], basic: bool) -> Granted:
    return _granted(await _send(session, credentials, form, basic), credentials, session, basic)


async def _send(session: Session, credentials: Credentials, form: Mapping[str, str | Secret], basic: bool) -> Response:
    identity: dict[str, str | Secret] = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
    }
    return await session.post(
        credentials.token_endpoint,
        "pu",
        form if basic else {**form, **identity},
        basic=(credentials.client_id, credentials.client_secret) if basic else None,
    )


def _granted(
    response: Response, credentials: Credentials, session: Session, basic: bool, sent: Token | None = None
) -> Granted:
    """Return the token in ``response``; ``sent`` is the one whose refresh token was sent, if one was.

    Raises:
        TokenRefused: the server said no.
        NotReached: there was no usable response.
    """
    if response.status != 200:
        raise token_failure(response, credentials, sent)
    return Granted(_token_in(response, credentials, session, basic, sent), response)


def _token_in(response: Response, credentials: Credentials, session: Session, basic: bool, sent: Token | None) -> Token:
    document = response.document()
    access = access_token_in(document) if document is not None else None
    if document is None or access is None:
        if response.is_html or (document is not None and "error" in document):
            raise token_failure(response, credentials, sent)
        raise _unusable(response, _("HTTP 200 without an access token"))
    kind = document.get("token_type", "Bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise _unusable(response, _("the token is not a bearer token"))
    refresh = document.get("refresh_token")
    claims = TokenClaims.of(access)
    stated = claims.lifetime if claims is not None else None
    lifetime = bounded(document.get("expires_in"))
    return Token(
        access=access,
        refresh=Secret(refresh) if isinstance(refresh, str) and refresh else None,
        issued_at=response.received_at - response.seconds,
        # A token that says it ends sooner than the response does is not handed out after that.
        lifetime=lifetime if stated is None else min(lifetime, bounded(stated)),
        scopes=scopes_of(document["scope"]) if document.get("scope") is not None else None,
        basic=basic,
        born=session.network.clock.monotonic() - response.seconds,
    )


def _unusable(response: Response, said: str) -> NotReached:
    return NotReached(Finding(Code.BAD_ANSWER, "pu", {"host": response.host, "said": said}))
