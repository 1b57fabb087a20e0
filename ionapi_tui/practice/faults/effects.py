"""The effects of faults, for the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.http import http_date
from werkzeug.wrappers import Response

from ionapi_tui.practice.faults.fault import Call, Change, Effect

TOKEN_FORM = "practice.token_form"
"""Where the WSGI environment says ``jwt`` or ``opaque``."""

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


def token_form(form: str) -> Effect:
    """Let the authorization server make access tokens of this form."""

    def effect(call: Call) -> Response:
        call.request.environ[TOKEN_FORM] = form
        return call.proceed()

    return effect


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
