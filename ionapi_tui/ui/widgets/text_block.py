"""Paragraphs of the guide."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from ionapi_tui.domain.guide import Paragraph
from ionapi_tui.ui.prose import chip, paragraph
from ionapi_tui.ui.styling import beside


class TextBlock(Vertical):
    """Paragraphs, and numbered items with their number hanging on the left."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, *values: Paragraph, classes: str = "") -> None:
        super().__init__(*map(_row, values), classes=classes)


def _row(value: Paragraph) -> Widget:
    text = Static(paragraph(value), markup=False)
    if value.number is None:
        return text
    return Horizontal(Static(chip(value.number), classes="number", markup=False), text)
