"""The guide and findings as sentences, written to the console."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_tui.base.language import _
from ionapi_tui.domain.findings import Finding, Severity
from ionapi_tui.domain.guide import Front, Guide, Kind, Note, Paragraph, Role, Span, Style, Topic, flow
from ionapi_tui.plain.console import Console
from ionapi_tui.profile_store.progress import UNNAMED
from ionapi_tui.usecases.guides import headed


def words(paragraph: Paragraph) -> str:
    """Return a paragraph with its number, and in quotes what stands out as a name or as something to type."""
    text = "".join(map(_span, paragraph.spans))
    return text if paragraph.number is None else f"{paragraph.number}. {text}"


def say_paragraphs(console: Console, paragraphs: Iterable[Paragraph]) -> None:
    """Write each paragraph."""
    for paragraph in paragraphs:
        console.say(words(paragraph))


def say_notes(console: Console, notes: Iterable[Note]) -> None:
    """Write each note behind its heading; “You should see” comes first, as on the screens."""
    for note in sorted(notes, key=lambda note: note.kind is not Kind.SEE):
        first, *others = map(words, note.paragraphs)
        console.say(_("{label}: {value}").format(label=note.kind.heading, value=first))
        for other in others:
            console.say(other)


def say_findings(console: Console, findings: Iterable[Finding], front: Front) -> None:
    """Write each finding: what is wrong, what to do, and the step of the guide."""
    for finding in findings:
        console.say()
        console.say(_("{label}: {value}").format(label=finding.severity.word, value=finding.message))
        # What is only a note leaves nothing to do.
        is_note = finding.severity is Severity.INFO
        console.say(finding.fix if is_note else _("What to do: {fix}").format(fix=finding.fix))
        if finding.step is not None:
            console.say(_("In the guide: {place}").format(place=flow.position(front, finding.step)))


def _span(span: Span) -> str:
    # A catchword in bold ends like a sentence; everything else that stands out is a name.
    if span.style in (Style.STRONG, Style.CODE) and span.text[-1:] not in ".:?!":
        return _("“{name}”").format(name=span.text)
    return span.text


def say_topic(console: Console, title: str, topic: Topic) -> None:
    """Write a topic under ``title``."""
    console.title(title)
    say_paragraphs(console, topic.paragraphs)
    for role in topic.roles:
        console.say(_("- {role}: {purpose}").format(role=role_names(role), purpose=role.purpose))
    say_notes(console, topic.notes)


def say_step(console: Console, guide: Guide, step: Topic, tenant: str = UNNAMED) -> None:
    """Write a step under the tenant that it is for, its position and its title."""
    title = _("{place}: {title}").format(place=flow.position(guide.front, step.id), title=step.title)
    say_topic(console, headed(title, tenant), step)


def say_guide(console: Console, guide: Guide) -> None:
    """Write a guide from beginning to end."""
    console.say(guide.front.title)
    for section in (guide.prerequisites, guide.next_steps):
        if section is guide.next_steps:
            for step in guide.steps:
                say_step(console, guide, step)
        console.title(section.title)
        say_paragraphs(console, section.paragraphs)
        for topic in section.topics:
            say_topic(console, topic.title, topic)


def role_names(role: Role) -> str:
    """Return both names of a role, or the one where they are the same."""
    if role.canonical in ("", role.name):
        return role.name
    return _("{name} (in Infor's list: {canonical})").format(name=role.name, canonical=role.canonical)
