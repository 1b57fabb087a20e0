"""Two profiles compared, line by line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.usecases.comparing import NOTHING, Comparison, Group, candidates, compare

if TYPE_CHECKING:
    from ionapi_tui.gateway.verify import Verification


def compare_with_another(conversation: Conversation, profile: Profile) -> None:
    """Ask for the other profile and whether to verify both, and say what each has."""
    console = conversation.console
    try:
        others = candidates(profile, conversation.services.profiles.profiles())
    except IonApiError as error:
        conversation.say_error(error)
        return
    if not others:
        console.say(_("There is no other profile to compare with."))
        return
    choices = [Choice(one.name, safe(one.tenant, 60)) for one in others]
    other = others[console.choose(_("Compare with which profile?"), *choices)]
    verified = {}
    question = _("Verify both profiles first? Roles and checks are known only then.")
    if console.agrees(question, _("Yes, verify"), _("No")):
        verified = _verify(conversation, profile, other)
    try:
        # As they are now, after the verification.
        left, right = (conversation.services.profiles.profile(one.name) for one in (profile, other))
    except IonApiError as error:
        conversation.say_error(error)
    else:
        _say(conversation, compare(left, right, verified))


def _verify(conversation: Conversation, *profiles: Profile) -> dict[str, Verification]:
    from ionapi_tui.usecases.verifying import verify_all

    try:
        outcomes = asyncio.run(verify_all(conversation.services.connections, profiles))
    except IonApiError as error:
        conversation.say_error(error)
        return {}
    for one in outcomes:
        if one.error is not None:
            conversation.say_error(one.error)
    return {one.profile.id: one.verification for one in outcomes if one.verification is not None}


def _say(conversation: Conversation, comparison: Comparison) -> None:
    """Say what differs first, then what is the same: who listens does not want to compare every line."""
    console = conversation.console
    first, second = (profile.name for profile in comparison.profiles)
    console.title(_("{first} and {second}").format(first=first, second=second))
    console.say(comparison.summary)
    for group, rows in comparison.groups(different_only=True):
        for row in rows:
            console.say(_said(group, row.label, (first, row.words(0)), (second, row.words(1))))
    for group, rows in comparison.groups():
        console.title(group.heading)
        for row in rows:
            if row.same:
                console.say(_("{label}: {value} (both)").format(label=row.label, value=row.words(0)))
            else:
                console.say(_said(group, row.label, (first, row.words(0)), (second, row.words(1))))


def _said(group: Group, label: str, first: tuple[str, str], second: tuple[str, str]) -> str:
    """Return one line about something that the profiles do not share."""
    if group in {Group.SCOPES, Group.ROLES}:
        label = f"{group.heading}, {label}"
    return _("{label}: {first} has {value}; {second} has {other}").format(
        label=label, first=first[0], value=_or_nothing(first[1]), second=second[0], other=_or_nothing(second[1])
    )


def _or_nothing(value: str) -> str:
    return _("nothing") if value == NOTHING else value
