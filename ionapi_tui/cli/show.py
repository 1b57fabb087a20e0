"""``ionapi-tui show``: show one profile, without its secrets."""

from __future__ import annotations

import sys
from typing import Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import write_findings
from ionapi_tui.cli.listing import checked_in_words
from ionapi_tui.cli.output import as_json, data
from ionapi_tui.cli.root import build_services, name_argument
from ionapi_tui.domain import age
from ionapi_tui.domain.notes import LABELS
from ionapi_tui.domain.profile import local_time
from ionapi_tui.domain.profile_facts import facts_of

_SHOWN: Final = (
    *("name", "tenant", "environment", "app", "client_id", "gateway", "server", "scopes"),
    *("store", "created", "age", "export_target", "checked", "headline"),
    *LABELS,
)


@click.command("show", help=_("Show what is known about the profile NAME. Its secrets are not read."))
@name_argument()
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: one object, as in the list."))
def command(name: str, json_wanted: bool) -> None:
    """Carry out ``show``."""
    services = build_services()
    profile, now = services.profiles.profile(name), services.now()
    if json_wanted:
        as_json(profile.as_json(now))
        return
    from ionapi_tui.secret_stores.backends import label_now

    worded = {
        "created": local_time(profile.created),
        "checked": checked_in_words(profile),
        "age": age.in_words(profile.age(now)),
        "store": label_now(profile.store),
    }
    facts = [fact for fact in facts_of(profile, *_SHOWN, **worded) if fact.value]
    widest = max(len(fact.label) for fact in facts)
    for fact in facts:
        data(f"{fact.label:<{widest}}  {safe(fact.value)}")
    old = age.findings_of(profile, now)
    if old:
        data("")
        write_findings(old, sys.stdout)
