"""The profiles page: the list of what is stored, and one profile of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain import age
from ionapi_tui.domain.findings import Finding
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.notes import LABELS, checked_notes
from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.profile_facts import facts_of
from ionapi_tui.domain.refreshed import finding_about
from ionapi_tui.plain.comparing import compare_with_another
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.deleting import copies_of, delete_copies
from ionapi_tui.plain.lending import lend_file
from ionapi_tui.plain.prose import say_findings
from ionapi_tui.plain.reporting import write_report
from ionapi_tui.plain.verifying import verify
from ionapi_tui.usecases.removing import of_the_same_app

_SHOWN: Final = ("tenant", "environment", "app", "client_id", "gateway", "store", "age", "checked", *LABELS)


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
    worded = {
        "checked": checked_words(profile, now),
        "age": age.in_words(profile.age(now)),
        "store": conversation.services.stores.label_of(profile.store),
    }
    facts = facts_of(profile, *_SHOWN, **worded)
    console.facts((fact.label, safe(fact.value)) for fact in facts if fact.value)
    say_findings(console, _standing(conversation, profile), conversation.guide.front)
    actions: list[tuple[Choice, Callable[[], str | None]]] = [
        (Choice(_("Back to the list")), lambda: None),
        (Choice(_("Verify")), lambda: verify(conversation, profile)),
        (Choice(_("Remove")), lambda: _remove(conversation, profile)),
        (Choice(_("Compare with another profile")), lambda: compare_with_another(conversation, profile)),
        (Choice(_("Write a report")), lambda: write_report(conversation, profile)),
        (Choice(_("Edit notes")), lambda: _edit_notes(conversation, profile)),
        (
            Choice(_("Write the file for an upload, and delete it afterwards")),
            lambda: lend_file(conversation, profile),
        ),
        (Choice(_("Main menu")), lambda: flow.WELCOME),
    ]
    if copies_of(conversation, profile):
        deleting = Choice(_("Delete the downloaded file"))
        actions.insert(-1, (deleting, lambda: delete_copies(conversation, profile)))
    chosen = console.choose(_("What next?"), *(choice for choice, _act in actions))
    return actions[chosen][1]() or flow.HOME


def _standing(conversation: Conversation, profile: Profile) -> list[Finding]:
    """Return what is found about a profile without verifying it."""
    refreshed = finding_about(profile, conversation.services.profiles.profiles())
    found = [] if refreshed is None else [refreshed]
    return [*found, *age.findings_of(profile, conversation.services.now())]


def _edit_notes(conversation: Conversation, profile: Profile) -> None:
    """Ask for each note, and save them."""
    console = conversation.console
    console.say(_("Notes are not secret. Press Enter to keep a note, or type - to delete it."))
    texts = {}
    for (key, label), before in zip(LABELS.items(), profile.notes.texts, strict=True):
        question = _("{label}, now “{text}”:") if before else _("{label}:")
        answer = console.ask(question.format(label=_(label), text=safe(before)))
        texts[key] = "" if answer == "-" else answer or before
    try:
        conversation.services.profiles.set_notes(profile.name, checked_notes(**texts))
    except IonApiError as error:
        conversation.say_error(error)
    else:
        console.say(_("The notes about {name} are saved.").format(name=profile.name))


def _remove(conversation: Conversation, profile: Profile) -> None:
    console = conversation.console
    console.say(
        _(
            "The secrets of {name} are deleted from the password store of this computer. The authorized app "
            "and its service account remain in Infor, as does every copy of the file."
        ).format(name=profile.name)
    )
    try:
        shared = of_the_same_app([profile], conversation.services.profiles.profiles())
    except IonApiError as error:
        conversation.say_error(error)
        return
    if shared:
        console.say(shared)
    if console.ask(_("Type {name} to remove it, or press Enter to keep it.").format(name=profile.name)) != profile.name:
        console.say(_("Nothing was removed."))
        return
    try:
        conversation.services.profiles.remove(profile)
    except IonApiError as error:
        conversation.say_error(error)
    else:
        console.say(_("{name} is removed.").format(name=profile.name))
