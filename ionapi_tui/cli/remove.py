"""``ionapi-tui remove``: a profile and its secrets."""

from __future__ import annotations

import sys

import click

from ionapi_tui.cli.completing import name_argument
from ionapi_tui.cli.machine import Machine, store_timeout_option
from ionapi_tui.cli.output import words
from ionapi_tui.errors import UsageError
from ionapi_tui.language import _
from ionapi_tui.profile import Profile
from ionapi_tui.text import safe


@click.command(
    "remove",
    help=_("Remove the profile NAME and its secrets from this machine. What exists in Infor stays as it is."),
)
@name_argument()
@click.option("--confirm", metavar="NAME", help=_("Do not ask; NAME once more, to be sure. Needed without a terminal."))
@store_timeout_option
def command(name: str, confirm: str | None, store_timeout: float) -> int:
    """Carry out ``remove``."""
    machine = Machine(store_timeout)
    machine.recover()
    profiles = machine.profiles
    profile = profiles.profile(name)
    if not _is_confirmed(profile, confirm):
        words(_("Nothing was removed."))
        return 1
    profiles.remove(name)
    words(_("{name} and its secrets are removed from this machine.").format(name=name))
    words(
        _(
            "The app “{app}” and its service account still exist in Infor. To disable them: OS > Security > Manage > "
            "Service Accounts (in older portals User Management > Manage > Service Accounts), and the app in "
            "Authorized Apps."
        ).format(app=safe(profile.app, 60))
    )
    return 0


def _is_confirmed(profile: Profile, confirm: str | None) -> bool:
    if confirm is not None:
        if confirm != profile.name:
            raise UsageError(_("--confirm has to repeat the name of the profile, {name}.").format(name=profile.name))
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(_("Without a terminal nobody can be asked. Add --confirm {name}.").format(name=profile.name))
    question = _("Remove {name} (tenant {tenant}, app {app}) and its secrets?")
    told = question.format(name=profile.name, tenant=safe(profile.tenant, 40), app=safe(profile.app, 60))
    return click.confirm(told, err=True)
