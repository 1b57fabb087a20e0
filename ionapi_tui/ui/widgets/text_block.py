"""Paragraphs and notes of the guide."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from ionapi_tui.guide import Note, Paragraph
from ionapi_tui.ui.prose import chip, note, paragraph


class TextBlock(Vertical):
    """Paragraphs, and numbered items with their number hanging on the left."""

    def __init__(self, *values: Paragraph, classes: str = "") -> None:
        super().__init__(*map(_row, values), classes=classes)


def _row(value: Paragraph) -> Widget:
    text = Static(paragraph(value), markup=False)
    if value.number is None:
        return text
    return Horizontal(Static(chip(value.number), classes="number", markup=False), text)


class NoteBlock(Static):
    """A note, set apart by a line on its left."""

    def __init__(self, value: Note) -> None:
        super().__init__(note(value), classes=f"note -{value.kind}", markup=False)
