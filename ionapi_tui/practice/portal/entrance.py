"""Logging in, and the first page."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ionapi_tui.base.language import N_, _
from ionapi_tui.practice import seed
from ionapi_tui.practice.portal.visitor import USER, needs
from ionapi_tui.practice.state import State

PARTS = {
    seed.ADMINISTRATOR: N_("The administrator of the guide: adds authorized apps and downloads their credentials."),
    seed.SERVICE_USER: N_("The service user of the guide, with its three roles."),
    seed.SERVICE_USER_WITHOUT_IDM: N_("A service user that lacks the IDM role."),
    seed.VIEWER: N_("May look at authorized apps and download credentials, but not add any."),
    seed.CLERK: N_("May only open the portal."),
    seed.USER_MANAGER: N_("Creates users, grants security roles, manages service accounts."),
}
"""Which part each seeded user plays."""


class EntrancePages:
    """Log-in, log-out and the menu."""

    def __init__(self, state: State) -> None:
        self.state = state

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/login", "login", self.login, methods=["GET", "POST"])
        portal.add_url_rule("/logout", "logout", self.logout, methods=["POST"])
        portal.add_url_rule("/menu", "menu", self.menu)

    def login(self) -> Response:
        """Choose whom to be; there are no passwords, because there is nothing to protect."""
        if request.method == "POST":
            user = self.state.people.get(request.form.get("user", ""))
            if user and user.enabled:
                session.clear()
                session[USER] = user.id
                return redirect(url_for("portal.menu"))
            flash(_("Choose a user first."), "error")
        people = [(user, PARTS.get(user.user_name, "")) for user in self.state.people.all() if user.enabled]
        return make_response(render_template("login.html", people=people))

    def logout(self) -> Response:
        """Forget who was logged in."""
        session.clear()
        return redirect(url_for("portal.login"))

    @needs()
    def menu(self) -> Response:
        """Show what the user can open."""
        return make_response(render_template("menu.html"))
