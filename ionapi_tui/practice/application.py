"""The web application: authorization server, gateway and portal under one roof."""

from __future__ import annotations

from flask import Flask, Response, request

from ionapi_tui.practice.authorization import PracticeAuthorizationServer, authorization_routes
from ionapi_tui.practice.gateway import Gateway, bad_request
from ionapi_tui.practice.state import State
from ionapi_tui.practice.suites import Suite
from ionapi_tui.practice.suites.idm import idm
from ionapi_tui.practice.suites.ion import ion
from ionapi_tui.practice.suites.users import social, users

_ANSWERS = {Suite.IFS.path: users, Suite.IDM.path: idm, Suite.ION.path: ion, Suite.MINGLE.path: social}


def create_application(state: State) -> Flask:
    """Return the application over ``state``."""
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(authorization_routes(PracticeAuthorizationServer(app, state)))
    app.register_blueprint(Gateway(state, _ANSWERS).routes())

    @app.get("/")
    def root() -> Response:
        return bad_request()

    @app.before_request
    def loopback_names_only() -> Response | None:
        # A page on the internet that names this machine (DNS rebinding) is to read nothing here.
        host = request.host.rpartition(":")[0] or request.host
        return None if host in {"127.0.0.1", "localhost"} else bad_request()

    return app
