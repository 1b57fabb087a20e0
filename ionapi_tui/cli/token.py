"""``ionapi-tui token``: an access token on stdout."""

from __future__ import annotations

import sys

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.cli.options import build_services, name_argument, store_timeout_option
from ionapi_tui.cli.output import as_json, data
from ionapi_tui.cli.postponing import postpone_rarely_used
from ionapi_tui.usecases.access import Access, access_to
from ionapi_tui.usecases.services import Services


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
    access = access_of(build_services(store_timeout), name)
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


def access_of(services: Services, name: str) -> Access:
    """Return access to the tenant of the profile ``name``.

    Raises:
        NoSuchProfile: there is none of that name.
        StoreError: the store is missing or locked, or failed.
        TokenRefused, NotReached: there is no token to be had.
    """
    return access_to(services.profiles.profile(name), services.open_store, lambda: services.connections)
