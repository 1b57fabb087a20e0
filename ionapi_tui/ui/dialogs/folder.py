"""The question for a folder."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.files.reading import Kind, kind_of
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.path_field import PathField, PathInput


class _FolderInput(PathInput):
    """The path of a folder."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Preview"))]


class FolderDialog(Dialog[Path]):
    """Which folder's files to import."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+b", "browse", N_("Browse")),
        Binding("escape", "close", N_("Close")),
    ]

    def __init__(self, folder: Path) -> None:
        """Ask for a folder.

        Args:
            folder: what is proposed.
        """
        super().__init__(_("Import every .ionapi file of a folder"))
        self._folder = folder

    def content(self) -> ComposeResult:
        """Compose the line for the path above what happens next."""
        line = _FolderInput(placeholder=_("a folder"), id="folder", folders=True)
        yield PathField(line)
        line.show_path(self._folder)
        yield Static(
            _(
                "Press Enter to preview. Nothing is stored before you have seen what is in the files. Subfolders are"
                " ignored."
            ),
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        """Start where the path is typed, with the proposed one selected: a key replaces it."""
        line = self.query_one(PathInput)
        line.focus()
        line.select_all()

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Answer with the folder, when it is one."""
        line = self.query_one(PathInput)
        if line.path is not None and kind_of(line.path) is Kind.FOLDER:
            self.dismiss(line.path)
        else:
            self.query_one(PathField).complain(_("There is no such folder."))

    @task("browse", exclusive=False)
    async def action_browse(self) -> None:
        """Choose it in a picker."""
        from ionapi_tui.ui.dialogs.picker import Picker

        start = self.query_one(PathInput).path or self._folder
        folder = await self.app.push_screen_wait(Picker(_("Choose a folder"), start, folders=True))
        if folder is not None:
            self.dismiss(folder)
