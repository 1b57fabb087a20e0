"""``ionapi-tui token``: an access token on stdout."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.cli.output import as_json, data
from ionapi_tui.cli.root import build_services, name_argument, store_timeout_option


@click.command(
    "token",
    help=_(
        "Write an access token of the profile NAME to stdout: the one that is kept beside its secret as long as that "
        "serves, else a new one. It is a password for some hours. Pass it on through a pipe, not in an argument, which "
        "every user of the machine can read:\n\n"
        "\b\n"
        "  ionapi-tui token acme-tst | sed 's/^/Authorization: Bearer /' | curl --header @- URL"
    ),
)
@name_argument()
@click.option("--show", is_flag=True, help=_("Write it to a terminal, too, where others can read it."))
@click.option(
    "--json", "json_wanted", is_flag=True, help=_("Write JSON: access_token, token_type, expires_at, base_url, tenant.")
)
@store_timeout_option
def command(name: str, show: bool, json_wanted: bool, store_timeout: float) -> None:
    """Carry out ``token``."""
    if sys.stdout.isatty() and not show:
        raise UsageError(
            _("A token on the screen can be read by others and stays in the scrollback. Pipe it, or add --show.")
        )
    postpone_rarely_used()
    access = build_services(store_timeout).access(name)
    if json_wanted:
        as_json(
            {
                "access_token": access.token.reveal(),
                "token_type": "Bearer",
                "expires_at": access.expires_at,
                "base_url": access.base_url,
                "tenant": access.tenant,
            }
        )
    else:
        data(access.token.reveal())


_RARELY_USED: Final = (
    *("urllib.request", "backports.tarfile", "importlib_metadata", "more_itertools"),
    *("shutil", "subprocess", "tempfile"),
)
"""What ``keyring`` imports, directly or through others, and does not use to read an item: a quarter of its time."""


def postpone_rarely_used() -> None:
    """Put off the imports that reading an item from a keyring does not need, until something of them is used.

    The library imports them by itself, and there is no other way to import it. Without this, a token that is cached
    takes a third longer.
    """
    for name in _RARELY_USED:
        if name not in sys.modules:
            sys.modules[name] = _Postponed(name)
    import urllib

    # A statement "import urllib.request" finds it in its package.
    vars(urllib).setdefault("request", sys.modules["urllib.request"])


class _Postponed(ModuleType):
    """Stands for a module until somebody wants something of it.

    ``importlib.util.LazyLoader`` would do, if Python before 3.12 did not look into it at the next ``import`` already.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        try:
            return getattr(import_module(self.__name__), name)
        except ImportError:
            raise AttributeError(name) from None
