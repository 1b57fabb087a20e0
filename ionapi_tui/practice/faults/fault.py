"""A fault, and the parts of a tenant whose requests it strikes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from io import BytesIO
from threading import Event
from typing import Any

from werkzeug.wrappers import Request, Response

Value = str | int | float


class Surface(Flag):
    """A part of the practice tenant that a request may be for."""

    ROOT = auto()
    TOKEN = auto()
    REVOKE = auto()
    USERS = auto()
    IDM = auto()
    IMS = auto()
    M3 = auto()
    API = auto()
    """Any other address behind the gateway."""
    PORTAL = auto()
    """The pages for people; no fault strikes them, so that it can be switched off again."""

    GATEWAY = ROOT | USERS | IDM | IMS | M3 | API
    SUITES = USERS | IDM | IMS | M3 | API
    ALL = GATEWAY | TOKEN | REVOKE


_PARTS = {
    "/as/token.oauth2": Surface.TOKEN,
    "/connect/token": Surface.TOKEN,
    "/as/revoke_token.oauth2": Surface.REVOKE,
    "/connect/revocation": Surface.REVOKE,
    "/ifsservice/": Surface.USERS,
    "/IDM/": Surface.IDM,
    "/IONSERVICES/": Surface.IMS,
    "/M3/": Surface.M3,
}


def surface_of(path: str) -> Surface:
    """Return which part of the tenant the address ``path`` belongs to."""
    if path.startswith("/portal"):
        return Surface.PORTAL
    if path in {"", "/"}:
        return Surface.ROOT
    return next((surface for part, surface in _PARTS.items() if part in path), Surface.API)


@dataclass(frozen=True)
class Call:
    """One request that a fault has struck."""

    request: Request
    parameters: Mapping[str, Value]
    proceed: Callable[[], Response]
    """Gives the answer the request would have had."""
    now: float
    """The tenant's time."""
    stopped: Event
    """Set when the tenant stops, so that nothing waits longer than it."""

    def text(self, name: str) -> str:
        """Return a parameter as text."""
        return str(self.parameters[name])

    def number(self, name: str) -> float:
        """Return a parameter as a number."""
        return float(self.parameters[name])

    def sent(self, name: str) -> str:
        """Return a field of the form that was sent, and leave the form for the answer; empty when there is none."""
        body = self.request.get_data(cache=True)
        self.request.environ["wsgi.input"] = BytesIO(body)
        return self.request.form.get(name, "")

    @property
    def on_premises(self) -> bool:
        """Whether the request is for the on-premises authorization server."""
        return self.request.path.startswith("/InforIntSTS/")


Effect = Callable[[Call], Response]
Change = Callable[[Any, Call], None]
"""Changes the parsed JSON of an answer in place."""


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong."""

    name: str
    """The code of the finding it leads to, where there is one of that name."""
    strikes: Surface
    summary: str
    """What happens, in a sentence for people."""
    effect: Effect
    parameters: Mapping[str, Value] = field(default_factory=dict)
    """What can be adjusted, with its default; a given value has to be of the default's type."""
