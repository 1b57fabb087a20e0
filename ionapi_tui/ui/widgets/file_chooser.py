"""Choosing an ``.ionapi`` file: from the watched folder, by its path, by paste or drop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.inspection.pasted import as_path, looks_like_content
from ionapi_tui.ui.messages import Pasted, Picked
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.file_list import FileList
from ionapi_tui.ui.widgets.path_input import PathInput

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services


class FileChooser(Vertical):
    """The files of the watched folder above a line for a path. It posts ``Picked`` or ``Pasted``."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, services: Services, id: str) -> None:
        super().__init__(id=id)
        self._services = services
        self._stop: asyncio.Event | None = None

    def compose(self) -> ComposeResult:
        """Compose the list above the line."""
        folder = safe(self._services.paths.downloads, 60)
        yield Static(_("Watching {folder}").format(folder=folder), classes="hint", markup=False)
        yield FileList(id="files")
        yield Static(_("Or a path, a file dropped here, or the pasted content:"), classes="label", markup=False)
        yield PathInput(placeholder="~/Downloads/Doc2Export.ionapi", id="path")

    def on_unmount(self) -> None:
        """Stop following the folder."""
        self.rest()

    # In a group of its own: coming back from the file picker must not cancel what waits for its answer.
    @work(exclusive=True, group="look")
    async def look(self) -> None:
        """Follow the folder from now on."""
        self.rest()
        self._stop = stop = asyncio.Event()
        async for downloads in self._services.watch_downloads(self._services.paths.downloads, stop):
            if self.display:
                self.query_one(FileList).show(downloads, self._services.now())

    def rest(self) -> None:
        """Stop following it, when nobody looks."""
        if self._stop is not None:
            self._stop.set()

    def open_highlighted(self) -> None:
        """Pick what is highlighted, wherever the focus is."""
        self.query_one(FileList).action_select()

    def take(self, text: str) -> None:
        """Take a dropped path, or pasted content."""
        if looks_like_content(text):
            self.post_message(Pasted(Secret(text)))
        elif text.strip():
            self.query_one(PathInput).value = str(as_path(text))
            self.post_message(Picked(as_path(text)))

    @on(FileList.Chosen)
    def pick_listed(self, event: FileList.Chosen) -> None:
        """Pick a file of the list."""
        event.stop()
        self.post_message(Picked(event.path))

    @on(Input.Submitted)
    def pick_typed(self, event: Input.Submitted) -> None:
        """Pick the file whose path was typed."""
        event.stop()
        if event.value.strip():
            self.post_message(Picked(as_path(event.value)))

    @on(PathInput.ContentPasted)
    def take_pasted_in_line(self, event: PathInput.ContentPasted) -> None:
        """Take content that was pasted into the line for a path."""
        event.stop()
        self.post_message(Pasted(event.content))

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted or dropped when the list has the focus."""
        event.stop()
        self.take(event.text)
