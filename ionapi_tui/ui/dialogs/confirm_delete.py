"""The question before a downloaded file is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.ui.dialogs.dialog import Dialog


class ConfirmDelete(Dialog[bool]):
    """Whether to delete plain-text files."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "delete", N_("Delete")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, *files: Path) -> None:
        several = n_("Delete {n} downloaded file?", "Delete {n} downloaded files?", len(files))
        super().__init__(_("Delete the downloaded file?") if len(files) == 1 else several)
        self._files = files

    def content(self) -> ComposeResult:
        """Say what deleting does, and what it does not."""
        for file in self._files:
            yield Static(safe(file, 300), classes="address", markup=False)
        yield Static(
            _(
                "DocBits needs this file once, for the upload: keep it until that is done.\n\n"
                "Deleting removes this one copy and bypasses the recycle bin. It does not reach copies in backups and"
                " snapshots, in synced folders such as OneDrive and on the machines they sync to, in mails and chats,"
                " or what can still be read from the disk itself. If the file was in such a place, create a new service"
                " account and disable the old one."
            ),
            markup=False,
        )

    def action_delete(self) -> None:
        """Answer yes."""
        self.dismiss(True)
