"""Infor's own format: what was imported, with every key it had."""

from __future__ import annotations

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials


def render(credentials: Credentials, _name: str) -> Secret:
    """Return the ``.ionapi`` file."""
    return Secret(credentials.to_document().reveal() + "\n")
