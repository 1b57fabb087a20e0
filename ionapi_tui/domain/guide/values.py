"""What a guide consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide.front import Front


class Style(StrEnum):
    """How a piece of a sentence stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    """A word on Infor's screen, or a catchword."""
    EMPHASIS = "emphasis"
    CODE = "code"
    """Something to type, or to compare letter by letter."""


class Kind(StrEnum):
    """What a note is for."""

    SEE = "see"
    """What you should see when the step worked."""
    ADDITION = "addition"
    """What is worth knowing."""
    TROUBLE = "trouble"
    """What goes wrong here."""
    WHERE = "where"
    """Where it is done."""

    @property
    def heading(self) -> str:
        """The heading of such a note, in the language in use."""
        return {
            Kind.SEE: _("You should see"),
            Kind.ADDITION: _("Good to know"),
            Kind.TROUBLE: _("Troubleshooting"),
            Kind.WHERE: _("Where to assign it"),
        }[self]


@dataclass(frozen=True)
class Span:
    """A piece of a sentence in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or an item of a list."""

    spans: tuple[Span, ...]
    number: int | None = None
    """The number of a numbered item, the same as in the picture."""

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Note:
    """Paragraphs set apart."""

    kind: Kind
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Picture:
    """A screenshot that a step links to."""

    path: Path
    title: str


@dataclass(frozen=True)
class Role:
    """A security role that a user needs."""

    name: str
    """As the documentation writes it."""
    canonical: str
    """As Infor's list of roles writes it."""
    purpose: str


@dataclass(frozen=True)
class Topic:
    """A second-level heading with all that stands under it: a user, a step, or something to do afterwards."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    roles: tuple[Role, ...] = ()
    pictures: tuple[Picture, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the heading's attribute block says besides the id, such as ``wireframe`` and ``copy``."""


@dataclass(frozen=True)
class Section:
    """A first-level heading with its introduction and topics."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class Guide:
    """A whole guide."""

    front: Front
    prerequisites: Section
    steps: tuple[Topic, ...]
    next_steps: Section
    source: str = field(default="", repr=False)
    """The Markdown it was read from."""
