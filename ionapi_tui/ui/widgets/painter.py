"""From styled text to the cells of one line, quickly: what every style comes to is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class Painter:
    """Paints single lines for a widget that draws line by line.

    Textual's own way lays every line out as a paragraph, wrapped and aligned; for a list that changes at every key
    that takes most of the time there is.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[Style | str, str], RichStyle] = {}

    def forget(self) -> None:
        """Work the styles out anew: the theme, or the style of the widget, is another one."""
        self._styles.clear()

    def strip(self, cells: Iterable[Content], width: int, ground: str = "") -> Strip:
        """Return one line.

        Args:
            cells: what stands on it, side by side; spans of one cell do not overlap.
            width: how wide it is; it is cut, or filled up.
            ground: a style below all the others.
        """
        segments = [segment for cell in cells for segment in self._segments(cell, ground)]
        return Strip(segments).adjust_cell_length(width, self._style("", ground))

    def _segments(self, cell: Content, ground: str) -> Iterator[Segment]:
        text, at = cell.plain, 0
        for span in cell.spans:
            if span.start > at:
                yield Segment(text[at : span.start], self._style("", ground))
            yield Segment(text[span.start : span.end], self._style(span.style, ground))
            at = span.end
        if at < len(text):
            yield Segment(text[at:], self._style("", ground))

    def _style(self, style: Style | str, ground: str) -> RichStyle:
        key = style, ground
        if key not in self._styles:
            whole = self._widget.visual_style
            for part in (ground, style):
                if part:
                    whole += part if isinstance(part, Style) else Style.parse(part)
            self._styles[key] = whole.rich_style
        return self._styles[key]
