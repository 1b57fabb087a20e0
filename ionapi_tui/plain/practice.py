"""The practice page: start the practice tenant, use it, and remove its profiles at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.profile_store.progress import PRACTICE
from ionapi_tui.usecases.removing import practice_profiles, remove_all

if TYPE_CHECKING:
    from ionapi_tui.usecases.practice_process import PracticeProcess


def practice(conversation: Conversation) -> str:
    """Start the practice tenant unless it runs, show how to use it, and return the page to go to."""
    console, services = conversation.console, conversation.services
    if conversation.practice is None:
        console.say(_("Starting the practice tenant …"))
        try:
            conversation.practice = services.start_practice()
            services.progress.forget(PRACTICE)
        except IonApiError as error:
            conversation.say_error(error)
            return flow.WELCOME
    process = conversation.practice
    console.title(_("Practice run: a simulated Infor portal"))
    console.facts(
        (
            (_("Portal"), process.portal),
            (_("Tenant"), process.tenant),
            (_("Log in as"), _("{user} (no password)").format(user=process.administrator)),
            (_("Service user"), process.service_user),
        )
    )
    chosen = console.choose(
        _("What next?"),
        Choice(_("Start the guide"), _("follow it in the portal, in a browser")),
        Choice(_("Write a file without a browser, and import it")),
        Choice(_("Main menu")),
    )
    if chosen == 2:
        return flow.WELCOME
    conversation.tenant = PRACTICE
    if chosen == 0:
        return flow.PREREQUISITES
    return write_practice_file(conversation, process)


def offer_to_remove(conversation: Conversation) -> None:
    """Offer to remove what was stored for practice, because the practice tenant is about to end."""
    console, store = conversation.console, conversation.services.profiles
    try:
        profiles = practice_profiles(store.profiles())
    except IonApiError as error:
        conversation.say_error(error)
        return
    if not profiles:
        return
    console.say(n_("{n} practice profile is stored.", "{n} practice profiles are stored.", len(profiles)))
    if console.agrees(_("Remove the practice profiles?"), _("Remove"), _("Keep")):
        for failure in remove_all(store, profiles):
            conversation.say_error(failure)


def write_practice_file(conversation: Conversation, process: PracticeProcess) -> str:
    """Write a file of the practice tenant to the Downloads folder, and return the page to go to."""
    try:
        path = process.write_file(conversation.services.paths.downloads)
    except IonApiError as error:
        conversation.say_error(error)
    else:
        conversation.console.say(_("Written: {path}").format(path=safe(path, 300)))
    return flow.IMPORT
