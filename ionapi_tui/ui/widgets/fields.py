"""The fields of a file, in words, secrets masked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from ionapi_tui.domain.inspection import Field


class FieldTable(Container):
    """Labels and values side by side; long values wrap in their column."""

    def __init__(self, fields: Iterable[Field]) -> None:
        super().__init__()
        self._fields = tuple(fields)

    def compose(self) -> ComposeResult:
        """Put each value beside its label."""
        for field in self._fields:
            yield Horizontal(
                Static(field.label, classes="label", markup=False),
                Static(field.value, classes="value -secret" if field.secret else "value", markup=False),
            )
