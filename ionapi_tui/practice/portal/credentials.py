"""The dialog Download Credentials."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from ionapi_tui.base.language import _
from ionapi_tui.practice.document import as_file, ionapi_document
from ionapi_tui.practice.names import SCOPES, SEES_APPS, AppType, GrantType
from ionapi_tui.practice.portal.apps import as_download
from ionapi_tui.practice.portal.visitor import needs
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.accounts import Keys
from ionapi_tui.practice.state.apps import App


class CredentialPages:
    """From an app to its ``.ionapi`` file."""

    def __init__(self, state: State) -> None:
        self.state = state

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/ion-api/apps/<client_id>/credentials", "credentials", self.dialog)
        portal.add_url_rule(
            "/ion-api/apps/<client_id>/credentials", "download_credentials", self.download, methods=["POST"]
        )

    @needs(SEES_APPS)
    def dialog(self, client_id: str) -> Response:
        """Show the dialog."""
        return self._dialog(self._app(client_id))

    @needs(SEES_APPS)
    def download(self, client_id: str) -> Response:
        """Hand out the file, with the keys of a new service account when the switch is on."""
        app = self._app(client_id)
        keys: Keys | None = None
        if "create_service_account" in request.form and _offers_account(app):
            wanted = request.form.get("user", "").strip()
            user = self.state.people.named(wanted) if wanted else None
            if wanted and user is None:
                return self._dialog(app, _("There is no user “{name}”.").format(name=wanted))
            scopes = tuple(scope for scope in app.form.scopes if scope in request.form.getlist("scopes"))
            # A blank user box is allowed: the account then acts for nobody.
            keys = self.state.accounts.add(app.tenant, app.name, user.id if user else None, scopes)
        tenant = self.state.tenants.get(app.tenant)
        assert tenant is not None
        document = ionapi_document(app, tenant.family, request.host_url.rstrip("/"), keys)
        return as_download(make_response(as_file(document)), f"{app.name}.ionapi")

    def _dialog(self, app: App, error: str = "") -> Response:
        page = render_template(
            "credentials.html",
            app=app,
            people=[user for user in self.state.people.all() if user.enabled],
            offers_account=_offers_account(app),
            all_scopes=[scope for scope in SCOPES if scope in app.form.scopes],
            given=request.form,
            error=error,
        )
        return make_response(page, 422 if error else 200)

    def _app(self, client_id: str) -> App:
        return self.state.apps.get(client_id) or abort(404)


def _offers_account(app: App) -> bool:
    # Inferred: files of the other types carry no service account, so the switch is not offered for them.
    return app.form.type is AppType.BACKEND and app.form.grant_type is GrantType.PASSWORD
