"""What an unfriendly answer means: pure, from an answer to a failure that carries its finding."""

from __future__ import annotations

from base64 import b64encode
from typing import Final
from urllib.parse import urljoin, urlsplit

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.failures import NotReached, TokenRefused
from ionapi_tui.gateway.responses import Answer
from ionapi_tui.gateway.transport_errors import named, proxy_for

_OAUTH: Final = {
    "invalid_client": Code.INVALID_CLIENT,
    "invalid_grant": Code.INVALID_GRANT,
    "unauthorized_client": Code.UNAUTHORIZED_CLIENT,
    "unsupported_grant_type": Code.UNAUTHORIZED_CLIENT,
    "invalid_scope": Code.INVALID_SCOPE,
}


def known_secrets(credentials: Credentials) -> tuple[Secret, ...]:
    """Return what a server might echo and nobody may see."""
    pair = f"{credentials.client_id}:{credentials.client_secret.reveal()}"
    secrets = (
        credentials.client_secret,
        credentials.service_account_access_key,
        credentials.service_account_secret_key,
        Secret(b64encode(pair.encode()).decode()),
    )
    return tuple(secret for secret in secrets if secret)


def of_the_way(answer: Answer, url: str, key: str, secrets: tuple[Secret, ...]) -> NotReached | None:
    """Return what any server's answer says about the way to Infor; None when it is Infor's to interpret.

    Args:
        answer: what came back.
        url: the address that was asked.
        key: the key of the file the address comes from.
        secrets: what must not be shown.
    """
    if answer.is_redirect:
        return NotReached(Finding(Code.REDIRECTED, key, {"host": answer.host, "target": _target(answer, url)}))
    is_page = answer.is_html and answer.status in {200, 203, 403}
    if not is_page and answer.status < 500 and answer.status not in {407, 429}:
        return None
    said = answer.said(secrets)
    if answer.status == 407:
        return NotReached(
            Finding(Code.PROXY, key, {"proxy": named(proxy_for(url)), "host": answer.host, "reason": said})
        )
    # 511 is the status made for captive portals; most of them use 200, and blocking proxies 403.
    if answer.status == 511 or is_page:
        return NotReached(Finding(Code.NOT_A_GATEWAY, key, {"host": answer.host, "said": said}))
    if answer.status == 429 or (answer.status == 503 and answer.retry_after is not None):
        return rate_limited(answer, key, said)
    return NotReached(Finding(Code.SERVER_ERROR, key, {"host": answer.host, "said": said}))


def _target(answer: Answer, url: str) -> str:
    """Return scheme and host of a redirect's target; what follows them may hold secrets."""
    try:
        target = urlsplit(urljoin(url, answer.headers.get("location", "")))
    except ValueError:
        return "?"
    return f"{target.scheme}://{target.hostname or '?'}"


def rate_limited(answer: Answer, key: str, said: str) -> NotReached:
    """Return the failure for an answer that asks to come back later."""
    wait = answer.retry_after
    if wait is None:
        words = _("it does not say how long")
    elif wait < 120:
        words = n_("{n} second", "{n} seconds", round(wait))
    else:
        words = n_("{n} minute", "{n} minutes", round(wait / 60))
    return NotReached(Finding(Code.RATE_LIMITED, key, {"host": answer.host, "wait": words, "said": said}), wait=wait)


def of_the_token(answer: Answer, credentials: Credentials) -> NotReached | TokenRefused:
    """Return what an answer of the authorization server without a token means.

    Only the standard error codes are read; Infor does not document its wording, and an empty 401 can only be about
    the client.
    """
    secrets = known_secrets(credentials)
    # A page with status 200 may be a log-in page of the network or of a wrong address: the finding names both.
    way = of_the_way(answer, credentials.token_endpoint, "pu", secrets) if answer.status != 200 else None
    if way is not None:
        return way
    error = (answer.document() or {}).get("error")
    said = answer.said(secrets)
    code = _OAUTH.get(error.lower()) if isinstance(error, str) else None
    if code is None and answer.status == 401:
        code = Code.INVALID_CLIENT
    if code is Code.INVALID_CLIENT:
        return TokenRefused(Finding(code, "ci", {"client": credentials.client_id, "said": said}))
    if code is Code.INVALID_GRANT:
        return TokenRefused(Finding(code, "saak", {"said": said}))
    if code is Code.UNAUTHORIZED_CLIENT:
        return TokenRefused(Finding(code, "dt", {"said": said}))
    if code is Code.INVALID_SCOPE:
        scopes = ", ".join(credentials.scopes) or _("none")
        return TokenRefused(Finding(code, "sc", {"scopes": scopes, "said": said}))
    return NotReached(Finding(Code.BAD_ANSWER, "pu", {"host": answer.host, "said": said}))
