"""``ionapi-tui show``: show one profile, without its secrets."""

from __future__ import annotations

from typing import Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.listing import checked_in_words
from ionapi_tui.cli.output import as_json, data
from ionapi_tui.cli.root import build_services, name_argument
from ionapi_tui.domain.profile_facts import facts_of

_SHOWN: Final = (
    *("name", "tenant", "environment", "app", "client_id", "gateway", "server", "scopes"),
    *("store", "created", "checked", "headline"),
)


@click.command("show", help=_("Show what is remembered of the profile NAME. Its secrets are not read."))
@name_argument()
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: one object, as in the list."))
def command(name: str, json_wanted: bool) -> None:
    """Carry out ``show``."""
    profile = build_services().profiles.profile(name)
    if json_wanted:
        as_json(profile.as_json())
        return
    facts = [fact for fact in facts_of(profile, *_SHOWN, checked=checked_in_words(profile)) if fact.value]
    widest = max(len(fact.label) for fact in facts)
    for fact in facts:
        data(f"{fact.label:<{widest}}  {safe(fact.value)}")
