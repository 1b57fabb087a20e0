"""A server that plays back what live tenants were recorded to answer.

It is written for the table in ``recorded_cases`` alone and has no part of the practice tenant, so that the two cannot
be wrong in the same way.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, NamedTuple, Self
from urllib.parse import parse_qs

from tests.samples import MARKER, random_text, sample
from tests.tokens import jwt

TENANT: Final = "ACME_TST"
USER_ID: Final = "6f1c2d7e-0b1a-4f6e-9a54-1f0a3c5d7e91"


class Answer(NamedTuple):
    """A response: its status, its body, and its headers besides those that every one has."""

    status: int
    body: Any
    """JSON, or text as it is."""
    headers: Mapping[str, str] = {}


def group(name: str, kind: str = "Security Role") -> dict[str, str]:
    """Return a group of a user as the user API lists it."""
    return {"display": name, "value": str(uuid.uuid4()).upper(), "type": kind}


def user_answer(*groups: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Return a complete response of the user API, with the keys of the recorded one."""
    user = {
        "id": USER_ID,
        "userName": "docbits.service@acme.example",
        "name": {"familyName": "Service", "givenName": "DocBits"},
        "displayName": "DocBits Service",
        "emails": [{"value": "docbits.service@acme.example", "type": "work", "primary": True}],
        "title": "",
        "preferredLanguage": "en-US",
        "locale": "en-US",
        "timezone": "Europe/Berlin",
        "active": True,
        "ifsPersonId": USER_ID,
        "userAlias": "docbits.service",
        "upn": "docbits.service@acme.example",
        "emailVerified": True,
        "groups": list(groups or GROUPS),
        "lastLogon": "2025-11-20T08:00:00Z",
        "profilePicture": {"cdnPath": ""},
        "isServiceUser": True,
        "joinDate": "2025-01-02T03:04:05Z",
    }
    return {"response": {"userlist": [user | changes]}, "responsestatus": "success", "errorlist": []}


GROUPS: Final = (
    group("IDM-AdvancedUser"),
    group("Infor-SuiteUser"),
    group("MingleEnterprise"),
    group("Everyone in Finance", "Distribution Group"),
)

LIFETIME: Final = 7200


@dataclass
class RecordedTenant:
    """A tenant of the cloud that answers as recorded, and otherwise as it is told."""

    claims: dict[str, Any] = field(default_factory=dict)
    """Claims that differ from those of a good token; None leaves one out."""
    opaque: bool = False
    """Whether tokens are 32 hexadecimal digits, as on premises."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What else is answered: ``password``, ``refresh_token``, or the end of a path."""
    date: bool = True
    """Whether the gateway sends ``Date``."""
    expires_in: int = LIFETIME
    seen: list[str] = field(default_factory=list)
    """What was asked for: the grant types, and the ends of the paths."""

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._respond))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        pu = f"{self.url}/{TENANT}/as/"
        self.document = sample(tenant=TENANT, iu=self.url, pu=pu)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _respond(self, method: str, path: str, form: Mapping[str, str], token: str) -> tuple[Answer, bool]:
        """Return the answer and whether it has a ``Date``."""
        if path.endswith("/token.oauth2") and method == "POST":
            grant = form.get("grant_type", "")
            self.seen.append(grant)
            return self.answers.get(grant) or self._token(grant), True
        if path.endswith("/revoke_token.oauth2"):
            self.seen.append("revoke")
            return Answer(200, ""), True
        place = path.removeprefix(f"/{TENANT}/")
        self.seen.append(place)
        return self.answers.get(place) or self._suite(place, token), self.date

    def _token(self, grant: str) -> Answer:
        body = {
            "access_token": random_text(8).encode().hex() * 2 if self.opaque else self._access_token(),
            "token_type": "Bearer",
            "expires_in": self.expires_in,
        }
        # The answer to a refresh carries no refresh token.
        if grant == "password":
            body["refresh_token"] = MARKER + random_text(30)
        return Answer(200, body)

    def _access_token(self) -> str:
        now = int(time.time())
        claims = {
            "ServiceAccount": self.document["saak"],
            "Tenant": TENANT,
            "Identity2": USER_ID,
            "EnforceScopesForClient": "0",
            "grant_id": str(uuid.uuid4()),
            "InforSTSIssuedType": "AS",
            "client_id": self.document["ci"],
            "jti": str(uuid.uuid4()),
            "iat": now,
            "nbf": now,
            "exp": now + self.expires_in,
            "iss": self.url,
            "aud": self.url,
        } | self.claims
        return jwt({name: value for name, value in claims.items() if value is not None}).reveal()

    def _suite(self, place: str, token: str) -> Answer:
        if not token:
            return Answer(400, {"error": "Bad Request"}) if place in {"", "/"} else UNAUTHORIZED
        known = {
            "ifsservice/usermgt/v2/users/me": Answer(200, user_answer()),
            "IDM/api/datamodel/entities": Answer(200, {"entities": {"entity": []}}),
            "IONSERVICES/api/ion/messaging/service/ping": Answer(200, {"status": "OK"}),
            "IONSERVICES/connect/model/v1/connectionpoints": FORBIDDEN,
        }
        return known.get(place, Answer(404, ""))


UNAUTHORIZED: Final = Answer(401, {"error": "Unauthorized"})
FORBIDDEN: Final = Answer(403, {"error": "Forbidden"})

_Respond = Callable[[str, str, Mapping[str, str], str], tuple[Answer, bool]]


def _handler(respond: _Respond) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: Mapping[str, str]) -> None:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            answer, dated = respond(self.command, self.path.partition("?")[0], form, token)
            text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            self.send_response_only(answer.status)
            if dated and "Date" not in answer.headers:
                self.send_header("Date", self.date_time_string())
            self.send_header("Content-Type", "application/json" if text.startswith(("{", "[")) else "text/html")
            self.send_header("Content-Length", str(len(text.encode())))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Keep quiet."""

    return Handler
