"""The portal: server-rendered pages for people, usable with a keyboard and without JavaScript."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from ionapi_tui.base.language import _, current
from ionapi_tui.practice.faults import ActiveFaults
from ionapi_tui.practice.names import MANAGES_APPS, MANAGES_USERS, SEES_APPS
from ionapi_tui.practice.portal.apps import AppPages, CredentialPages
from ionapi_tui.practice.portal.security import AccountPages, PeoplePages
from ionapi_tui.practice.portal.sign_in import SignInPages, visitor
from ionapi_tui.practice.portal.simulation import SimulationPages
from ionapi_tui.practice.state import State

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def portal_routes(state: State, tenant: str, faults: ActiveFaults) -> Blueprint:
    """Return the pages of the portal of ``tenant``."""
    portal = Blueprint("portal", __name__, "static", "/static", "templates", "/portal")
    pages = (
        SignInPages(state),
        AppPages(state, tenant),
        CredentialPages(state),
        PeoplePages(state),
        AccountPages(state, tenant),
        SimulationPages(state, faults),
    )
    for page in pages:
        page.add_to(portal)

    @portal.get("/")
    def home() -> AnyResponse:
        return redirect(url_for("portal.menu" if visitor(state) else "portal.login"))

    @portal.context_processor
    def known_to_every_page() -> dict[str, object]:
        user = visitor(state)
        return {
            "_": _,
            "language": current(),
            "tenant": tenant,
            "user": user,
            "sees_apps": bool(user and user.may(SEES_APPS)),
            "manages_apps": bool(user and user.may(MANAGES_APPS)),
            "manages_users": bool(user and user.may(MANAGES_USERS)),
            "faults_on": len(faults.active),
        }

    @portal.after_request
    def private_and_plain(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY
        if response.mimetype != "text/css":
            response.headers["Cache-Control"] = "no-store"
        if response.direct_passthrough:
            # A file. Werkzeug's server would leave it open when the browser hangs up at a bad moment.
            response.direct_passthrough = False
            content = response.get_data()
            response.close()
            response.set_data(content)
        return response

    return portal
