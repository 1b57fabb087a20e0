"""The question for a folder."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.inspection.inspector import as_path
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.file_chooser import PathInput


class FolderDialog(Dialog[Path]):
    """Which folder's files to import."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Look into it")),
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
        path = PathInput(placeholder=_("a folder"), id="folder")
        if str(self._folder).isprintable():
            path.value = str(self._folder)
        yield path
        yield Static("", id="wrong", markup=False)
        yield Static(
            _(
                "Enter looks into it. Nothing is stored before you have seen what is in the files. Folders in it are"
                " left alone."
            ),
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        """Start where the path is typed."""
        self.query_one(PathInput).focus()

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Answer with the folder, when it is one."""
        folder = as_path(self.query_one(PathInput).value)
        try:
            is_folder = folder.is_dir()
        except OSError:
            is_folder = False
        if is_folder:
            self.dismiss(folder)
        else:
            self.query_one("#wrong", Static).update(_("There is no such folder."))

    @task("browse", exclusive=False)
    async def action_browse(self) -> None:
        """Choose it in a picker."""
        from textual_fspicker import SelectDirectory

        start = self._folder if self._folder.is_dir() else Path.home()
        folder = await self.app.push_screen_wait(SelectDirectory(start, title=_("Choose a folder")))
        if folder is not None:
            self.dismiss(folder)
