"""Text whose lines, when they are too long, continue below their own beginning instead of at the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from ionapi_tui.base.text import safe

_LEAST: Final = 12
"""The fewest columns for the text of a line, however long its beginning is."""


@dataclass(frozen=True)
class Line:
    """A line of text."""

    text: Content
    before: Content = field(default_factory=lambda: Content(""))
    """What stands before it, such as a label; the text continues below itself."""
    further: int = 0
    """By how many columns more what continues is indented."""
    is_path: bool = False
    """Whether it is a path, which is broken behind a slash rather than in a name."""

    def wrapped(self, width: int) -> list[Content]:
        """Return the lines that this one takes where there are ``width`` columns."""
        indent = self.before.cell_length
        room = max(_LEAST, width - indent - self.further)
        if not self.text.cell_length > width - indent:
            parts = [self.text]
        elif self.is_path:
            parts = [self.text[start:end] for start, end in _spans(self.text.plain, room)]
        else:
            parts = self.text.wrap(room)
        margin = " " * (indent + self.further)
        first, *others = parts
        return [Content.assemble(self.before, first), *(Content.assemble(margin, part) for part in others)]


class Hanging(Widget):
    """Lines of text, drawn as wide as there is room."""

    DEFAULT_CSS = "Hanging { width: 1fr; height: auto; }"

    lines: reactive[tuple[Line, ...]] = reactive((), layout=True)
    """What is drawn."""

    def __init__(self, *lines: Line, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Hanging.lines, lines)

    def show(self, lines: Iterable[Line]) -> None:
        """Draw other lines."""
        self.lines = tuple(lines)

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._wrapped(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Leave room for the lines, wrapped."""
        return len(self._wrapped(width))

    def _wrapped(self, width: int) -> list[Content]:
        return [part for line in self.lines for part in line.wrapped(max(1, width))]


class PathText(Hanging):
    """A path, or an address."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(Line(Content(safe(path, 300)), is_path=True), classes="address")


def code(text: str) -> Iterable[Line]:
    """Yield the lines of an example for programs; what continues stands further right."""
    for line in text.splitlines():
        begins = len(line) - len(line.lstrip())
        yield Line(Content(line[begins:]), Content(" " * begins), further=4)


def _spans(text: str, room: int) -> list[tuple[int, int]]:
    """Return where the lines of a path begin and end: behind a slash, else behind a hyphen, else anywhere."""
    spans: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > room:
        piece = text[start : start + room]
        ends = [match.end() for match in re.finditer(r"[/\\]", piece)] or [
            match.end() for match in re.finditer(r"[ _-]", piece)
        ]
        end = start + (ends[-1] if ends else room)
        spans.append((start, end))
        start = end
    return [*spans, (start, len(text))]
