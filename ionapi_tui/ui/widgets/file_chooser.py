"""Choosing an ``.ionapi`` file: from the watched folder, by its path, by paste or drop."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.relative_time import ago
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content
from ionapi_tui.ui.messages import Browse, ImportFolder, Pasted, Picked
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.path_field import PathField, PathInput

if TYPE_CHECKING:
    from ionapi_tui.files.downloads import Download
    from ionapi_tui.usecases.services import Services


class FileList(OptionList):
    """Files to choose from; one that arrives while somebody looks comes first and is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Open"))]

    class Chosen(Message):
        """A file was chosen."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._paths: tuple[Path, ...] = ()
        self._seen: frozenset[Path] | None = None
        translate_bindings(self)

    def show(self, downloads: tuple[Download, ...], now: datetime) -> None:
        """Draw ``downloads``; the highlight stays on its file, or goes to one that has just arrived."""
        kept = self._paths[self.highlighted] if self.highlighted is not None and self._paths else None
        before, self._seen = self._seen, (self._seen or frozenset()) | {download.path for download in downloads}
        arrived = [d.path for d in downloads if before is not None and d.path not in before]
        self._paths = tuple(download.path for download in downloads)
        self.clear_options()
        self.add_options([_option(download, now, download.path in arrived) for download in downloads])
        if not downloads:
            self.add_option(Option(Content.styled(_("Waiting for an .ionapi file…"), "$dim"), disabled=True))
            return
        wanted = arrived[0] if arrived else kept
        self.highlighted = self._paths.index(wanted) if wanted in self._paths else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which file was chosen."""
        event.stop()
        if event.option_index < len(self._paths):
            self.post_message(self.Chosen(self._paths[event.option_index]))


class FileChooser(Vertical):
    """The files of the watched folder above a line for a path. It posts ``Picked``, ``Pasted`` or ``ImportFolder``."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "browse", N_("Browse")),
        Binding("b", "folder", N_("A folder"), show=False),
        Binding("slash", "type", N_("Type a path"), key_display="/"),
        Binding("escape", "list", N_("Back to the list")),
    ]

    def __init__(self, services: Services, id: str, *, folders: bool = False) -> None:
        """Choose from the watched folder.

        Args:
            services: the outside world.
            id: the id of the widget.
            folders: whether a folder may be chosen as well, to import all of its files.
        """
        super().__init__(id=id)
        self._services = services
        self._folders = folders
        self._stop: asyncio.Event | None = None
        self._has_opened = False
        """Whether the path in the line was opened."""
        translate_bindings(self)

    def compose(self) -> ComposeResult:
        """Compose the list above the line."""
        folder = safe(self._services.paths.downloads, 60)
        yield Static(_("Watching {folder}").format(folder=folder), classes="hint", markup=False)
        yield FileList(id="files")
        yield Static(_("Or a path, a file dropped here, or the pasted content:"), classes="label", markup=False)
        yield PathField(PathInput(placeholder="~/Downloads/Doc2Export.ionapi", id="path"), takes_content=True)

    def on_unmount(self) -> None:
        """Stop following the folder."""
        self.rest()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a folder where one is of use, and the list to whoever is in the line."""
        if action == "folder":
            return self._folders
        if action in {"type", "list"}:
            # Whoever is in the line types the slash.
            return self.query_one(PathInput).has_focus is (action == "list")
        return True

    @task("look")
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
            self.open_path(as_path(text))

    @task("path")
    async def open_path(self, path: Path) -> None:
        """Pick the file at ``path``, or the folder; say below the line when there is neither."""
        from ionapi_tui.files.reading import Kind, kind_of

        kind = await in_background(lambda: kind_of(path))
        if kind is Kind.FILE:
            self._has_opened = True
            self.post_message(Picked(path))
        elif kind is Kind.FOLDER and self._folders:
            self.post_message(ImportFolder(path))
        else:
            missing = _("There is no file or folder at this path.")
            wrong = missing if kind is Kind.MISSING else _("This is a folder. Choose a file in it.")
            self.query_one(PathField).complain(wrong, path)

    def forget_opened(self) -> None:
        """Go to the list, with an empty line below it, if the path in the line was opened; what is half typed stays."""
        if self._has_opened:
            self._has_opened = False
            self.query_one(PathInput).value = ""
            self.query_one(FileList).focus()

    def action_type(self) -> None:
        """Go to the line for a path, which starts empty."""
        line = self.query_one(PathInput)
        line.clear()
        line.focus()

    def action_list(self) -> None:
        """Go back to the list; what was typed stays, and what was said about it goes."""
        self.query_one(PathField).forget()
        self.query_one(FileList).focus()

    def action_folder(self) -> None:
        """Import every file of a folder."""
        self.post_message(ImportFolder())

    def action_browse(self) -> None:
        """Choose the file in the picker."""
        self.post_message(Browse(lambda path: self.post_message(Picked(path))))

    @on(FileList.Chosen)
    def pick_listed(self, event: FileList.Chosen) -> None:
        """Pick a file of the list."""
        event.stop()
        self.post_message(Picked(event.path))

    @on(Input.Submitted)
    def pick_typed(self, event: Input.Submitted) -> None:
        """Pick what is at the path that was typed."""
        event.stop()
        if event.value.strip():
            self.open_path(as_path(event.value))
        else:
            self.query_one(PathField).complain(_("Enter the path of a file."))

    @on(PathInput.ContentPasted)
    def take_pasted_in_line(self, event: PathInput.ContentPasted) -> None:
        """Take content that was pasted into the line for a path."""
        event.stop()
        self.post_message(Pasted(event.content))

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted or dropped when the list has the focus."""
        event.stop()
        self.take(event.text)


def _option(download: Download, now: datetime, arrived: bool) -> Option:
    name = Content.styled(safe(download.path.name, 50), "bold")
    when = ago(datetime.fromtimestamp(download.modified, tz=now.tzinfo), now)
    mark = Content.styled("  " + _("new"), "bold $text-success") if arrived else Content("")
    return Option(Content.assemble(name, "  ", (when, "$dim"), mark))
