"""Choosing a file, or a folder, by going through folders."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.relative_time import ago
from ionapi_tui.base.text import safe
from ionapi_tui.domain.limits import WIDE
from ionapi_tui.files.browsing import Entry, Listing, look_into, nearest_folder
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.frame import KeyBar, NoticeBar


class EntryList(OptionList):
    """What is in a folder, one a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Open"))]

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        translate_bindings(self)


class Picker(Dialog[Path]):
    """Which file, or which folder. It answers with a path, or with None."""

    DEFAULT_CSS = beside(__file__)

    # Textual's own form is a plain list.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "use", N_("Use this folder")),
        Binding("backspace,left", "up", N_("Folder above")),
        Binding("a", "show_all", N_("All files")),
        Binding("escape", "close", N_("Cancel")),
    ]

    def __init__(self, title: str, start: Path, *, folders: bool = False) -> None:
        """Ask.

        Args:
            title: the question.
            start: the folder to begin in; the nearest one above it that is there.
            folders: whether a folder is asked for instead of a file.
        """
        super().__init__(title)
        self._start = start
        self._folders = folders
        self._every = False
        self._listing = Listing(start, ())
        self._rows: tuple[Path, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the path above the list, which takes all the room there is."""
        with Vertical(classes="dialog"):
            yield Static(self._heading, classes="title", markup=False)
            yield Static("", id="where", classes="address", markup=False)
            yield EntryList(id="entries")
            yield Static("", id="count", classes="hint", markup=False)
            yield NoticeBar()
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin in the folder that was asked for."""
        self.query_one(EntryList).focus()
        self.look(self._start)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the folder where one is asked for, and every file where a file is."""
        if action in {"use", "show_all"}:
            return self._folders is (action == "use")
        return True

    @task("look")
    async def look(self, folder: Path, came_from: Path | None = None) -> None:
        """List a folder.

        Args:
            folder: what to list.
            came_from: the entry to highlight.
        """
        every = self._every
        listing = await in_background(lambda: look_into(nearest_folder(folder), every=every))
        # Somebody may have closed it meanwhile, and its parts go first.
        if self.is_attached and self.query(EntryList):
            self._listing = listing
            self._show(came_from)

    def _show(self, came_from: Path | None) -> None:
        listing, entries = self._listing, self.query_one(EntryList)
        shown = [entry for entry in listing.entries if entry.is_folder or not self._folders]
        above = [listing.folder.parent] if listing.folder.parent != listing.folder else []
        self._rows = (*above, *(entry.path for entry in shown))
        now = datetime.now(UTC)
        entries.clear_options()
        entries.add_options(Option(Content.styled("..", "bold")) for _folder in above)
        entries.add_options(Option(_line(entry, now)) for entry in shown)
        first = next((entry.path for entry in shown if not entry.is_folder), None)
        wanted = came_from if came_from in self._rows else first
        entries.highlighted = self._rows.index(wanted) if wanted else min(len(above), len(self._rows) - 1)
        self.query_one("#where", Static).update(safe(listing.folder, 300))
        self.query_one("#count", Static).update(self._words(listing))

    def _words(self, listing: Listing) -> str:
        if not listing.readable:
            return _("This folder cannot be read.")
        if self._every and not self._folders:
            return n_("{n} file in this folder", "{n} files in this folder", listing.files)
        return n_("{n} .ionapi file in this folder", "{n} .ionapi files in this folder", listing.files)

    @on(OptionList.OptionSelected)
    def open_row(self, event: OptionList.OptionSelected) -> None:
        """Go into a folder, or answer with a file."""
        event.stop()
        path = self._rows[event.option_index]
        if path == self._listing.folder.parent:
            self.action_up()
        elif any(entry.path == path and entry.is_folder for entry in self._listing.entries):
            self.look(path)
        else:
            self.dismiss(path)

    def action_up(self) -> None:
        """Go to the folder above, where the one that was left is highlighted."""
        self.look(self._listing.folder.parent, self._listing.folder)

    def action_use(self) -> None:
        """Answer with the folder that is shown."""
        self.dismiss(self._listing.folder)

    def action_show_all(self) -> None:
        """Show every file, or only the ``.ionapi`` files again."""
        self._every = not self._every
        entries = self.query_one(EntryList)
        at = entries.highlighted
        self.look(self._listing.folder, self._rows[at] if at is not None and at < len(self._rows) else None)


def _line(entry: Entry, now: datetime) -> Content:
    name = safe(entry.path.name, 60)
    if entry.is_folder:
        return Content.styled(f"{name}/", "$primary")
    when = ago(datetime.fromtimestamp(entry.modified, tz=UTC), now) if entry.modified else ""
    return Content.assemble((name, "bold"), "  ", (when, "$dim"))
