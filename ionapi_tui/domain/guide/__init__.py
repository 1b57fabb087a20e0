"""The guide as data: the code plays whatever guide it is given.

A second guide, or a second language, is a new file under ``assets/guide``; ``markdown`` says how one is written. What
is offered here is imported when it is first used: the first page of the app needs only ``front``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionapi_tui.domain.guide.front import BrokenGuide, Front, peek
    from ionapi_tui.domain.guide.markdown import load, parse
    from ionapi_tui.domain.guide.values import Guide, Kind, Note, Paragraph, Picture, Role, Section, Span, Style, Topic

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

_HOME = {
    **dict.fromkeys(("BrokenGuide", "Front", "peek"), "front"),
    **dict.fromkeys(("load", "parse"), "markdown"),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME.get(name, 'values')}"), name)
