"""Choosing the downloaded file: from the watched folder, by its path, with a file picker, by paste or drop."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Input, Static

from ionapi_tui.language import N_, _
from ionapi_tui.pasted import as_path, looks_like_content
from ionapi_tui.secret import Secret
from ionapi_tui.text import safe
from ionapi_tui.ui.messages import ImportFolder, Pasted, Picked
from ionapi_tui.ui.page import WizardPage
from ionapi_tui.ui.state import Told
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.file_list import FileList
from ionapi_tui.ui.widgets.path_input import PathInput

if TYPE_CHECKING:
    from ionapi_tui.services import Services
    from ionapi_tui.store.downloads import Download


class ImportPage(WizardPage):
    """Which file it is."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("Open")),
        Binding("f", "browse", N_("Browse")),
        Binding("b", "folder", N_("A folder"), show=False),
        Binding("slash", "type", N_("Type a path"), key_display="/"),
    ]
    HELP_TEXT = N_(
        "The app watches your Downloads folder: a new .ionapi file appears here within a second of being complete."
        " Choose it with the arrow keys and press Enter. Nothing is stored before you have seen what is in the"
        " file.\n\n"
        "The file may be elsewhere: type its path after /, browse with f, drop the file on the terminal window, or"
        " paste its content. b imports every file of a folder."
    )

    downloads: reactive[tuple[Download, ...] | None] = reactive(None)
    """What is in the watched folder; None before it was looked at."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._stop: asyncio.Event | None = None

    def body(self) -> ComposeResult:
        """Compose the list of files above the line for a path."""
        folder = safe(self._services.paths.downloads, 60)
        with Vertical(id="body"):
            yield Static(_("Choose the file"), classes="title", markup=False)
            yield Static("", id="no-store", classes="warning", markup=False)
            yield Static(_("Watching {folder}").format(folder=folder), id="watching", classes="hint", markup=False)
            yield FileList(id="files")
            yield Static(_("Or a path, a file dropped here, or the pasted content:"), classes="label", markup=False)
            yield PathInput(placeholder="~/Downloads/Doc2Export.ionapi", id="path")

    def begin(self) -> None:
        """Look at the folder."""
        self.query_one(FileList).focus()

    def on_screen_resume(self) -> None:
        """Watch the folder while the page is in front."""
        self.look()

    def on_screen_suspend(self) -> None:
        """Stop watching when it is not."""
        if self._stop is not None:
            self._stop.set()

    # In a group of its own: coming back from the file picker must not cancel what waits for its answer.
    @work(exclusive=True, group="look")
    async def look(self) -> None:
        """Follow the folder until the page is left."""
        self._stop = stop = asyncio.Event()
        async for downloads in self._services.watch_downloads(self._services.paths.downloads, stop):
            self.downloads = downloads

    def paint(self, told: Told) -> None:
        """Say before anything is chosen that there is nowhere to store."""
        super().paint(told)
        missing = _("This machine has no password store: files can be looked at, but not stored. F2 says what to do.")
        if told.store.vault:
            missing = _("This machine has no password store yet. Before a file is stored, the app makes a vault.")
        warning = self.query_one("#no-store", Static)
        warning.update(missing)
        warning.display = told.store.missing

    def watch_downloads(self, downloads: tuple[Download, ...] | None) -> None:
        """Show the files."""
        if self.is_up and downloads is not None:
            self.query_one(FileList).show(downloads, self._services.now())

    @on(FileList.Chosen)
    def open_listed(self, event: FileList.Chosen) -> None:
        """Open a file of the list."""
        self.post_message(Picked(event.path))

    @on(Input.Submitted, "#path")
    def open_typed(self, event: Input.Submitted) -> None:
        """Open the file whose path was typed."""
        event.stop()
        if event.value.strip():
            self.post_message(Picked(as_path(event.value)))

    @on(PathInput.ContentPasted)
    def open_pasted_in_line(self, event: PathInput.ContentPasted) -> None:
        """Inspect content that was pasted into the line for a path."""
        self.post_message(Pasted(event.content))

    def on_paste(self, event: events.Paste) -> None:
        """Take a dropped path, or pasted content, wherever the focus is."""
        event.stop()
        if looks_like_content(event.text):
            self.post_message(Pasted(Secret(event.text)))
        elif event.text.strip():
            self.query_one(PathInput).value = str(as_path(event.text))
            self.post_message(Picked(as_path(event.text)))

    def action_next(self) -> None:
        """Open what is highlighted."""
        self.query_one(FileList).action_select()

    def action_type(self) -> None:
        """Go to the line for a path."""
        self.query_one(PathInput).focus()

    def action_folder(self) -> None:
        """Import every file of a folder."""
        self.post_message(ImportFolder())

    @work
    async def action_browse(self) -> None:
        """Choose the file in a file picker."""
        from textual_fspicker import FileOpen, Filters

        filters = Filters((_("ION API files"), lambda path: path.suffix.lower() == ".ionapi"), (_("All"), Path.is_file))
        start = self._services.paths.downloads
        picker = FileOpen(start if start.is_dir() else Path.home(), title=_("Open an .ionapi file"), filters=filters)
        path = await self.app.push_screen_wait(picker)
        if path is not None:
            self.post_message(Picked(path))
