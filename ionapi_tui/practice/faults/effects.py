"""The effects of faults, for the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.http import http_date
from werkzeug.wrappers import Response

from ionapi_tui.practice.error_bodies import UNKNOWN_CLIENT
from ionapi_tui.practice.faults.fault import Call, Change, Effect, Surface, surface_of

OPAQUE_TOKEN = "practice.opaque_token"
"""Is set in the WSGI environment where the cloud is to issue an opaque token."""
SCOPES_ENFORCED = "practice.scopes_enforced"
"""Is set in the WSGI environment where the token is to state that scopes are enforced."""

_CHUNK = b'"' + b"x" * 65_534 + b'"'


def says(status: int, document: object, **headers: str) -> Effect:
    """Answer ``document`` as JSON; the parameter ``status`` wins over the argument."""

    def effect(call: Call) -> Response:
        return _json(int(call.parameters.get("status", status)), document, headers)

    return effect


def oauth_error(code: str, description: str, status: int = 400) -> Effect:
    """Answer an error of RFC 6749; on premises with status 400 and without a description (inferred)."""

    def effect(call: Call) -> Response:
        if call.on_premises:
            return _json(400, {"error": code})
        return _json(status, {"error": code, "error_description": description})

    return effect


def refuse_refresh(description: str) -> Effect:
    """Refuse a refresh token as the cloud does, with ``description``; on premises with the standard's code."""

    def effect(call: Call) -> Response:
        if call.sent("grant_type") != "refresh_token":
            return call.proceed()
        if call.on_premises:
            return _json(400, {"error": "invalid_grant"})
        return _json(400, {"error": "invalid_request", "error_description": description})

    return effect


def refuse_grant(call: Call) -> Response:
    """Refuse the grant because the app is set to the parameter ``grant``."""
    if call.on_premises:
        return _json(400, {"error": "unauthorized_client"})
    description = f"Unsupported grant type {call.sent('grant_type')}. Expected one of {call.text('grant')}"
    return _json(400, {"error": "unsupported_grant_type", "error_description": description})


def no_connection_point(call: Call) -> Response:
    """Take the connection points away: messages are refused, the list is of others, and a ping proves nothing."""
    if call.request.path.endswith("/acceptedDocuments"):
        response = call.proceed()
        return _json(200, UNKNOWN_CLIENT) if response.status_code == 200 else response
    if call.request.path.endswith("/connectionpoints"):
        return edits(_without_client)(call)
    return call.proceed()


def _without_client(document: Any, _: Call) -> None:
    for point in document:
        point["name"] = "Another_Application"
        point["properties"]["clientId"] = f"{point['properties']['clientId'].partition('~')[0]}~another"


def scope_missing(call: Call) -> Response:
    """State in the token that scopes are enforced, and refuse everything else as the gateway does."""
    if surface_of(call.request.path) is Surface.TOKEN:
        call.request.environ[SCOPES_ENFORCED] = True
        return call.proceed()
    return _json(403, {"error": "Forbidden"})


def page(body: str, status: int = 200) -> Effect:
    """Answer an HTML page; the parameter ``status`` wins over the argument."""

    def effect(call: Call) -> Response:
        return Response(body, int(call.parameters.get("status", status)), mimetype="text/html")

    return effect


def wrong_kind(kinds: Mapping[str, tuple[str, str]]) -> Effect:
    """Answer with status 200 what the parameter ``kind`` names: a content type and a body."""

    def effect(call: Call) -> Response:
        content_type, body = kinds[call.text("kind")]
        return Response(body, 200, content_type=content_type)

    return effect


def unavailable(call: Call) -> Response:
    """Answer an error page of the parameter ``status``, with ``retry-after`` when it is given."""
    response = Response("<html><body><h1>Error</h1></body></html>", int(call.number("status")), mimetype="text/html")
    return _with_retry_after(response, call)


def rate_limited(call: Call) -> Response:
    """Answer 429 with the parameter ``retry-after``: seconds, ``date`` (an HTTP date 2 s ahead), or ``none``."""
    return _with_retry_after(_json(429, {"error": "Too Many Requests"}), call)


def redirect(call: Call) -> Response:
    """Send the request to the address ``to``."""
    return Response("", int(call.number("status")), headers={"Location": call.text("to")})


def refuse_proxy(_call: Call) -> Response:
    """Ask for a user name and password as a proxy does."""
    return Response("", 407, headers={"Proxy-Authenticate": 'Basic realm="Practice proxy"'})


