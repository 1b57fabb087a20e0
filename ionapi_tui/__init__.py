"""Create an Infor ION API file step by step and keep its secrets in the OS keyring.

For programs::

    import ionapi_tui

    with ionapi_tui.client("acme-tst") as api:
        api.get("IDM/api/datamodel/entities")

    httpx.get(url, auth=ionapi_tui.IonApiAuth("acme-tst"))
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ionapi_tui.connect import IonApiAuth, async_client, client
    from ionapi_tui.errors import IonApiError
    from ionapi_tui.profile import Profile

__version__ = "0.1.0"
__all__ = ["IonApiAuth", "IonApiError", "Profile", "async_client", "client"]

_HOMES = {
    "IonApiAuth": "ionapi_tui.connect",
    "IonApiError": "ionapi_tui.errors",
    "Profile": "ionapi_tui.profile",
    "async_client": "ionapi_tui.connect",
    "client": "ionapi_tui.connect",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the commands start without the network library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
