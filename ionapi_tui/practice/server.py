"""A practice tenant: authorization server, gateway and portal as one web application on a real socket."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from flask import Flask, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ionapi_tui.practice.authorization import PracticeAuthorizationServer, authorization_routes
from ionapi_tui.practice.faults import ActiveFaults
from ionapi_tui.practice.faults.middleware import FaultMiddleware
from ionapi_tui.practice.gateway import Gateway, bad_request
from ionapi_tui.practice.ionapi_files import variant_document
from ionapi_tui.practice.journal import Journal
from ionapi_tui.practice.listener import LOOPBACK, Listener, TlsVariant, server_context
from ionapi_tui.practice.names import Suite
from ionapi_tui.practice.portal import portal_routes
from ionapi_tui.practice.seed import seed
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.tokens import Budgets
from ionapi_tui.practice.suites import idm, ion, m3, users

TENANT = "PRACTICE_TST"
"""The tenant of the portal, unless another one is wanted."""

_ENDPOINTS = {Suite.IFS: users, Suite.IDM: idm, Suite.ION: ion, Suite.M3: m3}
"""The suites that answer; the others are only listed in the portal."""


def create_application(state: State, tenant: str, faults: ActiveFaults) -> Flask:
    """Return the application over ``state``, with the portal of ``tenant`` and with ``faults``."""
    app = Flask(__name__, static_folder=None)
    # Sessions need not outlive the process.
    app.secret_key = secrets.token_bytes(32)
    app.config.update(SESSION_COOKIE_NAME="practice", SESSION_COOKIE_SAMESITE="Lax", MAX_CONTENT_LENGTH=1_048_576)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.register_blueprint(portal_routes(state, tenant, faults))
    app.register_blueprint(authorization_routes(PracticeAuthorizationServer(app, state)))
    app.register_blueprint(Gateway(state, _ENDPOINTS).routes())

    @app.get("/")
    def root() -> AnyResponse:
        # Programs get what a healthy gateway says; a person's browser, which asks for HTML, gets the portal.
        wants_page = "text/html" in request.headers.get("Accept", "")
        return redirect(url_for("portal.home")) if wants_page else bad_request()

    @app.before_request
    def loopback_names_only() -> Response | None:
        # A page on the internet that names this machine (DNS rebinding) is to read nothing here.
        host = request.host.rpartition(":")[0] or request.host
        return None if host in {"127.0.0.1", "localhost"} else bad_request()

    return app


class PracticeTenant:
    """A simulated Infor that responds within the ``with`` block.

    Args:
        port: the port on 127.0.0.1; 0 takes a free one.
        home: the folder of its memory; None for a temporary one that is removed at the end.
        tls: https with a certificate of a private authority, good or bad; None for http.
        budgets: what may be used of what Infor meters; None for the documented numbers.
        clock: the tenant's time, in seconds since 1970.
        tenant: the name of the tenant.
        secret_marker: text inside every secret it makes, so that tests can search for leaks.

    Raises:
        UsageError: the port is taken.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        home: Path | None = None,
        tls: TlsVariant | None = None,
        budgets: Budgets | None = None,
        clock: Callable[[], float] = time.time,
        tenant: str = TENANT,
        secret_marker: str = "",
    ) -> None:
        self.tenant = tenant
        self.faults = ActiveFaults()
        """What goes wrong."""
        self.requests = Journal()
        """What was asked."""
        self._stopped = threading.Event()
        with ExitStack() as opened:
            self.home = home or Path(opened.enter_context(TemporaryDirectory(prefix="ionapi-tui-practice-")))
            "The folder for its data."
            self.state = State(self.home, marker=secret_marker, budgets=budgets, clock=clock)
            """What it remembers, for tests that change it behind the portal's back."""
            opened.callback(self.state.close)
            seed(self.state, tenant)
            self.ca_pem: Path | None = self.home / "authority.pem" if tls else None
            """The certificate of the authority to trust; None without TLS."""
            self._listener = self._bound(port, tls)
            self._opened = opened.pop_all()
        self.url = f"{'https' if tls else 'http'}://{LOOPBACK}:{self._listener.port}"
        """Where it answers, without a slash at the end."""

    def ionapi(self, variant: str = "good") -> dict[str, Any]:
        """Return the ``.ionapi`` document of a seeded app; every call makes another service account.

        Raises:
            UsageError: there is no such variant (``ionapi_files.VARIANTS`` lists them).
        """
        return variant_document(self.state, self.url, self.tenant, variant)

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._listener.stop()
        self._opened.close()

    def _bound(self, port: int, tls: TlsVariant | None) -> Listener:
        application = create_application(self.state, self.tenant, self.faults)
        with_faults = FaultMiddleware(application.wsgi_app, self.faults, self.state.clock, self._stopped)
        context = server_context(tls, self.ca_pem) if tls and self.ca_pem else None
        return Listener(self.requests.watching(with_faults), port, context)
