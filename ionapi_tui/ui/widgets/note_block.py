"""A note of the guide, set apart."""

from __future__ import annotations

from textual.widgets import Static

from ionapi_tui.domain.guide import Note
from ionapi_tui.ui.prose import note
from ionapi_tui.ui.styling import beside


class NoteBlock(Static):
    """A note, set apart by a line on its left."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, value: Note) -> None:
        super().__init__(note(value), classes=f"note -{value.kind}", markup=False)
