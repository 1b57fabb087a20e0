"""The web application: authorization server, gateway and portal under one roof."""

from __future__ import annotations

import secrets

from flask import Flask, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ionapi_tui.practice.authorization import PracticeAuthorizationServer, authorization_routes
from ionapi_tui.practice.faults import ActiveFaults
from ionapi_tui.practice.gateway import Gateway, bad_request
from ionapi_tui.practice.names import Suite
from ionapi_tui.practice.portal import portal_routes
from ionapi_tui.practice.state import State
from ionapi_tui.practice.suites import idm, ion, users

_ENDPOINTS = {Suite.IFS: users, Suite.IDM: idm, Suite.ION: ion}
"""The suites that answer; the others are only listed in the portal."""


def create_application(state: State, tenant: str, faults: ActiveFaults) -> Flask:
    """Return the application over ``state``, with the portal of ``tenant`` and the switches of ``faults``."""
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
