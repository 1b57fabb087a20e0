"""Why an exchange with Infor failed: the exceptions, and the failure that an unexpected response stands for."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Final
from urllib.parse import urljoin, urlsplit

from ionapi_tui.base.errors import Refused, Unreachable
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.transport_errors import proxy_for, proxy_name


class NotReached(Unreachable):
    """Nothing usable came back, or nothing was sent because the address may not be used."""

    def __init__(self, finding: Finding, *, wait: float | None = None) -> None:
        super().__init__(f"{finding.message} {finding.fix}")
        self.finding = finding
        """What went wrong, as the screens and ``--json`` show it."""
        self.wait = wait
        """Seconds the server asked to wait before the next attempt; None when it did not say."""


class TokenRefused(Refused):
    """The authorization server refused to issue a token."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.message} {finding.fix}")
        self.finding = finding
        """What went wrong, as the screens and ``--json`` show it."""


class RefreshRefused(Refused):
    """The authorization server refused a refresh token; the service account may still request a new token."""


_OAUTH: Final = {
    "invalid_client": Code.INVALID_CLIENT,
    "invalid_grant": Code.INVALID_GRANT,
    "unauthorized_client": Code.UNAUTHORIZED_CLIENT,
    "unsupported_grant_type": Code.UNAUTHORIZED_CLIENT,
    "invalid_scope": Code.INVALID_SCOPE,
}

_DESCRIPTIONS: Final = (
    (re.compile(r"account not authori[sz]ed", re.IGNORECASE), Code.INVALID_GRANT),
    (re.compile(r"username does not match request tenant", re.IGNORECASE), Code.WRONG_TENANT),
    (re.compile(r"service (is )?temporarily unavailable", re.IGNORECASE), Code.SERVER_ERROR),
)
"""Descriptions that live tenants were recorded to send, mostly with the catch-all ``invalid_request``."""

_EXPECTED_GRANT: Final = re.compile(r"expected one of[\s\[\"':]*([a-z][a-z_:.\-, ]{1,80})", re.IGNORECASE)
"""The end of the description of ``unsupported_grant_type``: what the Grant Type of the app is set to."""


def known_secrets(credentials: Credentials, token: Token | None = None) -> tuple[Secret, ...]:
    """Return what a server might echo and nobody may see: the secrets of ``credentials``, and those of ``token``."""
    pair = f"{credentials.client_id}:{credentials.client_secret.reveal()}"
    secrets = (
        credentials.client_secret,
        credentials.service_account_access_key,
        credentials.service_account_secret_key,
        Secret(b64encode(pair.encode()).decode()),
    )
    tokens = (token.access, token.refresh) if token is not None else ()
    return tuple(secret for secret in secrets + tokens if secret)


def transport_failure(response: Response, url: str, key: str, secrets: tuple[Secret, ...]) -> NotReached | None:
    """Return what a response says about the connection, whichever server it came from; None when it says nothing.

    Args:
        response: what came back.
        url: the address that was asked.
        key: the key of the file the address comes from.
        secrets: what must not be shown.
    """
    if response.is_redirect:
        return NotReached(Finding(Code.REDIRECTED, key, {"host": response.host, "target": _target(response, url)}))
    is_page = response.is_html and response.status in {200, 203, 403}
    if not is_page and response.status < 500 and response.status not in {407, 429}:
        return None
    said = response.said(secrets)
    if response.status == 407:
        return NotReached(
            Finding(Code.PROXY, key, {"proxy": proxy_name(proxy_for(url)), "host": response.host, "reason": said})
        )
    # 511 is the status made for captive portals; most of them use 200, and blocking proxies 403.
    if response.status == 511 or is_page:
        return NotReached(Finding(Code.NOT_A_GATEWAY, key, {"host": response.host, "said": said}))
    if response.status == 429 or (response.status == 503 and response.retry_after is not None):
        return rate_limited(response, key, said)
    return NotReached(Finding(Code.SERVER_ERROR, key, {"host": response.host, "said": said}))


def _target(response: Response, url: str) -> str:
    """Return scheme and host of a redirect's target; what follows them may hold secrets."""
    try:
        target = urlsplit(urljoin(url, response.headers.get("location", "")))
    except ValueError:
        return "?"
    return f"{target.scheme}://{target.hostname or '?'}"


def rate_limited(response: Response, key: str, said: str) -> NotReached:
    """Return the failure for a response that asks to come back later."""
    wait = response.retry_after
    if wait is None:
        words = _("not stated")
    elif wait < 120:
        words = n_("{n} second", "{n} seconds", round(wait))
    else:
        words = n_("{n} minute", "{n} minutes", round(wait / 60))
    return NotReached(Finding(Code.RATE_LIMITED, key, {"host": response.host, "wait": words, "said": said}), wait=wait)


def token_failure(response: Response, credentials: Credentials, sent: Token | None = None) -> NotReached | TokenRefused:
    """Return what a response of the authorization server without a token means.

    The standard error code decides. Infor uses ``invalid_request`` for many causes and does not document its
    descriptions: the few that were recorded are read after the code. An empty 401 can only be about the client.

    Args:
        response: what came back.
        credentials: whose token was requested.
        sent: the token whose refresh token was sent, if one was.
    """
    secrets = known_secrets(credentials, sent)
    # A page with status 200 may be a log-in page of the network or of a wrong address: the finding names both.
    if response.status != 200:
        failure = transport_failure(response, credentials.token_endpoint, "pu", secrets)
        if failure is not None:
            return failure
    said = response.said(secrets)
    code = _refusal_code(response)
    if code is Code.INVALID_CLIENT:
        return TokenRefused(Finding(code, "ci", {"client": credentials.client_id, "said": said}))
    if code is Code.INVALID_GRANT:
        return TokenRefused(Finding(code, "saak", {"said": said}))
    if code is Code.WRONG_TENANT:
        return TokenRefused(Finding(code, "saak", {"tenant": credentials.tenant, "said": said}))
    if code is Code.UNAUTHORIZED_CLIENT:
        expected = _EXPECTED_GRANT.search(response.error_description)
        if expected is None:
            return TokenRefused(Finding(code, "dt", {"said": said}))
        values = {"grant": expected[1].strip(" ,."), "said": said}
        return TokenRefused(Finding(code, "dt", values, variant="grant-type"))
    if code is Code.INVALID_SCOPE:
        scopes = ", ".join(credentials.scopes)
        return TokenRefused(
            Finding(code, "sc", {"scopes": scopes, "said": said}, variant="" if scopes else "no-scopes")
        )
    return NotReached(Finding(code, "pu", {"host": response.host, "said": said}))


def refuses_refresh(response: Response) -> bool:
    """Return whether the authorization server refused a refresh token, rather than the client or the request rate.

    Infor answers ``invalid_request`` to one that is over; the standard's code is ``invalid_grant``. Pages of a proxy
    are no refusal.
    """
    if not 400 <= response.status < 500 or response.status in {407, 408, 429}:
        return False
    return response.error_code != "invalid_client" and not (response.is_html and response.status == 403)


def _refusal_code(response: Response) -> Code:
    code = _OAUTH.get(response.error_code)
    if code in {None, Code.INVALID_GRANT}:
        # The code that comes with the tenant's description was not recorded.
        for description, meaning in _DESCRIPTIONS:
            if description.search(response.error_description):
                return meaning
    if code is None and response.status == 401:
        return Code.INVALID_CLIENT
    return code or Code.BAD_ANSWER
