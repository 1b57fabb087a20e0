"""The profiles page: the list of what is stored, and one profile of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.profile_facts import facts_of
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.verifying import verify

_SHOWN: Final = ("tenant", "environment", "app", "client_id", "gateway", "store", "checked")


def profiles(conversation: Conversation) -> str:
    """List the profiles, ask for one, and return the page to go to."""
    console = conversation.console
    console.title(_("Profiles"))
    try:
        listed = sorted(conversation.services.profiles.profiles(), key=lambda profile: profile.name)
    except IonApiError as error:
        conversation.say_error(error)
        return flow.WELCOME
    if not listed:
        console.say(_("Nothing is stored yet."))
        return flow.WELCOME
    now = conversation.services.now()
    choices = [Choice(profile.name, _summary(profile, now)) for profile in listed]
    chosen = console.choose(_("Which profile?"), Choice(_("Main menu")), *choices)
    return flow.WELCOME if chosen == 0 else _show(conversation, listed[chosen - 1])


def checked_words(profile: Profile, now: datetime) -> str:
    """Return the last verification in a few words."""
    checked = profile.checked
    if checked is None:
        return _("never verified")
    when = checked.ago(now)
    if checked.ok:
        return _("worked {when}").format(when=when)
    return _("did not work {when}: {headline}").format(when=when, headline=safe(checked.headline))


def _summary(profile: Profile, now: datetime) -> str:
    summary = _("tenant {tenant}, app {app}, {checked}")
    return summary.format(
        tenant=safe(profile.tenant, 60), app=safe(profile.app, 60), checked=checked_words(profile, now)
    )


def _show(conversation: Conversation, profile: Profile) -> str:
    console, now = conversation.console, conversation.services.now()
    console.title(profile.name)
    facts = facts_of(profile, *_SHOWN, checked=checked_words(profile, now))
    console.facts((fact.label, safe(fact.value)) for fact in facts if fact.value)
    chosen = console.choose(
        _("And now?"), Choice(_("Back to the list")), Choice(_("Verify")), Choice(_("Remove")), Choice(_("Main menu"))
    )
    if chosen == 1:
        return verify(conversation, profile) or flow.HOME
    if chosen == 2:
        _remove(conversation, profile)
    return flow.WELCOME if chosen == 3 else flow.HOME


def _remove(conversation: Conversation, profile: Profile) -> None:
    console = conversation.console
    console.say(
        _(
            "The secrets of {name} are deleted from the password store of this machine. The authorized app and its"
            " service account go on existing in Infor, and so does every copy of the file."
        ).format(name=profile.name)
    )
    if console.ask(_("Type {name} to remove it; Enter alone keeps it.").format(name=profile.name)) != profile.name:
        console.say(_("Nothing was removed."))
        return
    try:
        conversation.services.profiles.remove(profile)
    except IonApiError as error:
        conversation.say_error(error)
    else:
        console.say(_("{name} is removed.").format(name=profile.name))
