"""Choosing the downloaded file: from the watched folder, by its path, with a file picker, by paste or drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.ui.messages import AppState, DownloadsSeen
from ionapi_tui.ui.page import WizardPage
from ionapi_tui.ui.widgets.file_chooser import FileChooser, FileList

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services


class ImportPage(WizardPage):
    """Which file it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("Open")),
    ]
    HELP_TEXT = N_(
        "The app watches your Downloads folder: a new .ionapi file appears here within a second of being complete."
        " Choose it with the arrow keys and press Enter. Nothing is stored before you have seen what is in the"
        " file.\n\n"
        "If the file is elsewhere, press / and enter its path (Tab completes it), browse with f, drop the file on the"
        " terminal window, or paste its content. b imports every file of a folder, as does the path of a folder."
    )

    says_arrivals = False

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def body(self) -> ComposeResult:
        """Compose the ways to choose."""
        with Vertical(id="body"):
            yield Static(_("Choose the file"), classes="title", markup=False)
            yield Static("", id="no-store", classes="warning", markup=False)
            words = _("Practice run: to create the file without a browser, press Ctrl+R, then f.")
            yield Static(words, id="practice-file", classes="hint", markup=False)
            yield FileChooser(self._services, id="choose", folders=True)

    def begin(self) -> None:
        """Look at the folder."""
        self.query_one(FileList).focus()

    def enter(self) -> None:
        """Start with what is listed, if a path was typed and opened: it is another import's."""
        if self.is_up:
            self.query_one(FileChooser).forget_opened()

    def on_screen_resume(self) -> None:
        """Watch the folder while the page is in front."""
        if self.is_up:
            self.query_one(FileChooser).look()

    def on_screen_suspend(self) -> None:
        """Stop watching when it is not; what was listed has been seen."""
        if self.is_up:
            self.query_one(FileChooser).rest()
            self.post_message(DownloadsSeen())

    def paint(self, state: AppState) -> None:
        """Say before anything is chosen that there is nowhere to store."""
        super().paint(state)
        missing = _(
            "No password store was found on this computer: you can inspect files, but not store them. Press F2 for "
            "all options."
        )
        if state.store.vault:
            missing = _(
                "No password store was found on this computer. The app creates a vault before it stores a file."
            )
        warning = self.query_one("#no-store", Static)
        warning.update(missing)
        warning.display = state.store.missing
        self.query_one("#practice-file").display = self.is_practice

    def on_paste(self, event: events.Paste) -> None:
        """Take a dropped path, or pasted content, wherever the focus is."""
        event.stop()
        self.query_one(FileChooser).take(event.text)

    def action_next(self) -> None:
        """Open what is highlighted."""
        self.query_one(FileChooser).open_highlighted()
