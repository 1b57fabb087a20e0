"""``ionapi-tui rename``: another name for a profile."""

from __future__ import annotations

import click

from ionapi_tui.base.language import _
from ionapi_tui.cli.output import words
from ionapi_tui.cli.root import build_services, name_argument, recover


@click.command(
    "rename",
    help=_("Give the profile OLD the name NEW. Its secrets stay where they are. Update scripts that use the old name."),
)
@name_argument("old", metavar=_("OLD"))
@click.argument("new", metavar=_("NEW"))
def command(old: str, new: str) -> None:
    """Carry out ``rename``."""
    services = build_services()
    recover(services)
    profile = services.profiles.rename(old, new)
    if old == profile.name:
        words(_("The profile is called {name} already. Nothing was changed.").format(name=old))
        return
    words(_("{old} is now called {new}. Update scripts that use {old}.").format(old=old, new=profile.name))
