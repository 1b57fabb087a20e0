"""``ionapi-tui logout``: revoke and forget the cached token of a profile."""

from __future__ import annotations

import click

from ionapi_tui.base.language import _
from ionapi_tui.cli.output import words
from ionapi_tui.cli.root import build_services, name_argument, store_timeout_option


@click.command(
    "logout",
    help=_("Revoke the token of the profile NAME and forget it. The profile stays, and can get a new one."),
)
@name_argument()
@store_timeout_option
def command(name: str, store_timeout: float) -> None:
    """Carry out ``logout``."""
    services = build_services(store_timeout)
    source = services.connections.source(name)
    if source.logout():
        words(_("The token of {name} is revoked and forgotten.").format(name=name))
    else:
        words(_("{name} had no token to revoke.").format(name=name))
