"""The pages of the guide: the prerequisites, each step, and what comes next with the small guide for DocBits.

Each function shows its page, asks what to do, and returns the page to go to.
"""

from __future__ import annotations

from collections.abc import Callable

from ionapi_tui.base import language
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import Guide, Topic, flow, load
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.domain.profile_facts import stored_in_words
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.deleting import copies_of, delete_copies
from ionapi_tui.plain.lending import lend_file
from ionapi_tui.plain.planning import open_portal
from ionapi_tui.plain.prose import role_names, say_paragraphs, say_step, say_topic
from ionapi_tui.plain.verifying import verify
from ionapi_tui.usecases.guides import headed
from ionapi_tui.usecases.handing_over import hand_over, sentence_about
from ionapi_tui.usecases.planning import names_for_page, note_hand_over, note_request, roles_request


def prerequisites(conversation: Conversation) -> str:
    """Show the two users and their roles, keep the ticks, and return the page to go to."""
    console, section = conversation.console, conversation.guide.prerequisites
    console.title(headed(section.title, conversation.tenant))
    say_paragraphs(console, section.paragraphs)
    for user in section.topics:
        say_topic(console, user.title, user)
    if conversation.practises:
        console.say()
        console.say(_("In the practice tenant, both users already have their roles. Infor is never contacted."))
    choices = (
        Choice(_("All in place, continue")),
        Choice(_("Tick the roles one by one")),
        Choice(_("Continue with open items")),
        Choice(_("A request for the roles that are not ticked, to send to somebody who can grant them")),
        Choice(_("The whole guide as a page, to send to the administrator")),
        Choice(_("Main menu")),
    )
    while True:
        _say_what_is_open(conversation)
        chosen = console.choose(_("What next?"), *choices)
        if chosen == 0:
            conversation.tick(*flow.role_ticks(conversation.guide))
        if chosen in (0, 2):
            return flow.neighbour(conversation.guide, flow.PREREQUISITES, 1)
        if chosen == 1:
            _tick_roles(conversation)
        elif chosen == 3:
            console.say()
            _ask_for_roles(conversation)
        elif chosen == 4:
            _hand_over(conversation)
        else:
            return flow.WELCOME


def _ask_for_roles(conversation: Conversation) -> None:
    section = conversation.guide.prerequisites
    try:
        text = roles_request(conversation.services, section, conversation.done, conversation.tenant)
        if text:
            # Who chose “to send to somebody” has it in the terminal now.
            note_request(conversation.services, conversation.tenant)
    except IonApiError as error:
        conversation.say_error(error)
    else:
        conversation.console.say(text or _("All roles are ticked."))


def _tick_roles(conversation: Conversation) -> None:
    console = conversation.console
    for user in conversation.guide.prerequisites.topics:
        console.title(user.title)
        for role in user.roles:
            question = _("Does this user have the role {role}?").format(role=role_names(role))
            chosen = console.choose(question, Choice(_("Yes")), Choice(_("Not yet")), Choice(_("Stop here")))
            if chosen == 2:
                return
            conversation.tick(f"{user.id}/{role.canonical}", done=chosen == 0)


def _say_what_is_open(conversation: Conversation) -> None:
    missing = set(flow.role_ticks(conversation.guide)) - conversation.done
    message = n_("{n} role is not ticked yet.", "{n} roles are not ticked yet.", len(missing))
    conversation.console.say()
    conversation.console.say(message if missing else _("All roles are ticked."))


def _hand_over(conversation: Conversation) -> None:
    """Ask for the names that go into the page, write it to the Downloads folder, and say where."""
    console = conversation.console
    services = conversation.services
    try:
        known = names_for_page(services, conversation.tenant)
        name = console.ask(_("Which customer is it for? Press Enter to go back."))
        if not name:
            return
        customer = Customer(
            name=name,
            tenant=known.tenant or console.ask(_("The tenant, such as ACME_TST. Press Enter to leave it blank.")),
            service_user=known.service_user
            or console.ask(_("The service user, if known. Press Enter to leave it blank.")),
            app_name=console.ask(_("The name of the app. Press Enter to use the one in the guide.")),
        )
        requests = services.profiles.file_requests
        handed_over = hand_over(requests, customer, conversation.guide, services.paths.downloads)
        note_hand_over(services, customer)
    except IonApiError as error:
        conversation.say_error(error)
    else:
        console.say(sentence_about(handed_over))


