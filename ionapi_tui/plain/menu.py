"""The main menu, and the order from page to page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import flow
from ionapi_tui.plain import guide_pages, importing
from ionapi_tui.plain.console import Choice, Console, InputEnded
from ionapi_tui.plain.conversation import QUIT, Conversation
from ionapi_tui.plain.planning import PLAN, plan, start, start_another
from ionapi_tui.plain.practice import offer_to_remove, practice
from ionapi_tui.plain.profiles import profiles
from ionapi_tui.usecases.guides import left_off

if TYPE_CHECKING:
    from ionapi_tui.profile_store.progress import Progress
    from ionapi_tui.usecases.services import Services

_PRACTICE: Final = "practice"
_ANOTHER: Final = "another"
_GUIDE: Final = "guide "
"""What comes before the tenant whose guide goes on."""
_MOST: Final = 4
"""How many guides the menu offers to continue; the plan has all that are planned."""

_PAGES: Final[dict[str, Callable[[Conversation], str]]] = {
    flow.PREREQUISITES: guide_pages.prerequisites,
    flow.IMPORT: importing.choose_file,
    flow.NEXT_STEPS: guide_pages.next_steps,
    flow.HOME: profiles,
    _PRACTICE: practice,
    PLAN: plan,
    _ANOTHER: start_another,
}


def run(
    services: Services, console: Console, page: str = flow.WELCOME, tenant: str | None = None, notice: str = ""
) -> int:
    """Run plain mode and return the exit code of the program.

    Args:
        services: what the pages work with.
        console: where to ask and to answer.
        page: where to begin.
        tenant: whose guide to begin with instead, where it was left; None for ``page``.
        notice: what was done already, as a sentence; empty for nothing.
    """
    conversation = Conversation(services, console, tenant=left_off(services.progress.all()).tenant)
    try:
        _begin(conversation)
        if notice:
            console.say(notice)
        if tenant is not None:
            page = start(conversation, tenant)
        while page != QUIT:
            page = _show(conversation, page)
        if conversation.practice is not None:
            offer_to_remove(conversation)
    except InputEnded:
        console.say(_("The input has ended. Your progress in the guide is saved."))
    finally:
        if conversation.practice is not None:
            conversation.practice.stop()
    return 0


def _begin(conversation: Conversation) -> None:
    console = conversation.console
    console.say(_("ionapi-tui, line by line. Answer each question with a line; press Ctrl+C to quit at any time."))
    from ionapi_tui.usecases.recovering import recover

    try:
        for sentence in recover(conversation.services):
            console.say(sentence)
    except IonApiError as error:
        conversation.say_error(error)
    choice = conversation.services.stores.choice
    if choice.brief:
        console.say(f"{choice.brief} {_('To see all options: ionapi-tui store')}")
    elif choice.store is None:
        console.say(_("No password store on this computer: {reason}").format(reason=choice.reason))
    else:
        console.say(_("Secrets go into {store}.").format(store=choice.store.label))


def _show(conversation: Conversation, page: str) -> str:
    if page == flow.WELCOME:
        return _welcome(conversation)
    if page in flow.order(conversation.guide):
        conversation.remember_page(page)
    if page in _PAGES:
        return _PAGES[page](conversation)
    return guide_pages.step(conversation, page)


def _welcome(conversation: Conversation) -> str:
    front = conversation.guide.front
    under_way = conversation.under_way[:_MOST]
    length = n_("{n} step", "{n} steps", front.steps) + ", " + n_("{n} minute", "{n} minutes", front.minutes)
    needed = _("{length}; you need the Infor portal").format(length=length)
    first = (flow.PREREQUISITES, Choice(_("Start the guide"), needed))
    pages = [
        *((_GUIDE + one.tenant, Choice(_continue(one), flow.position(front, one.step))) for one in under_way),
        (_ANOTHER, Choice(_("Start the guide for another tenant"), needed)) if under_way else first,
        (_PRACTICE, Choice(_("Practice run"), _("on a simulated Infor portal on this computer"))),
        (flow.IMPORT, Choice(_("Import a file"), _("you already have an .ionapi file"))),
        (flow.HOME, Choice(_("Profiles"), _("the profiles on this computer"))),
        (PLAN, Choice(_("Tenant plan"), _("the tenants that need a file"))),
        (QUIT, Choice(_("Quit"))),
    ]
    chosen = conversation.console.choose(_("What do you want to do?"), *(choice for _page, choice in pages))
    page = pages[chosen][0]
    if page == flow.IMPORT:
        # Nobody knows yet whose file it will be: no guide is at its import for that.
        return importing.choose_file(conversation)
    return start(conversation, page.removeprefix(_GUIDE)) if page.startswith(_GUIDE) else page


def _continue(progress: Progress) -> str:
    if progress.tenant:
        return _("Continue: {tenant}").format(tenant=progress.tenant)
    return _("Continue the guide without a tenant")
