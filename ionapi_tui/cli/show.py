"""``ionapi-tui show``: one profile, never a secret."""

from __future__ import annotations

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.listing import checked_in_words
from ionapi_tui.cli.options import build_services, name_argument
from ionapi_tui.cli.output import as_json, data
from ionapi_tui.domain.credentials import scopes_of
from ionapi_tui.domain.profile import Profile


@click.command("show", help=_("Show what is remembered of the profile NAME. Its secrets are not read."))
@name_argument()
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: one object, as in the list."))
def command(name: str, json_wanted: bool) -> None:
    """Carry out ``show``."""
    profile = build_services().profiles.profile(name)
    if json_wanted:
        as_json(profile.as_json())
        return
    facts = _facts(profile)
    widest = max(len(label) for label, _value in facts)
    for label, value in facts:
        data(f"{label:<{widest}}  {safe(value)}")


def _facts(profile: Profile) -> list[tuple[str, str]]:
    facts = [
        (_("Name"), profile.name),
        (_("Tenant"), profile.tenant),
        (_("Environment"), profile.environment),
        (_("Authorized app"), profile.app),
        (_("Client ID"), profile.client_id),
        (_("Gateway"), profile.gateway),
        (_("Authorization server"), str(profile.public.get("pu", ""))),
        (_("Scopes"), ", ".join(scopes_of(profile.public.get("sc")))),
        (_("Secrets kept in"), profile.store),
        (_("Stored"), profile.created),
        (_("Verified"), checked_in_words(profile)),
        (_("Outcome"), profile.checked.headline if profile.checked else ""),
    ]
    return [(label, value) for label, value in facts if value]
