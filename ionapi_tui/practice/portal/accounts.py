"""Security: service accounts, and their one-time file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ionapi_tui.base.language import _
from ionapi_tui.practice.names import MANAGES_USERS
from ionapi_tui.practice.portal.apps import as_download
from ionapi_tui.practice.portal.visitor import needs
from ionapi_tui.practice.state import State

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