def step(conversation: Conversation, page: str) -> str:
    """Show the step of that id and return the page to go to."""
    console, guide = conversation.console, conversation.guide
    say_step(console, guide, _step_of(guide, page), conversation.tenant)
    if conversation.practises and _step_of(guide, page).attributes.get("uses") == "service-user":
        console.say(_("The service user is {user}.").format(user=safe(conversation.practises.service_user, 60)))
    if page in conversation.done:
        console.say(_("You have ticked this step."))
    choices = (
        Choice(_("Done, continue")),
        Choice(_("Continue without ticking")),
        Choice(_("Go back")),
        Choice(_("Screenshots of this step")),
        Choice(_("Open the portal in the browser")),
        Choice(_("Main menu")),
    )
    while True:
        chosen = console.choose(_("What next?"), *choices)
        if chosen == 0:
            conversation.tick(page)
        if chosen in (0, 1):
            return flow.neighbour(guide, page, 1)
        if chosen == 2:
            return flow.neighbour(guide, page, -1)
        if chosen == 5:
            return flow.WELCOME
        if chosen == 4:
            open_portal(conversation)
        else:
            _show_pictures(conversation, page)


def _show_pictures(conversation: Conversation, page: str) -> None:
    pictures = _step_of(conversation.guide, page).pictures
    opened = [conversation.services.open_address(picture.path.as_uri()) for picture in pictures]
    if pictures and all(opened):
        message = n_("{n} screenshot is opening outside.", "{n} screenshots are opening outside.", len(opened))
        conversation.console.say(message)
        return
    conversation.console.say(_("No program to open images was found. They are on this computer:"))
    for picture in pictures:
        conversation.console.say(_("{label}: {value}").format(label=picture.title, value=str(picture.path)))


def _step_of(guide: Guide, page: str) -> Topic:
    return next(one for one in guide.steps if one.id == page)


def next_steps(conversation: Conversation) -> str:
    """Show what comes next and return the page to go to."""
    console, section, stored = conversation.console, conversation.guide.next_steps, conversation.stored_now
    console.title(section.title)
    if stored is None:
        console.say(_("Nothing has been stored in this run."))
    else:
        for sentence in stored_in_words(stored):
            console.say(sentence)
    for topic in section.topics:
        say_topic(console, topic.title, topic)
    while True:
        actions = _after_import(conversation)
        chosen = console.choose(_("What next?"), *(choice for choice, _act in actions))
        page = actions[chosen][1]()
        if page is not None:
            return page


def _after_import(conversation: Conversation) -> list[tuple[Choice, Callable[[], str | None]]]:
    """Return what can be done after the import, each as it is offered; each returns the page to go to, if any."""
    stored = conversation.stored_now
    actions: list[tuple[Choice, Callable[[], str | None]]] = [
        (Choice(_("Profiles")), lambda: _finish(conversation)),
        (Choice(_("The upload to DocBits, step by step")), lambda: _play_docbits(conversation)),
    ]
    if stored is not None:
        actions.append((Choice(_("Verify")), lambda: verify(conversation, stored)))
        lending = Choice(_("Write the file for an upload, and delete it afterwards"))
        actions.append((lending, lambda: lend_file(conversation, stored)))
        if copies_of(conversation, stored):
            actions.append((Choice(_("Delete the downloaded file")), lambda: delete_copies(conversation, stored)))
    actions.append((Choice(_("Main menu")), lambda: flow.WELCOME))
    return actions


def _finish(conversation: Conversation) -> str:
    """Leave the guide; with a stored profile it is finished."""
    if conversation.stored is not None:
        conversation.tick(flow.NEXT_STEPS)
    return flow.HOME


def _play_docbits(conversation: Conversation) -> None:
    console = conversation.console
    guide = load(conversation.services.paths.assets, language.current(), "docbits")
    console.title(guide.front.title)
    say_paragraphs(console, guide.prerequisites.paragraphs)
    for topic in guide.prerequisites.topics:
        say_topic(console, topic.title, topic)
    for step in guide.steps:
        say_step(console, guide, step)
        if console.choose(_("What next?"), Choice(_("Done, continue")), Choice(_("Stop here"))) == 1:
            return
        conversation.tick(f"{guide.front.id}/{step.id}")
    for topic in guide.next_steps.topics:
        say_topic(console, topic.title, topic)
