"""The beginning, and the way from page to page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import flow
from ionapi_tui.plain import importing, next_steps, practising, prerequisites, profiles, steps
from ionapi_tui.plain.console import Choice, Ended, Talk
from ionapi_tui.plain.conversation import QUIT, Conversation

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services

_PRACTICE: Final = "practice"

_PAGES: Final[dict[str, Callable[[Conversation], str]]] = {
    flow.PREREQUISITES: prerequisites.play,
    flow.IMPORT: importing.play,
    flow.NEXT_STEPS: next_steps.play,
    flow.HOME: profiles.play,
    _PRACTICE: practising.play,
}


def run(services: Services, talk: Talk, page: str = flow.WELCOME) -> int:
    """Hold the conversation and return the exit code of the program.

    Args:
        services: the outside world.
        talk: the other side.
        page: where to begin.
    """
    conversation = Conversation(services, talk)
    try:
        _begin(conversation)
        while page != QUIT:
            page = _play(conversation, page)
        if conversation.rehearsal is not None:
            practising.tidy_up(conversation)
    except Ended:
        talk.say(_("The input has ended. Your place in the guide is kept."))
    finally:
        if conversation.rehearsal is not None:
            conversation.rehearsal.end()
    return 0


def _begin(conversation: Conversation) -> None:
    talk = conversation.talk
    talk.say(_("ionapi-tui, line by line. Answer each question with a line; Ctrl-C leaves at any time."))
    try:
        for told in conversation.services.profiles.recover():
            talk.say(told.message)
    except IonApiError as error:
        conversation.tell_error(error)
    choice = conversation.services.stores.choice
    if choice.brief:
        talk.say(f"{choice.brief} {_('“ionapi-tui store” tells every other way.')}")
    elif choice.store is None:
        talk.say(_("This machine has no password store: {reason}").format(reason=choice.reason))
    else:
        talk.say(_("Secrets go into {store}.").format(store=choice.store.label))


def _play(conversation: Conversation, page: str) -> str:
    if page == flow.WELCOME:
        return _welcome(conversation)
    if page in flow.order(conversation.guide):
        conversation.be_at(page)
    if page in _PAGES:
        return _PAGES[page](conversation)
    return steps.play(conversation, page)


def _welcome(conversation: Conversation) -> str:
    front = conversation.guide.front
    place = conversation.place
    pages = []
    if place:
        pages.append((place, Choice(_("Go on with the guide"), flow.position(front, place))))
    length = n_("{n} step", "{n} steps", front.steps) + ", " + n_("{n} minute", "{n} minutes", front.minutes)
    needed = _("{length}; you need the Infor portal").format(length=length)
    pages += [
        (flow.PREREQUISITES, Choice(_("Start the guide from the beginning"), needed)),
        (_PRACTICE, Choice(_("Practise first"), _("on a stand-in for Infor on this machine"))),
        (flow.IMPORT, Choice(_("Import a file"), _("you already have an .ionapi file"))),
        (flow.HOME, Choice(_("Profiles"), _("what is stored on this machine"))),
        (QUIT, Choice(_("Quit"))),
    ]
    chosen = conversation.talk.choose(_("What do you want to do?"), *(choice for _page, choice in pages))
    return pages[chosen][0]
