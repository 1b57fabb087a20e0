"""``ionapi-tui logout``: revoke and forget the cached token of a profile."""

from __future__ import annotations

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.paths import home_folder
from ionapi_tui.cli.completing import name_argument
from ionapi_tui.cli.machine import Machine, store_timeout_option
from ionapi_tui.cli.output import words
from ionapi_tui.usecases.connections import Connections


@click.command(
    "logout",
    help=_("Revoke the token of the profile NAME and forget it. The profile stays, and can get a new one."),
)
@name_argument()
@store_timeout_option
def command(name: str, store_timeout: float) -> None:
    """Carry out ``logout``."""
    machine = Machine(store_timeout)
    source = Connections(machine.profiles, machine.open_store, home_folder()).source(name)
    if source.logout():
        words(_("The token of {name} is revoked and forgotten.").format(name=name))
    else:
        words(_("No token of {name} was there to be revoked.").format(name=name))