def edits(change: Change) -> Effect:
    """Let ``change`` work on the JSON of a good answer; other answers pass unchanged."""

    def effect(call: Call) -> Response:
        response = call.proceed()
        if response.status_code == 200 and response.is_json:
            document = json.loads(response.get_data())
            change(document, call)
            response.set_data(json.dumps(document))
        return response

    return effect


def expires_in(document: Any, call: Call) -> None:
    """Set ``expires_in`` to the parameter ``value``: JSON, or else text; ``missing`` leaves it out."""
    value = call.text("value")
    if value == "missing":
        document.pop("expires_in", None)
        return
    try:
        document["expires_in"] = json.loads(value)
    except ValueError:
        document["expires_in"] = value


def without(key: str) -> Change:
    """Leave ``key`` out."""

    def change(document: Any, _: Call) -> None:
        document.pop(key, None)

    return change


def without_role(document: Any, call: Call) -> None:
    """Leave the security role ``role`` out of users/me; ``all`` leaves no group at all."""
    role = call.text("role")
    for user in document.get("response", {}).get("userlist", []):
        user["groups"] = [group for group in user["groups"] if role not in {"all", group["display"]}]


def inactive(document: Any, _: Call) -> None:
    """Say of the user in users/me that it is not active."""
    for user in document.get("response", {}).get("userlist", []):
        user["active"] = False


def with_portal_role(document: Any, _: Call) -> None:
    """Let the newer portal's role stand in for the older one in users/me."""
    for user in document.get("response", {}).get("userlist", []):
        for group in user["groups"]:
            if group["display"] == "Infor-SuiteUser":
                group["display"] = "PORTAL-User"


def as_distribution_group(document: Any, call: Call) -> None:
    """List a distribution group with the name of the role ``role`` instead of the role in users/me."""
    for user in document.get("response", {}).get("userlist", []):
        for group in user["groups"]:
            if group["display"] == call.text("role"):
                group["type"] = "Distribution Group"


def skewed(call: Call) -> Response:
    """Answer with a ``Date`` that is ``seconds`` off (positive: Infor's clock is ahead)."""
    response = call.proceed()
    response.headers["Date"] = http_date(call.now + call.number("seconds"))
    return response


def late(call: Call) -> Response:
    """Wait ``seconds`` before the answer."""
    call.stopped.wait(call.number("seconds"))
    return call.proceed()


def drip(call: Call) -> Response:
    """Send the answer byte by byte, one each ``seconds``."""
    response = call.proceed()
    body = response.get_data()

    def bytes_one_by_one() -> Iterator[bytes]:
        for byte in body:
            call.stopped.wait(call.number("seconds"))
            if call.stopped.is_set():
                return
            yield bytes([byte])

    response.response = bytes_one_by_one()
    response.content_length = len(body)
    return response


def huge(call: Call) -> Response:
    """Answer a JSON list of ``megabytes``."""
    chunks = int(call.number("megabytes") * 1_048_576 / len(_CHUNK))

    def body() -> Iterator[bytes]:
        yield b"["
        for _ in range(chunks):
            if call.stopped.is_set():
                return
            yield _CHUNK + b","
        yield b'""]'

    return Response(body(), 200, mimetype="application/json")


def cut(call: Call) -> Response:
    """Announce the whole answer, send half of it and hang up."""
    response = call.proceed()
    body = response.get_data()
    response.response = iter([body[: len(body) // 2]])
    response.content_length = len(body)
    return response


def echo(call: Call) -> Response:
    """Answer an error that repeats the request, secrets included, as badly written servers do."""
    sent = call.request.get_data(as_text=True)
    sent += f" {call.request.headers.get('Authorization', '')}"
    fields = " ".join(f"{name}={value}" for name, value in call.request.form.items(multi=True))
    return _json(400, {"error": "invalid_request", "error_description": f"Cannot handle {sent} {fields}"})


def opaque_token(call: Call) -> Response:
    """Let the cloud issue an access token that says nothing."""
    call.request.environ[OPAQUE_TOKEN] = True
    return call.proceed()


def _json(status: int, document: object, headers: Mapping[str, str] | None = None) -> Response:
    response = Response(json.dumps(document), status, mimetype="application/json")
    response.headers.update({name.replace("_", "-").title(): value for name, value in (headers or {}).items()})
    return response


def _with_retry_after(response: Response, call: Call) -> Response:
    value = call.text("retry-after")
    if value == "date":
        value = http_date(call.now + 2)
    if value != "none":
        response.headers["Retry-After"] = value
    return response
