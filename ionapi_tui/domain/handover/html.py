"""The page as one HTML file: nothing in it leads outside, and it prints well."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import singledispatch
from html import escape
from pathlib import Path
from typing import Final

from ionapi_tui.domain.guide import Note, Paragraph, Picture, Span, Style
from ionapi_tui.domain.handover.document import Block, Facts, Heading, Letter, Roles, Text
from ionapi_tui.domain.handover.words import note_title

_TAGS: Final = {Style.STRONG: "strong", Style.EMPHASIS: "em", Style.CODE: "code"}


def page(title: str, language: str, blocks: Iterable[Block]) -> str:
    """Return the whole file, pictures and style sheet inside."""
    style = Path(__file__).with_name("page.css").read_text("utf-8")
    body = "\n".join(map(_html, blocks))
    # The policy holds even if a name that somebody typed were to get through as a tag.
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


@singledispatch
def _html(block: object) -> str:
    raise TypeError(block)


@_html.register
def _heading(block: Heading) -> str:
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


@_html.register
def _text(block: Text) -> str:
    return f"<p>{escape(block.text)}</p>"


@_html.register
def _facts(block: Facts) -> str:
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in block.facts)
    return f"<dl>{rows}</dl>"


@_html.register
def _letter(block: Letter) -> str:
    return f'<pre class="letter">{escape(block.text)}</pre>'


@_html.register
def _roles(block: Roles) -> str:
    return f'<ul class="roles">{"".join(_role(role.name, role.canonical, role.purpose) for role in block.roles)}</ul>'


def _role(name: str, canonical: str, purpose: str) -> str:
    other = "" if canonical in ("", name) else f" <code>{escape(canonical)}</code>"
    return f"<li><strong>{escape(name)}</strong>{other}: {escape(purpose)}</li>"


@_html.register
def _paragraph(block: Paragraph) -> str:
    words = "".join(map(_span, block.spans))
    if block.number is None:
        return f"<p>{words}</p>"
    return f'<p class="item"><b class="number">{block.number}</b><span>{words}</span></p>'


@_html.register
def _note(block: Note) -> str:
    paragraphs = "".join(map(_paragraph, block.paragraphs))
    return f'<aside class="{block.kind}"><h4>{escape(note_title(block.kind))}</h4>{paragraphs}</aside>'


@_html.register
def _picture(block: Picture) -> str:
    data = b64encode(block.path.read_bytes()).decode()
    caption = escape(block.title)
    return (
        f'<figure><img alt="{caption}" src="data:image/png;base64,{data}"><figcaption>{caption}</figcaption></figure>'
    )


def _span(span: Span) -> str:
    tag = _TAGS.get(span.style)
    return f"<{tag}>{escape(span.text)}</{tag}>" if tag else escape(span.text)
