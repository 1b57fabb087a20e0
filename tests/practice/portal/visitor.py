"""A browser without a screen: it follows links and sends forms."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any, Self

import httpx

from ionapi_tui.practice.server import PracticeTenant

NEW_APP = {
    "name": "Doc2Export",
    "description": "Doc2Export",
    "type": "Backend Service",
    "grant_type": "Password Credentials",
    "token_lifetime": "2",
    "token_unit": "hours",
    "refresh_tokens": "on",
    "refresh_lifetime": "0",
    "refresh_unit": "hours",
}
"""The form of the guide's app, filled in as the guide says."""


class Visitor:
    """Somebody at the portal."""

    def __init__(self, tenant: PracticeTenant) -> None:
        self.tenant = tenant
        self._http = httpx.Client(base_url=f"{tenant.url}/portal", follow_redirects=True, trust_env=False, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def log_in(self, user_name: str) -> httpx.Response:
        """Become the user called ``user_name``."""
        user = self.tenant.state.people.named(user_name)
        assert user
        return self.send("/login", user=user.id)

    def open(self, path: str) -> httpx.Response:
        """Look at a page."""
        return self._http.get(path)

    def send(self, path: str, **form: str | list[str]) -> httpx.Response:
        """Send a form and follow where it leads."""
        return self._http.post(path, data=form)

    def save_app(self, **changes: str | list[str]) -> str:
        """Make a new app and return the path of its page; a change to an empty text leaves the field out."""
        form = {name: value for name, value in (NEW_APP | changes).items() if value}
        answer = self.send("/ion-api/apps/new", **form)
        assert answer.status_code == 200, answer.text
        return str(answer.url.path).removeprefix("/portal")

    def save(self, page: httpx.Response) -> httpx.Response:
        """Return the file that a page lets the browser save."""
        found = re.search('http-equiv="refresh" content="0; url=/portal([^"]+)"', page.text)
        assert found, page.text
        return self.open(found[1])

    def download(self, app: str, **form: str | list[str]) -> dict[str, Any]:
        """Press DOWNLOAD in the dialog of the app whose page is at ``app``, and return the content of the file."""
        answer = self.save(self.send(f"{app}/credentials", **form))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        document = answer.json()
        assert isinstance(document, dict)
        return document
