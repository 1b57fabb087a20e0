"""Signing in, the menu, and the roles that a page needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from ionapi_tui.base.language import N_, _
from ionapi_tui.practice import seed
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.people import User

USER = "user"
"""Where the session keeps the GUID of who is logged in."""


class Pages(Protocol):
    """A group of pages over the state."""

    state: State


PagesT = TypeVar("PagesT", bound=Pages)
Arguments = ParamSpec("Arguments")


def visitor(state: State) -> User | None:
    """Return who is logged in."""
    user = state.people.get(session.get(USER, ""))
    return user if user and user.enabled else None


def needs(
    roles: Iterable[str] = (),
) -> Callable[[Callable[Concatenate[PagesT, Arguments], Response]], Callable[Concatenate[PagesT, Arguments], Response]]:
    """Let only people see a page who are logged in and have one of ``roles`` (none: everybody)."""
    wanted = sorted(roles)

    def decorate(
        page: Callable[Concatenate[PagesT, Arguments], Response],
    ) -> Callable[Concatenate[PagesT, Arguments], Response]:
        @wraps(page)
        def guarded(self: PagesT, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
            user = visitor(self.state)
            if user is None:
                return redirect(url_for("portal.login"))
            if wanted and not user.may(wanted):
                return make_response(render_template("refused.html", roles=wanted), 403)
            return page(self, *args, **kwargs)

        return guarded

    return decorate


PARTS = {
    seed.ADMINISTRATOR: N_("The administrator of the guide: adds authorized apps and downloads their credentials."),
    seed.SERVICE_USER: N_("The service user of the guide, with its three roles."),
    seed.SERVICE_USER_WITHOUT_IDM: N_("A service user that lacks the IDM role."),
    seed.VIEWER: N_("Can view authorized apps and download credentials, but cannot add apps."),
    seed.CLERK: N_("Can only open the portal."),
    seed.USER_MANAGER: N_("Creates users, grants security roles, manages service accounts."),
}
"""Which part each seeded user plays."""


class SignInPages:
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
