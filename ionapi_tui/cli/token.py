"""``ionapi-tui token``: an access token on stdout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.cli.output import as_json, data
from ionapi_tui.cli.root import build_services, file_options, name_argument, store_timeout_option

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Access


@click.command(
    "token",
    help=_(
        "Write an access token of the profile NAME to stdout: the one stored with its secret while that is valid, "
        "otherwise a new one. Pass it on through a pipe, not in an argument, which every user of the computer can "
        "read:\n\n"
        "\b\n"
        "  ionapi-tui token acme-tst | sed 's/^/Authorization: Bearer /' | curl --header @- URL\n\n"
        "Treat it like a password: it opens the tenant until it expires, and a token of Infor's cloud contains the "
        "access key of the service account in clear text, which is half of what it signs in with. Keep it out of "
        "logs and tickets.\n\n"
        "With --file the token is not stored, and not revoked either, because a program is about to use it:\n\n"
        "\b\n"
        "  ionapi-tui token --file env:IONAPI_JSON\n\n"
        "“ionapi-tui exec --file” revokes it when its program ends."
    ),
)
@name_argument(required=False)
@file_options
@click.option("--show", is_flag=True, help=_("Also write it to a terminal, where others can read it."))
@click.option(
    "--json", "json_wanted", is_flag=True, help=_("Write JSON: access_token, token_type, expires_at, base_url, tenant.")
)
@store_timeout_option
def command(
    name: str | None, file: str | None, hosts: tuple[str, ...], show: bool, json_wanted: bool, store_timeout: float
) -> None:
    """Carry out ``token``."""
    if (name is None) == (file is None):
        raise UsageError(_("Name a profile, or a file with --file; not both."))
    if sys.stdout.isatty() and not show:
        _refuse_screen(name)
    if name is not None and not hosts:
        postpone_rarely_used()
        access = build_services(store_timeout).access(name)
    else:
        access = _access_of_file(file, hosts)
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


def _refuse_screen(name: str | None) -> NoReturn:
    """Refuse to write a token to a terminal, if there is such a profile at all.

    Raises:
        NoSuchProfile: there is none, which no option changes.
        UsageError: there is one, or a file was named.
    """
    if name is not None:
        build_services().profiles.profile(name)
    raise UsageError(
        _("A token on the screen can be read by others and stays in the scrollback. Pipe it, or add --show.")
    )


def _access_of_file(file: str | None, hosts: Sequence[str]) -> Access:
    """Return a token of the credentials in ``file``, which is kept nowhere."""
    from ionapi_tui.cli.sources import refuse_hosts, usable
    from ionapi_tui.usecases import unstored

    refuse_hosts(file, hosts)
    assert file is not None
    services = build_services()
    inspection = usable(file, services)
    profile = unstored.profile_of(inspection, hosts)
    return unstored.access_of(unstored.source_of(inspection, profile, services.network), profile)


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
