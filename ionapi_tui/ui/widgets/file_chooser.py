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
from textual.suggester import Suggester
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.relative_time import ago
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content
from ionapi_tui.ui.messages import Pasted, Picked
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import task

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
            self.add_option(
                Option(Content.styled(_("No .ionapi file here yet. It appears by itself."), "$dim"), disabled=True)
            )
            return
        wanted = arrived[0] if arrived else kept
        self.highlighted = self._paths.index(wanted) if wanted in self._paths else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which file was chosen."""
        event.stop()
        if event.option_index < len(self._paths):
            self.post_message(self.Chosen(self._paths[event.option_index]))


class PathInput(Input):
    """A path, typed, completed with the right arrow key, or dropped on the terminal."""

    class ContentPasted(Message):
        """Not a path but the content of a file was pasted."""

        def __init__(self, content: Secret) -> None:
            super().__init__()
            self.content = content

    def __init__(self, placeholder: str, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, suggester=_Paths(), select_on_focus=False, compact=True)

    def on_paste(self, event: events.Paste) -> None:
        """Take a dropped path, or hand content on without showing it; Textual's own handler would insert it."""
        event.prevent_default()
        event.stop()
        if looks_like_content(event.text):
            # It must not show in the line: it holds secrets.
            self.post_message(self.ContentPasted(Secret(event.text)))
        elif event.text:
            self.insert_text_at_cursor(str(as_path(event.text)))


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


def _option(download: Download, now: datetime, arrived: bool) -> Option:
    name = Content.styled(safe(download.path.name, 50), "bold")
    when = ago(datetime.fromtimestamp(download.modified, tz=now.tzinfo), now)
    mark = Content.styled("  " + _("new"), "bold $text-success") if arrived else Content("")
    return Option(Content.assemble(name, "  ", (when, "$dim"), mark))


class _Paths(Suggester):
    """Completes folders and ``.ionapi`` files."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        folder, _slash, begun = value.rpartition("/")
        if not begun or not _slash:
            return None
        found = await in_background(lambda: _beginning(Path(folder or "/"), begun))
        return f"{folder}/{found[0]}" if found and found[0].isprintable() else None


def _beginning(folder: Path, begun: str) -> list[str]:
    try:
        return sorted(
            entry.name + ("/" if entry.is_dir() else "")
            for entry in folder.expanduser().iterdir()
            if entry.name.startswith(begun) and (entry.is_dir() or entry.suffix.lower() == ".ionapi")
        )
    except (OSError, RuntimeError, ValueError):
        return []
