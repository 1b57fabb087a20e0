"""WSGI middleware that lets faults strike the requests to the application."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from ionapi_tui.base.errors import UsageError
from ionapi_tui.practice.faults.active_faults import ActiveFault, ActiveFaults
from ionapi_tui.practice.faults.fault import Call, Surface, surface_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Practice-Fault"
"""Faults for one request, separated by semicolons."""


class FaultMiddleware:
    """A WSGI application that lets the faults that are on strike the requests to another one."""

    def __init__(
        self, app: WSGIApplication, faults: ActiveFaults, clock: Callable[[], float], stopped: threading.Event
    ) -> None:
        self._app = app
        self._faults = faults
        self._clock = clock
        self._stopped = stopped

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        surface = surface_of(request.path)
        if surface is Surface.PORTAL:
            return self._app(environ, start_response)
        wanted = request.headers.get(HEADER, "")
        try:
            faults = self._faults.striking(surface, [spec for spec in wanted.split(";") if spec])
        except UsageError as error:
            return Response(str(error), 400)(environ, start_response)
        response = self._answer(request, faults)
        response.headers.setdefault("Date", http_date(self._clock()))
        return response(environ, start_response)

    def _answer(self, request: Request, faults: list[ActiveFault]) -> Response:
        if not faults:
            return Response.from_app(self._app, request.environ)
        first, *others = faults
        call = Call(request, first.parameters, lambda: self._answer(request, others), self._clock(), self._stopped)
        return first.fault.effect(call)
