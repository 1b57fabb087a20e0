"""What the page says, from top to bottom, in whatever format it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import Guide, Kind, Note, Paragraph, Picture, Role, Section, Topic, flow
from ionapi_tui.domain.handover.customer import Customer
from ionapi_tui.domain.handover.filling import fill
from ionapi_tui.domain.handover.requests import request_for_roles, request_to_enable


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the page."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph of our own, in one style."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Labels with their values."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Letter:
    """A text to copy and to send."""

    text: str


@dataclass(frozen=True)
class Roles:
    """Roles to tick off."""

    roles: tuple[Role, ...]


Block = Heading | Text | Facts | Letter | Roles | Paragraph | Note | Picture


def title_of(guide: Guide, customer: Customer) -> str:
    """Return the title of the page."""
    return _("{title} for {customer}").format(title=guide.front.title, customer=customer.name)


def blocks(guide: Guide, customer: Customer) -> Iterator[Block]:
    """Yield what the page for ``customer`` says."""
    filled = fill(guide, customer)
    yield Heading(1, title_of(guide, customer))
    yield from _introduction(guide, customer)
    yield Heading(2, filled.prerequisites.title)
    yield from filled.prerequisites.paragraphs
    for user in filled.prerequisites.topics:
        yield from _topic(user)
    for step in filled.steps:
        place = flow.position(guide.front, step.id)
        yield Heading(2, _("{place}: {title}").format(place=place, title=step.title))
        yield from _contents(step)
    yield from _way_back()
    yield from _letters(guide.prerequisites, customer)


def _introduction(guide: Guide, customer: Customer) -> Iterator[Block]:
    yield Text(
        _(
            "This page leads you through the Infor portal to an ION API file, which lets DocBits export documents to"
            " Infor. You need {minutes} and the rights of an administrator. There is nothing secret on this page."
        ).format(minutes=n_("{n} minute", "{n} minutes", guide.front.minutes))
    )
    facts = (
        (_("Customer"), customer.name),
        (_("Tenant"), customer.tenant),
        (_("Service user"), customer.service_user),
        (_("Authorized app"), customer.app_name),
    )
    yield Facts(tuple(fact for fact in facts if fact[1]))
    yield Text(_("The pictures show a stand-in for Infor. Your portal may look different; the names are the same."))


def _topic(topic: Topic) -> Iterator[Block]:
    yield Heading(3, topic.title)
    yield from _contents(topic)


def _contents(topic: Topic) -> Iterator[Block]:
    yield from topic.paragraphs
    if topic.roles:
        yield Roles(topic.roles)
    yield from topic.pictures
    yield from sorted(topic.notes, key=lambda note: note.kind is not Kind.SEE)


def _way_back() -> Iterator[Block]:
    yield Heading(2, _("Send the file back"))
    yield Text(
        _(
            "The file holds keys that let a program log in without a person. Do not send it by mail or chat. Put it"
            " where only the person who asked you can read it, such as a shared vault or a protected folder, or hand it"
            " over in person. Tell that person where it is."
        )
    )
    yield Text(
        _(
            "Do not open or edit the file, and delete your own copy once it has arrived. If it may have been seen by"
            " somebody else, disable its service account and make a new file."
        )
    )


def _letters(prerequisites: Section, customer: Customer) -> Iterator[Block]:
    yield Heading(2, _("If somebody else has to help"))
    yield Text(_("Roles are granted by somebody who manages users. This text can be sent as it is:"))
    yield Letter(request_for_roles(prerequisites))
    yield Text(_("If the service account was switched off, this is what to ask for:"))
    yield Letter(request_to_enable(customer.tenant, customer.app_name, customer.service_user))
