"""Who looks at a page, and whether they may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from flask import make_response, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

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
