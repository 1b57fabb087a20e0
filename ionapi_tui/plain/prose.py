"""From the guide's values, and from findings, to plain sentences."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_tui.base.language import _
from ionapi_tui.domain.findings import Finding
from ionapi_tui.domain.guide import Front, Guide, Kind, Note, Paragraph, Role, Span, Style, Topic, flow
from ionapi_tui.plain.console import Talk


def words(paragraph: Paragraph) -> str:
    """Return a paragraph with its number, and in quotes what stands out as a name or as something to type."""
    text = "".join(map(_span, paragraph.spans))
    return text if paragraph.number is None else f"{paragraph.number}. {text}"


def say_paragraphs(talk: Talk, paragraphs: Iterable[Paragraph]) -> None:
    """Say each paragraph."""
    for paragraph in paragraphs:
        talk.say(words(paragraph))


def say_notes(talk: Talk, notes: Iterable[Note]) -> None:
    """Say each note behind its heading; what one should see comes first, as on the screens."""
    for note in sorted(notes, key=lambda note: note.kind is not Kind.SEE):
        first, *others = map(words, note.paragraphs)
        talk.say(_("{label}: {value}").format(label=note.kind.heading, value=first))
        for other in others:
            talk.say(other)


def say_findings(talk: Talk, findings: Iterable[Finding], front: Front) -> None:
    """Say what is wrong, how to mend it, and where in the guide."""
    for finding in findings:
        talk.say()
        talk.say(_("{label}: {value}").format(label=finding.severity.word, value=finding.message))
        talk.say(_("What to do: {fix}").format(fix=finding.fix))
        if finding.step is not None:
            talk.say(_("In the guide: {place}").format(place=flow.position(front, finding.step)))


def _span(span: Span) -> str:
    # A catchword in bold ends like a sentence; everything else that stands out is a name.
    if span.style in (Style.STRONG, Style.CODE) and span.text[-1:] not in ".:?!":
        return _("“{name}”").format(name=span.text)
    return span.text


def say_topic(talk: Talk, title: str, topic: Topic) -> None:
    """Say a whole topic under ``title``."""
    talk.title(title)
    say_paragraphs(talk, topic.paragraphs)
    for role in topic.roles:
        talk.say(_("- {role}: {purpose}").format(role=role_names(role), purpose=role.purpose))
    say_notes(talk, topic.notes)


def say_guide(talk: Talk, guide: Guide) -> None:
    """Say a guide from beginning to end."""
    talk.say(guide.front.title)
    for section in (guide.prerequisites, guide.next_steps):
        if section is guide.next_steps:
            for step in guide.steps:
                place = flow.position(guide.front, step.id)
                say_topic(talk, _("{place}: {title}").format(place=place, title=step.title), step)
        talk.title(section.title)
        say_paragraphs(talk, section.paragraphs)
        for topic in section.topics:
            say_topic(talk, topic.title, topic)


def role_names(role: Role) -> str:
    """Return both names of a role, or the one where they are the same."""
    if role.canonical in ("", role.name):
        return role.name
    return _("{name} (in Infor's list: {canonical})").format(name=role.name, canonical=role.canonical)
