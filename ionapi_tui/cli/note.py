"""``ionapi-tui note``: note the service user, the contact and the ticket of a profile."""

from __future__ import annotations

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import build_services, name_argument, recover
from ionapi_tui.domain.notes import LABELS, changed_notes
from ionapi_tui.domain.profile import Notes, Profile
from ionapi_tui.domain.profile_facts import facts_of


@click.command(
    "note",
    help=_(
        "Save notes about the profile NAME: its service user, a contact and a ticket. Without options, its notes are "
        "shown. Notes are not secret; they appear in list --json, in show and "
        "in the list of the app."
    ),
)
@name_argument()
@click.option("--service-user", metavar="TEXT", help=_("The Infor user that the service account acts for."))
@click.option("--contact", metavar="TEXT", help=_("Who to ask when something has to be done in Infor."))
@click.option("--ticket", metavar="TEXT", help=_("The ticket that tracks the work. An empty TEXT deletes a note."))
@click.option("--clear", is_flag=True, help=_("Delete all notes of the profile."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: one object, as in the list."))
def command(
    name: str, service_user: str | None, contact: str | None, ticket: str | None, clear: bool, json_wanted: bool
) -> None:
    """Carry out ``note``."""
    texts = {"service_user": service_user, "contact": contact, "ticket": ticket}
    is_changed = any(text is not None for text in texts.values())
    if clear and is_changed:
        raise UsageError(_("Enter new notes, or use --clear, but not both."))
    services = build_services()
    if clear or is_changed:
        recover(services)
    profile = services.profiles.profile(name)
    if clear or is_changed:
        profile = services.profiles.set_notes(name, Notes() if clear else changed_notes(profile, **texts))
    if json_wanted:
        as_json(profile.as_json())
    else:
        _write(profile)


def _write(profile: Profile) -> None:
    facts = [fact for fact in facts_of(profile, *LABELS) if fact.value]
    widest = max((len(fact.label) for fact in facts), default=0)
    for fact in facts:
        data(f"{fact.label:<{widest}}  {safe(fact.value)}")
    if not facts:
        words(_("There are no notes about {name}.").format(name=profile.name))
