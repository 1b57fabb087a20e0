"""Credentials in the forms that other programs read.

A format is one file in ``formats`` that ends with a ``Format``; the commands and the screens find it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials


@dataclass(frozen=True)
class Format:
    """A form in which credentials are written."""

    name: str
    """As it is named on the command line."""
    title_id: str
    """What people call it, marked for translation."""
    ending: str
    """How the name of a file ends."""
    render: Callable[[Credentials, str], Secret]
    """Make the content of a file of credentials and the name of their profile."""
    rank: int
    """Formats are offered by their ranks, the lowest first."""
    note_id: str = ""
    """What to know about it, marked for translation."""

    @property
    def title(self) -> str:
        """What people call it, in the language in use."""
        return _(self.title_id)

    @property
    def note(self) -> str:
        """What to know about it, in the language in use; empty when there is nothing."""
        return _(self.note_id) if self.note_id else ""

    def file_name(self, profile: str) -> str:
        """Return the proposed name of a file with the credentials of ``profile``."""
        return f"{profile}{self.ending}"


def variables(credentials: Credentials) -> Mapping[str, Secret]:
    """Return the values by the names of their variables; what the credentials do not have is left out.

    All are masked, because nobody should have to look up which of them are secret.
    """
    values: dict[str, str | Secret | None] = {
        "IONAPI_TENANT": credentials.tenant,
        "IONAPI_BASE_URL": credentials.api_url("").rstrip("/"),
        "IONAPI_TOKEN_URL": credentials.token_endpoint,
        "IONAPI_REVOKE_URL": credentials.revoke_endpoint,
        "IONAPI_SCOPES": " ".join(credentials.scopes),
        "IONAPI_CLIENT_ID": credentials.client_id,
        "IONAPI_CLIENT_SECRET": credentials.client_secret,
        "IONAPI_ACCESS_KEY": credentials.service_account_access_key,
        "IONAPI_SECRET_KEY": credentials.service_account_secret_key,
    }
    return {name: Secret(value) if isinstance(value, str) else value for name, value in values.items() if value}
