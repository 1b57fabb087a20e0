"""The API Gateway: it checks the token and passes the request on to a suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request

from ionapi_tui.practice.journal import note_client
from ionapi_tui.practice.names import SUITES, Suite
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.people import Tenant, User


@dataclass(frozen=True)
class Caller:
    """Who a request is from, as the gateway tells the suite."""

    tenant: Tenant
    client_id: str
    user: User | None
    """None when the service account has no user: the gateway then sends no identity."""


Endpoint = Callable[[str, Caller], Response]
"""Returns a suite's response to the path behind its name."""


class Gateway:
    """Checks tokens and passes requests on to the suites."""

    def __init__(self, state: State, endpoints: Mapping[Suite, Endpoint]) -> None:
        self._state = state
        self._endpoints = endpoints

    def routes(self) -> Blueprint:
        """Return the gateway's addresses."""
        routes = Blueprint("gateway", __name__)
        methods = ["GET", "POST", "PUT", "DELETE"]
        routes.add_url_rule("/<path:path>", "api", self.api, methods=methods)
        return routes

    def api(self, path: str) -> Response:
        """Answer a request below the gateway's root."""
        if path.startswith(_DIRECTORY):
            return self._directory(path.removeprefix(_DIRECTORY))
        tenant, _, rest = path.partition("/")
        name, _, below = rest.partition("/")
        if tenant in SUITES:
            return bad_request()
        token = self._state.tokens.access(_bearer())
        if token is None or token.tenant != tenant:
            return refused(401, "Unauthorized")
        note_client(request.environ, token.client_id)
        suite = SUITES.get(name)
        app = self._state.apps.get(token.client_id)
        found = self._state.tenants.get(tenant)
        if app is None or found is None:
            return refused(401, "Unauthorized")
        if suite is None or (suite is Suite.IDM and not found.has_idm):
            return refused(404, "Not Found")
        if app.form.enforce_scopes and suite.scope not in token.scope.split():
            # The status is documented, the body inferred from the other answers of the gateway.
            return refused(403, "Forbidden")
        endpoint = self._endpoints.get(suite)
        if endpoint is None:
            return refused(404, "Not Found")
        account = self._state.accounts.get(token.account_id)
        user = self._state.people.get(account.user_id) if account and account.user_id else None
        return endpoint(below, Caller(found, token.client_id, user))

    def _directory(self, path: str) -> Response:
        """Answer a request to the directory of APIs, in whose addresses the tenant does not come first."""
        tenant, _, what = path.partition("/")
        token = self._state.tokens.access(_bearer())
        if token is None or token.tenant != tenant:
            return refused(401, "Unauthorized")
        # The body is unknown.
        return jsonify(version="practice") if what == "version" else refused(404, "Not Found")


_DIRECTORY = "ionapi/metadata/v1/"


def bad_request() -> Response:
    """Return what a healthy gateway says when the tenant is missing in the address."""
    return refused(400, "Bad Request")


def refused(status: int, error: str) -> Response:
    """Return a refusal in the gateway's own shape."""
    response = jsonify(error=error)
    response.status_code = status
    return response


def _bearer() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
