"""``ionapi-tui remove``: remove a profile and its secrets."""

from __future__ import annotations

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.asking import is_confirmed
from ionapi_tui.cli.output import words
from ionapi_tui.cli.root import build_services, name_argument, recover, store_timeout_option
from ionapi_tui.usecases.removing import of_the_same_app


@click.command(
    "remove",
    help=_("Remove the profile NAME and its secrets from this computer. Nothing is changed in Infor."),
)
@name_argument()
@click.option(
    "--confirm", metavar="NAME", help=_("Repeat NAME to confirm without being asked; required without a terminal.")
)
@store_timeout_option
def command(name: str, confirm: str | None, store_timeout: float) -> int:
    """Carry out ``remove``."""
    services = build_services(store_timeout)
    recover(services)
    profiles = services.profiles
    profile = profiles.profile(name)
    question = _("Remove {name} (tenant {tenant}, app {app}) and its secrets?")
    question = question.format(name=profile.name, tenant=safe(profile.tenant, 40), app=safe(profile.app, 60))
    if not is_confirmed(profile, confirm, question):
        words(_("Nothing was removed."))
        return 1
    shared = of_the_same_app([profile], profiles.profiles())
    # What another process has put in its place meanwhile is not what was asked about.
    profiles.remove(profile)
    words(_("{name} and its secrets were removed from this computer.").format(name=name))
    if profile.is_practice:
        return 0
    words(
        _(
            "The app “{app}” and its service account still exist in Infor. To disable them: OS > Security > Manage > "
            "Service Accounts (in older portals User Management > Manage > Service Accounts), and the app in "
            "Authorized Apps."
        ).format(app=safe(profile.app, 60))
    )
    if shared:
        words(shared)
    return 0
