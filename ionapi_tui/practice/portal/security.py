"""Security: users, their security roles, and service accounts."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ionapi_tui.base.language import _
from ionapi_tui.practice.names import MANAGES_USERS, Role
from ionapi_tui.practice.portal.apps import as_download
from ionapi_tui.practice.portal.sign_in import needs
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.people import User


class PeoplePages:
    """Manage > Users."""

    def __init__(self, state: State) -> None:
        self.state = state

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/security/users", "users", self.users)
        portal.add_url_rule("/security/users/new", "new_user", self.new, methods=["GET", "POST"])
        portal.add_url_rule("/security/users/<user_id>", "one_user", self.one)
        portal.add_url_rule("/security/users/<user_id>/roles", "grant_roles", self.grant, methods=["POST"])
        portal.add_url_rule("/security/users/<user_id>/roles/<role>", "take_role", self.take, methods=["POST"])
        portal.add_url_rule("/security/users/<user_id>/enabled", "enable_user", self.enable, methods=["POST"])

    @needs(MANAGES_USERS)
    def users(self) -> Response:
        """List the users."""
        return make_response(render_template("users.html", people=self.state.people.all()))

    @needs(MANAGES_USERS)
    def new(self) -> Response:
        """Show the form for a new user, or save one."""
        user_name, full_name = (request.form.get(name, "").strip() for name in ("user_name", "full_name"))
        error = ""
        if request.method == "POST":
            if not user_name or not full_name:
                error = _("Enter a user name and a full name.")
            elif self.state.people.named(user_name):
                error = _("There is already a user of this name.")
            else:
                user = self.state.people.add(user_name, full_name)
                flash(_("The user is saved. Now grant security roles."), "success")
                return redirect(url_for("portal.one_user", user_id=user.id))
        page = render_template("new_user.html", user_name=user_name, full_name=full_name, error=error)
        return make_response(page, 422 if error else 200)

    @needs(MANAGES_USERS)
    def one(self, user_id: str) -> Response:
        """Show one user with the tab Security Roles."""
        person = self._person(user_id)
        missing = [role for role in Role if role not in person.roles]
        return make_response(render_template("user.html", person=person, missing=missing))

    @needs(MANAGES_USERS)
    def grant(self, user_id: str) -> Response:
        """Add the chosen roles."""
        person = self._person(user_id)
        chosen = [role for role in Role if role in request.form.getlist("roles")]
        for role in chosen:
            self.state.people.grant(person.id, role)
        flash(_("Saved.") if chosen else _("Choose a role first."), "success" if chosen else "error")
        return redirect(url_for("portal.one_user", user_id=person.id))

    @needs(MANAGES_USERS)
    def take(self, user_id: str, role: str) -> Response:
        """Remove one role."""
        self.state.people.take(self._person(user_id).id, role)
        flash(_("Saved."), "success")
        return redirect(url_for("portal.one_user", user_id=user_id))

    @needs(MANAGES_USERS)
    def enable(self, user_id: str) -> Response:
        """Enable or disable the user."""
        self.state.people.enable(self._person(user_id).id, request.form.get("enabled") == "yes")
        return redirect(url_for("portal.one_user", user_id=user_id))

    def _person(self, user_id: str) -> User:
        return self.state.people.get(user_id) or abort(404)


_COLUMNS = ("Name", "Service Account Access Key", "Service Account Secret Key")
"""The real column titles are unknown."""


class AccountPages:
    """Manage > Service Accounts."""

    def __init__(self, state: State, tenant: str) -> None:
        self.state = state
        self._tenant = tenant

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/security/service-accounts", "accounts", self.accounts)
        portal.add_url_rule("/security/service-accounts", "new_account", self.new, methods=["POST"])
        portal.add_url_rule("/security/service-accounts/status", "account_status", self.status, methods=["POST"])

    @needs(MANAGES_USERS)
    def accounts(self) -> Response:
        """List the service accounts."""
        people = {user.id: user for user in self.state.people.all()}
        rows = [
            (
                account,
                people.get(account.user_id or ""),
                f"{datetime.fromtimestamp(account.created, UTC):%Y-%m-%d %H:%M}",
            )
            for account in self.state.accounts.of(self._tenant)
        ]
        return make_response(render_template("accounts.html", rows=rows, people=people.values()))

    @needs(MANAGES_USERS)
    def new(self) -> Response:
        """Create a service account and hand out its keys, this once, as a .csv file."""
        wanted = request.form.get("user", "").strip()
        user = self.state.people.named(wanted) if wanted else None
        if wanted and user is None:
            flash(_("There is no user “{name}”.").format(name=wanted), "error")
            return redirect(url_for("portal.accounts"))
        name = request.form.get("name", "").strip() or "Service account"
        keys = self.state.accounts.add(self._tenant, name, user.id if user else None)
        table = io.StringIO()
        csv.writer(table).writerows([_COLUMNS, (name, keys.access_key, keys.secret_key)])
        return as_download(make_response(table.getvalue()), f"{name}.csv")

    @needs(MANAGES_USERS)
    def status(self) -> Response:
        """Enable or disable the selected accounts."""
        chosen = [
            account
            for account in self.state.accounts.of(self._tenant)
            if str(account.id) in request.form.getlist("account")
        ]
        action = request.form.get("action")
        if action not in {"enable", "disable"}:
            abort(400)
        for account in chosen:
            self.state.accounts.enable(account.id, action == "enable")
        flash(_("Saved.") if chosen else _("Select an account first."), "success" if chosen else "error")
        return redirect(url_for("portal.accounts"))
