"""A screenshot inside the terminal, where it has a graphics protocol."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static
from textual_image.widget import Image

from ionapi_tui.domain.guide import Topic
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.styling import beside


class PictureDialog(Dialog[None]):
    """The screenshots of a step."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, step: Topic) -> None:
        super().__init__(step.title)
        self._step = step

    def content(self) -> ComposeResult:
        """Compose each picture below its title."""
        for picture in self._step.pictures:
            yield Static(picture.title, classes="hint", markup=False)
            yield Image(picture.path)
