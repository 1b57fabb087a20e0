"""Create an Infor ION API file step by step and keep its secrets in the OS keyring.

For programs, every stored profile is there under its name:

>>> import ionapi_tui
>>> [profile.name for profile in ionapi_tui.profiles()]
['acme-tst']

A client whose addresses start behind gateway and tenant, and which signs its requests (``async_client`` is its twin):

>>> with ionapi_tui.client("acme-tst") as infor:
...     infor.get("IDM/api/datamodel/entities").status_code
200

A signature for ``httpx`` clients of your own, synchronous or not; it goes to the gateway of the profile alone:

>>> import httpx
>>> with httpx.Client(auth=ionapi_tui.IonApiAuth("acme-tst")) as own:
...     own.get(gateway + "/IONSERVICES/api/ion/messaging/service/ping").status_code
200

And a function for every other HTTP library, to be called for each request:

>>> token = ionapi_tui.token("acme-tst")
>>> headers = {"Authorization": f"Bearer {token()}"}

What can go wrong is an ``IonApiError`` that says what, why, and how to mend it:

>>> try:
...     ionapi_tui.client("acme-tsd")
... except ionapi_tui.IonApiError as error:
...     print(error)
There is no profile acme-tsd. Is it one of these: acme-tst? “ionapi-tui list” shows the profiles.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ionapi_tui.api.library import async_client, client, profiles, token
    from ionapi_tui.api.signing import IonApiAuth
    from ionapi_tui.base.errors import IonApiError
    from ionapi_tui.base.version import __version__ as __version__
    from ionapi_tui.domain.profile import Profile

__all__ = ["IonApiAuth", "IonApiError", "Profile", "async_client", "client", "profiles", "token"]

_HOMES = {
    "__version__": "ionapi_tui.base.version",
    "IonApiAuth": "ionapi_tui.api.signing",
    "IonApiError": "ionapi_tui.base.errors",
    "Profile": "ionapi_tui.domain.profile",
    "async_client": "ionapi_tui.api.library",
    "client": "ionapi_tui.api.library",
    "profiles": "ionapi_tui.api.library",
    "token": "ionapi_tui.api.library",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the commands start without the network library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
