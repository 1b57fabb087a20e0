"""JSON with names that say what they are."""

from __future__ import annotations

import json
from typing import Final

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import Format, variables


def render(credentials: Credentials, name: str) -> Secret:
    """Return one object: ``profile``, ``app``, ``environment``, and the values of ``variables`` by their names in
    small letters (``client_id``, ``client_secret``, ``access_key``, ``token_url``); ``scopes`` is a list."""
    values = {
        variable.removeprefix("IONAPI_").lower(): value.reveal() for variable, value in variables(credentials).items()
    }
    document = {
        "profile": name,
        "app": credentials.app_name,
        "environment": credentials.environment,
        **values,
        "scopes": list(credentials.scopes),
    }
    return Secret(json.dumps(document, indent=2, ensure_ascii=True) + "\n")


FORMAT: Final = Format("json", "JSON", ".json", render, rank=30)
