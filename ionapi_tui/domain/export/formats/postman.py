"""A Postman environment, whose secrets Postman masks."""

from __future__ import annotations

import json
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from ionapi_tui.base.language import N_
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import Format, variables

_SECRET: Final = ("IONAPI_CLIENT_SECRET", "IONAPI_ACCESS_KEY", "IONAPI_SECRET_KEY")


def render(credentials: Credentials, name: str) -> Secret:
    """Return an environment as Postman exports and imports them.

    Its id is made of the client id, so that the same app, exported again, does not become a second environment.
    """
    values = [
        {
            "key": variable,
            "value": value.reveal(),
            "type": "secret" if variable in _SECRET else "default",
            "enabled": True,
        }
        for variable, value in variables(credentials).items()
    ]
    document = {
        "id": str(uuid5(NAMESPACE_URL, f"ionapi:{credentials.client_id}")),
        "name": f"ION API {name}",
        "values": values,
        "_postman_variable_scope": "environment",
    }
    return Secret(json.dumps(document, indent=2, ensure_ascii=True) + "\n")


FORMAT: Final = Format(
    "postman",
    "Postman",
    ".postman_environment.json",
    render,
    rank=40,
    note_id=N_("an environment; delete the file after importing it"),
)
