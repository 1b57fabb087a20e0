"""The guide as data: the code plays whatever guide it is given.

A second guide, or a second language, is a new file under ``assets/guide``; ``markdown`` says how one is written.
"""

from ionapi_tui.guide.markdown import BrokenGuide, load, parse, peek
from ionapi_tui.guide.values import (
    Front,
    Guide,
    Kind,
    Note,
    Paragraph,
    Picture,
    Role,
    Section,
    Span,
    Style,
    Topic,
)

__all__ = [
    "BrokenGuide",
    "Front",
    "Guide",
    "Kind",
    "Note",
    "Paragraph",
    "Picture",
    "Role",
    "Section",
    "Span",
    "Style",
    "Topic",
    "load",
    "parse",
    "peek",
]
