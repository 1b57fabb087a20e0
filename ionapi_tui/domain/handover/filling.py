"""Putting a customer's names into a guide.

A step says what it uses in its heading's attribute block: ``uses=tenant``, ``uses=app`` or ``uses=service-user``. The
name it suggests there with ``copy`` gives way to the customer's, wherever it is set as code.
"""

from __future__ import annotations

from dataclasses import replace

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide import Guide, Note, Paragraph, Section, Span, Style, Topic
from ionapi_tui.domain.handover.customer import Customer


def fill(guide: Guide, customer: Customer) -> Guide:
    """Return ``guide`` with the names of ``customer`` in it."""
    suggested = next((step.attributes["copy"] for step in guide.steps if "copy" in step.attributes), "")
    filling = _Filling(suggested, customer)
    return replace(
        guide,
        prerequisites=filling.section(guide.prerequisites),
        steps=tuple(map(filling.topic, guide.steps)),
        next_steps=filling.section(guide.next_steps),
    )


class _Filling:
    def __init__(self, suggested: str, customer: Customer) -> None:
        self._suggested, self._customer = suggested, customer

    def section(self, section: Section) -> Section:
        return replace(
            section,
            paragraphs=self._paragraphs(section.paragraphs),
            notes=self._notes(section.notes),
            topics=tuple(map(self.topic, section.topics)),
        )

    def topic(self, topic: Topic) -> Topic:
        own = self._own(topic.attributes.get("uses", ""))
        paragraphs = self._paragraphs(topic.paragraphs)
        return replace(topic, paragraphs=own + paragraphs, notes=self._notes(topic.notes))

    def _own(self, uses: str) -> tuple[Paragraph, ...]:
        """Return what this customer's step says besides."""
        customer = self._customer
        told, value = {
            "tenant": (_("The tenant for this file is {value}."), customer.tenant),
            "app": (_("The name of the app is {value}."), customer.app_name),
            "service-user": (_("The service user is {value}."), customer.service_user),
        }.get(uses, ("", ""))
        if not value:
            return ()
        before, _name, after = told.partition("{value}")
        return (Paragraph((Span(before), Span(value, Style.CODE), Span(after))),)

    def _notes(self, notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(replace(note, paragraphs=self._paragraphs(note.paragraphs)) for note in notes)

    def _paragraphs(self, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        if not (self._suggested and self._customer.app_name):
            return paragraphs
        return tuple(replace(one, spans=tuple(map(self._span, one.spans))) for one in paragraphs)

    def _span(self, span: Span) -> Span:
        if span.style is not Style.CODE:
            return span
        return replace(span, text=span.text.replace(self._suggested, self._customer.app_name))
