"""One step of the guide."""

from __future__ import annotations

from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import flow
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.prose import say_topic


def play(conversation: Conversation, page: str) -> str:
    """Say the step of that id and return the page to go to."""
    talk, guide = conversation.talk, conversation.guide
    step = next(step for step in guide.steps if step.id == page)
    say_topic(talk, _("{place}: {title}").format(place=flow.position(guide.front, page), title=step.title), step)
    if page in conversation.done:
        talk.say(_("You have ticked this step."))
    choices = (
        Choice(_("Done, go on")),
        Choice(_("Go on without a tick")),
        Choice(_("Go back")),
        Choice(_("Screenshots of this step")),
        Choice(_("Main menu")),
    )
    while True:
        chosen = talk.choose(_("And now?"), *choices)
        if chosen == 0:
            conversation.tick(page)
        if chosen in (0, 1):
            return flow.neighbour(guide, page, 1)
        if chosen == 2:
            return flow.neighbour(guide, page, -1)
        if chosen == 4:
            return flow.WELCOME
        _show_pictures(conversation, page)


def _show_pictures(conversation: Conversation, page: str) -> None:
    pictures = next(step for step in conversation.guide.steps if step.id == page).pictures
    opened = [conversation.services.open_address(picture.path.as_uri()) for picture in pictures]
    if pictures and all(opened):
        said = n_("{n} screenshot is opening outside.", "{n} screenshots are opening outside.", len(opened))
        conversation.talk.say(said)
        return
    conversation.talk.say(_("There is nothing here to open pictures with. They are on this machine:"))
    for picture in pictures:
        conversation.talk.say(_("{label}: {value}").format(label=picture.title, value=str(picture.path)))
