"""The page as Markdown, with its pictures in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch
from typing import Final

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide import Note, Paragraph, Picture, Role, Span, Style
from ionapi_tui.domain.handover.document import Block, Facts, Heading, Letter, Roles, Text
from ionapi_tui.domain.handover.words import note_title

_MARKS: Final = {Style.STRONG: "**", Style.EMPHASIS: "*", Style.CODE: "`"}


def page(blocks: Iterable[Block], pictures: str) -> str:
    """Return the text; pictures are linked in the folder ``pictures``."""
    return (
        "\n\n".join(_picture(block, pictures) if isinstance(block, Picture) else _md(block) for block in blocks) + "\n"
    )


def _picture(block: Picture, folder: str) -> str:
    return f"![{_plain(block.title)}]({folder}/{block.path.name})"


@singledispatch
def _md(block: object) -> str:
    raise TypeError(block)


@_md.register
def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {_plain(block.text)}"


@_md.register
def _text(block: Text) -> str:
    return _plain(block.text)


@_md.register
def _facts(block: Facts) -> str:
    return "\n".join(
        "- " + _("{label}: {value}").format(label=_plain(label), value=_plain(value)) for label, value in block.facts
    )


@_md.register
def _letter(block: Letter) -> str:
    return "\n".join(f"    {line}" if line else "" for line in block.text.splitlines())


@_md.register
def _roles(block: Roles) -> str:
    return "\n".join(map(_role, block.roles))


def _role(role: Role) -> str:
    other = "" if role.canonical in ("", role.name) else f" (`{role.canonical}`)"
    return f"- [ ] **{_plain(role.name)}**{other}: {_plain(role.purpose)}"


@_md.register
def _paragraph(block: Paragraph) -> str:
    words = "".join(map(_span, block.spans))
    return words if block.number is None else f"{block.number}. {words}"


@_md.register
def _note(block: Note) -> str:
    paragraphs = "\n>\n> ".join(map(_paragraph, block.paragraphs))
    return f"> **{note_title(block.kind)}**\n>\n> {paragraphs}"


def _span(span: Span) -> str:
    mark = _MARKS.get(span.style, "")
    if span.style is Style.CODE:
        return mark + span.text.replace("`", "'") + mark
    return mark + _plain(span.text) + mark


def _plain(text: str) -> str:
    """Return ``text`` with what Markdown would take for marks escaped."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
