"""After the import: what comes next, and the small guide for DocBits."""

from __future__ import annotations

from ionapi_tui.base import language
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow, load
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.prose import say_paragraphs, say_topic
from ionapi_tui.plain.verifying import verify


def play(conversation: Conversation) -> str:
    """Say what comes next and return the page to go to."""
    talk, section, stored = conversation.talk, conversation.guide.next_steps, conversation.stored
    talk.title(section.title)
    if stored is None:
        talk.say(_("Nothing has been stored in this run."))
    else:
        told = _("Stored: {name}, client ID {client_id}")
        talk.say(told.format(name=stored.name, client_id=safe(stored.client_id, 70)))
    for topic in section.topics:
        say_topic(talk, topic.title, topic)
    ways = [(flow.HOME, Choice(_("Profiles"))), ("", Choice(_("The upload to DocBits, step by step")))]
    if stored is not None:
        ways.append(("verify", Choice(_("Verify"))))
    ways.append((flow.WELCOME, Choice(_("Main menu"))))
    while True:
        way = ways[talk.choose(_("And now?"), *(choice for _page, choice in ways))][0]
        if way == "verify" and stored is not None:
            step = verify(conversation, stored)
            if step is not None:
                return step
        elif way:
            return way
        else:
            _lead_through_docbits(conversation)


def _lead_through_docbits(conversation: Conversation) -> None:
    talk = conversation.talk
    guide = load(conversation.services.paths.assets, language.current(), "docbits")
    talk.title(guide.front.title)
    say_paragraphs(talk, guide.prerequisites.paragraphs)
    for topic in guide.prerequisites.topics:
        say_topic(talk, topic.title, topic)
    for step in guide.steps:
        place = flow.position(guide.front, step.id)
        say_topic(talk, _("{place}: {title}").format(place=place, title=step.title), step)
        if talk.choose(_("And now?"), Choice(_("Done, go on")), Choice(_("Stop here"))) == 1:
            return
        conversation.tick(f"{guide.front.id}/{step.id}")
    for topic in guide.next_steps.topics:
        say_topic(talk, topic.title, topic)
