"""What is stored on this machine, as a list."""

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


def play(conversation: Conversation) -> str:
    """List the profiles, let one be chosen, and return the page to go to."""
    talk = conversation.talk
    talk.title(_("Profiles"))
    try:
        profiles = sorted(conversation.services.profiles.profiles(), key=lambda profile: profile.name)
    except IonApiError as error:
        conversation.tell_error(error)
        return flow.WELCOME
    if not profiles:
        talk.say(_("Nothing is stored yet."))
        return flow.WELCOME
    now = conversation.services.now()
    listed = [Choice(profile.name, _summary(profile, now)) for profile in profiles]
    chosen = talk.choose(_("Which profile?"), Choice(_("Main menu")), *listed)
    return flow.WELCOME if chosen == 0 else _one(conversation, profiles[chosen - 1])


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
    told = _("tenant {tenant}, app {app}, {checked}")
    return told.format(tenant=safe(profile.tenant, 60), app=safe(profile.app, 60), checked=checked_words(profile, now))


def _one(conversation: Conversation, profile: Profile) -> str:
    talk, now = conversation.talk, conversation.services.now()
    talk.title(profile.name)
    facts = facts_of(profile, *_SHOWN, checked=checked_words(profile, now))
    talk.facts((fact.label, safe(fact.value)) for fact in facts if fact.value)
    chosen = talk.choose(
        _("And now?"), Choice(_("Back to the list")), Choice(_("Verify")), Choice(_("Remove")), Choice(_("Main menu"))
    )
    if chosen == 1:
        return verify(conversation, profile) or flow.HOME
    if chosen == 2:
        _remove(conversation, profile)
    return flow.WELCOME if chosen == 3 else flow.HOME


def _remove(conversation: Conversation, profile: Profile) -> None:
    talk = conversation.talk
    talk.say(
        _(
            "The secrets of {name} are deleted from the password store of this machine. The authorized app and its"
            " service account go on existing in Infor, and so does every copy of the file."
        ).format(name=profile.name)
    )
    if talk.ask(_("Type {name} to remove it; Enter alone keeps it.").format(name=profile.name)) != profile.name:
        talk.say(_("Nothing was removed."))
        return
    try:
        conversation.services.profiles.remove(profile.name)
    except IonApiError as error:
        conversation.tell_error(error)
    else:
        talk.say(_("{name} is removed.").format(name=profile.name))
