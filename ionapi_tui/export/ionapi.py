"""Infor's own format: what was imported, with every key it had."""

from __future__ import annotations

from ionapi_tui.credentials import Credentials
from ionapi_tui.secret import Secret


def render(credentials: Credentials, _name: str) -> Secret:
    """Return the ``.ionapi`` file."""
    return Secret(credentials.to_document().reveal() + "\n")
