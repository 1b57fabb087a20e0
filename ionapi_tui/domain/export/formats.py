"""Every format, by the name it has on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import environment, ionapi, kubernetes, plain_json, postman

Render = Callable[[Credentials, str], Secret]
"""Makes the content of a file of credentials and the name of their profile."""

FORMATS: Final[dict[str, Render]] = {
    "ionapi": ionapi.render,
    "env": environment.render,
    "json": plain_json.render,
    "postman": postman.render,
    "kubernetes": kubernetes.render,
}
"""A new one is a file and a line."""
