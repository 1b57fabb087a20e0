"""Infor's own format: what was imported, with every key it had."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import Format


def render(credentials: Credentials, _name: str) -> Secret:
    """Return the ``.ionapi`` file."""
    return Secret(credentials.to_document().reveal() + "\n")


FORMAT: Final = Format("ionapi", N_("ION API file"), ".ionapi", render, rank=10, note_id=N_("as it was imported"))
