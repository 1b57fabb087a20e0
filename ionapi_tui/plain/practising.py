"""Practising first, on a stand-in for Infor."""

from __future__ import annotations

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation


def play(conversation: Conversation) -> str:
    """Start a practice tenant unless one runs, say how to use it, and return the page to go to."""
    talk, services = conversation.talk, conversation.services
    if conversation.rehearsal is None:
        talk.say(_("Starting the practice tenant …"))
        try:
            conversation.rehearsal = services.start_practice(services.paths.home / "practice")
        except (IonApiError, OSError) as error:
            talk.say(_("Error: {what}").format(what=error))
            return flow.WELCOME
    rehearsal = conversation.rehearsal
    talk.title(_("Practice: a stand-in for Infor runs on this machine"))
    talk.facts(
        (
            (_("Portal"), rehearsal.portal),
            (_("Tenant"), rehearsal.tenant),
            (_("Log in as"), _("{user} (no password)").format(user=rehearsal.administrator)),
            (_("Service user"), rehearsal.service_user),
        )
    )
    chosen = talk.choose(
        _("And now?"),
        Choice(_("Start the guide"), _("follow it in the portal, in a browser")),
        Choice(_("Write a file without a browser, and import it")),
        Choice(_("Main menu")),
    )
    if chosen == 0:
        return flow.PREREQUISITES
    if chosen == 1:
        return _write_file(conversation)
    return flow.WELCOME


def tidy_up(conversation: Conversation) -> None:
    """Offer to remove what was stored for practice, because the practice tenant is about to end."""
    profiles = conversation.services.profiles
    try:
        practised = [profile for profile in profiles.profiles() if profile.is_practice]
        if not practised:
            return
        conversation.talk.say(
            n_("{n} practice profile is stored.", "{n} practice profiles are stored.", len(practised))
        )
        if conversation.talk.agrees(_("Remove what was stored for practice?"), _("Remove"), _("Keep")):
            for profile in practised:
                profiles.remove(profile.name)
    except IonApiError as error:
        conversation.tell_error(error)


def _write_file(conversation: Conversation) -> str:
    assert conversation.rehearsal is not None
    try:
        path = conversation.rehearsal.write_file(conversation.services.paths.downloads)
    except IonApiError as error:
        conversation.tell_error(error)
    else:
        conversation.talk.say(_("Written: {path}").format(path=safe(path, 300)))
    return flow.IMPORT
