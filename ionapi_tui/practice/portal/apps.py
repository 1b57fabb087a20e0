"""API Gateway: the list of authorized apps, one app, and its dialog Download Credentials."""

from __future__ import annotations

import json
import secrets
from urllib.parse import quote

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ionapi_tui.base.language import N_, _
from ionapi_tui.practice.ionapi_files import as_file, ionapi_document
from ionapi_tui.practice.names import MANAGES_APPS, SCOPES, SEES_APPS, SUITES, AppType, GrantType
from ionapi_tui.practice.portal.app_form import UNITS, AppInput
from ionapi_tui.practice.portal.sign_in import needs
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.apps import App, Keys

FILE = "file"
"""Where the session keeps the name of a file that the browser is about to save."""

_ONCE = N_(
    "The keys of its service account cannot be downloaded again. Another download creates another service account: "
    "disable the one that you no longer need under OS > Security > Manage > Service Accounts."
)

_CHOICES = {"types": list(AppType), "grant_types": list(GrantType), "all_scopes": SCOPES, "units": list(UNITS)}


class AppPages:
    """Authorized Apps."""

    def __init__(self, state: State, tenant: str) -> None:
        self.state = state
        self._tenant = tenant

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/ion-api", "ion_api", self.available)
        portal.add_url_rule("/ion-api/apps", "apps", self.apps)
        portal.add_url_rule("/ion-api/apps/new", "new_app", self.new, methods=["GET", "POST"])
        portal.add_url_rule("/ion-api/apps/<client_id>", "app", self.app, methods=["GET"])
        portal.add_url_rule("/ion-api/apps/<client_id>", "save_app", self.save, methods=["POST"])
        portal.add_url_rule("/ion-api/apps/<client_id>/delete", "delete_app", self.delete, methods=["POST"])
        portal.add_url_rule("/ion-api/apps/<client_id>/key-pair", "key_pair", self.key_pair, methods=["POST"])

    @needs(SEES_APPS)
    def available(self) -> Response:
        """List the suites behind the gateway."""
        return make_response(render_template("available.html", suites=SUITES.values()))

    @needs(SEES_APPS)
    def apps(self) -> Response:
        """List the authorized apps."""
        return make_response(render_template("apps.html", apps=self.state.apps.of(self._tenant)))

    @needs(MANAGES_APPS)
    def new(self) -> Response:
        """Show the empty form, or save a new app."""
        given = AppInput.of_request(request.form) if request.method == "POST" else AppInput()
        if request.method == "POST" and (form := given.checked()):
            app = self.state.apps.add(self._tenant, form)
            flash(_("The app is saved."), "success")
            return redirect(url_for("portal.app", client_id=app.client_id))
        return _form(given, None)

    @needs(SEES_APPS)
    def app(self, client_id: str) -> Response:
        """Show one app; after DOWNLOAD, let the browser save the file."""
        app = self._app(client_id)
        return _form(AppInput.of_app(app.form), app, session.pop(FILE, ""))

    @needs(MANAGES_APPS)
    def save(self, client_id: str) -> Response:
        """Save a changed app."""
        app = self._app(client_id)
        given = AppInput.of_request(request.form)
        form = given.checked()
        if form is None:
            return _form(given, app)
        self.state.apps.change(client_id, form)
        flash(_("The app is saved."), "success")
        return redirect(url_for("portal.app", client_id=client_id))

    @needs(MANAGES_APPS)
    def delete(self, client_id: str) -> Response:
        """Delete an app; files that were downloaded for it stop working."""
        app = self._app(client_id)
        self.state.apps.delete(client_id)
        flash(_("The app {name} is deleted. Files downloaded for it no longer work.").format(name=app.name), "success")
        return redirect(url_for("portal.apps"))

    @needs(SEES_APPS)
    def key_pair(self, client_id: str) -> Response:
        """Hand out a private key for Bridge Authentication: the download that is easily mistaken for the file."""
        from joserfc.jwk import RSAKey

        app = self._app(client_id)
        key = RSAKey.generate_key(2048, {"kid": app.client_id, "use": "sig", "alg": "RS256"})
        response = make_response(json.dumps(key.as_dict(private=True)))
        return as_download(response, "ionapi-bridge-private-jwt-1.json")

    def _app(self, client_id: str) -> App:
        return self.state.apps.get(client_id) or abort(404)


def as_download(response: Response, name: str) -> Response:
    """Return ``response`` as a file that the browser saves under ``name``."""
    plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\' else "_" for char in name)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Type"] = "application/octet-stream"
    return response


def _form(given: AppInput, app: App | None, file: str = "") -> Response:
    page = render_template("app.html", given=given, app=app, file=file, **_CHOICES)
    return make_response(page, 422 if given.errors else 200)


class CredentialPages:
    """From an app to its ``.ionapi`` file."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._files: dict[str, Response] = {}
        """Files that browsers are about to save, by names that cannot be guessed; each is handed out once."""

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/ion-api/apps/<client_id>/credentials", "credentials", self.dialog)
        portal.add_url_rule("/ion-api/files/<name>", "file", self.file)
        portal.add_url_rule(
            "/ion-api/apps/<client_id>/credentials", "download_credentials", self.download, methods=["POST"]
        )

    @needs(SEES_APPS)
    def dialog(self, client_id: str) -> Response:
        """Show the dialog."""
        return self._dialog(self._app(client_id))

    @needs(SEES_APPS)
    def download(self, client_id: str) -> Response:
        """Make the file, with the keys of a new service account when the switch is on, and lead back to the app, whose
        page lets the browser save it and says so: a page that does not change looks as if nothing had happened."""
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
        name = secrets.token_urlsafe()
        self._files[name] = as_download(make_response(as_file(document)), f"{app.name}.ionapi")
        session[FILE] = name
        flash(_("{name} was downloaded.").format(name=f"{app.name}.ionapi"), "success")
        if keys is not None:
            flash(_(_ONCE), "warning")
        return redirect(url_for("portal.app", client_id=client_id))

    @needs(SEES_APPS)
    def file(self, name: str) -> Response:
        """Hand out a file, once."""
        return self._files.pop(name, None) or abort(404)

    def _dialog(self, app: App, error: str = "") -> Response:
        page = render_template(
            "credentials.html",
            app=app,
            people=[user for user in self.state.people.all() if user.enabled],
            offers_account=_offers_account(app),
            earlier=[one for one in self.state.accounts.of(app.tenant) if one.name == app.name and one.enabled],
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
