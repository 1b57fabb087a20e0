"""The question in which format, and into which folder, a report is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.widgets.choices import Choice, Choices
from ionapi_tui.ui.widgets.path_field import PathField, PathInput
from ionapi_tui.usecases.report import ReportFormat


@dataclass(frozen=True)
class ReportWish:
    """The answer."""

    form: ReportFormat
    folder: Path


class _Formats(Choices):
    """The formats; Enter writes the report."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Write the report"))]


class _FolderInput(PathInput):
    """The folder; Enter writes the report."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Write the report"))]


class ReportDialog(Dialog[ReportWish]):
    """In which format and where to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Close"))]

    def __init__(self, profile: Profile, folder: Path, *, verified: bool) -> None:
        """Ask about ``profile``.

        Args:
            profile: what the report is about.
            folder: where to, unless the user types another path.
            verified: whether there is a verification of this run to report.
        """
        super().__init__(_("Report on {name}").format(name=safe(profile.name, 60)))
        self._folder, self._verified = folder, verified

    def content(self) -> ComposeResult:
        """Compose the formats above the folder."""
        text = _("A printable page with the checks, client ID, acting user, and roles. It contains no secrets.")
        if not self._verified:
            text += " " + _("The profile is verified first.")
        yield Static(text, markup=False)
        yield _Formats(
            Choice(ReportFormat.HTML, "HTML    ", _("to print, or to read in a browser")),
            Choice(ReportFormat.MARKDOWN, "Markdown", _("for a wiki or a ticket")),
            id="format",
        )
        yield Static(_("Folder"), classes="label", markup=False)
        yield PathField(_FolderInput(placeholder=_("the folder for the report"), id="folder", folders=True))
        yield Static(
            _("Press Enter to write the file. Existing files are not overwritten."), classes="hint", markup=False
        )

    def on_mount(self) -> None:
        """Start with the format."""
        self.query_one(PathInput).show_path(self._folder)
        choices = self.query_one(Choices)
        choices.highlighted = 0
        choices.focus()

    @on(Choices.Chosen)
    @on(Input.Submitted)
    def answer(self) -> None:
        """Answer, once there is a folder."""
        folder = self.query_one(PathInput).path
        if folder is None:
            self.query_one(PathField).complain(_("Enter a folder."))
        else:
            form = list(ReportFormat)[self.query_one(Choices).highlighted or 0]
            self.dismiss(ReportWish(form, folder))
