"""The two users and their six roles."""

from __future__ import annotations

from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.handover.requests import request_for_roles
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.prose import role_names, say_paragraphs, say_topic
from ionapi_tui.plain.sending import hand_over


def play(conversation: Conversation) -> str:
    """Say what has to be in place, keep the ticks, and return the page to go to."""
    talk, section = conversation.talk, conversation.guide.prerequisites
    talk.title(section.title)
    say_paragraphs(talk, section.paragraphs)
    for user in section.topics:
        say_topic(talk, user.title, user)
    choices = (
        Choice(_("All of this is in place, go on")),
        Choice(_("Tick the roles one by one")),
        Choice(_("Go on, something is still open")),
        Choice(_("A request for the roles, to send to somebody who can grant them")),
        Choice(_("The whole guide as a page, to send to the administrator")),
        Choice(_("Main menu")),
    )
    while True:
        _say_what_is_open(conversation)
        chosen = talk.choose(_("And now?"), *choices)
        if chosen == 0:
            conversation.tick(*flow.role_ticks(conversation.guide))
        if chosen in (0, 2):
            return flow.neighbour(conversation.guide, flow.PREREQUISITES, 1)
        if chosen == 1:
            _tick_roles(conversation)
        elif chosen == 3:
            talk.say()
            talk.say(request_for_roles(section))
        elif chosen == 4:
            hand_over(conversation)
        else:
            return flow.WELCOME


def _tick_roles(conversation: Conversation) -> None:
    for user in conversation.guide.prerequisites.topics:
        conversation.talk.title(user.title)
        for role in user.roles:
            question = _("Has this user the role {role}?").format(role=role_names(role))
            chosen = conversation.talk.choose(question, Choice(_("Yes")), Choice(_("Not yet")), Choice(_("Stop here")))
            if chosen == 2:
                return
            conversation.tick(f"{user.id}/{role.canonical}", done=chosen == 0)


def _say_what_is_open(conversation: Conversation) -> None:
    missing = set(flow.role_ticks(conversation.guide)) - conversation.done
    said = n_("{n} role is not ticked yet.", "{n} roles are not ticked yet.", len(missing))
    conversation.talk.say()
    conversation.talk.say(said if missing else _("All roles are ticked."))
