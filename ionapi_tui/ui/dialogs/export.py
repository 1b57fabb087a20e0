"""The question in which form, and where to, the secrets of a profile are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.reading import Kind, kind_of
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.widgets.choices import Choice, Choices
from ionapi_tui.ui.widgets.path_field import PathField, PathInput


@dataclass(frozen=True)
class Export:
    """The answer."""

    format: str
    path: Path


class _Forms(Choices):
    """The forms; Enter writes the file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Write the file"))]


class _FileInput(PathInput):
    """The file to write."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Write the file"))]


class _NameInput(Line):
    """The name of production, typed to confirm."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Write the file"))]

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True)
        translate_bindings(self)


class ExportDialog(Dialog[Export]):
    """In which form and where to; for production the name has to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Close"))]

    def __init__(self, profile: Profile, folder: Path) -> None:
        """Ask about ``profile``.

        Args:
            profile: whose secrets are written.
            folder: where to, unless somebody types another path.
        """
        super().__init__(_("Export {name}").format(name=profile.name))
        self._profile = profile
        self._folder = folder
        self._format = next(iter(FORMATS))

    def content(self) -> ComposeResult:
        """Compose the forms above the path."""
        yield Static(
            _(
                "The file contains the secrets in plain text; only you can read it. If possible, let programs "
                "request a token instead, as shown on the page of the profile."
            ),
            markup=False,
        )
        yield _Forms(
            *(Choice(form.name, form.title, form.note) for form in FORMATS.values()),
            id="format",
        )
        yield PathField(_FileInput(placeholder=_("the file to write"), id="file", folders=True))
        if self._profile.is_production:
            asked = _("This is production. Type {name} to export it:").format(name=self._profile.name)
            yield Static(asked, classes="label", markup=False)
            yield _NameInput(id="typed")
            yield Static("", id="wrong", classes="complaint", markup=False)
        yield Static(
            _("Press Enter to write the file. Existing files are not overwritten."), classes="hint", markup=False
        )

    def on_mount(self) -> None:
        """Start with the form."""
        self.query_one(Choices).focus()

    @on(Choices.OptionHighlighted)
    def propose(self, event: Choices.OptionHighlighted) -> None:
        """Propose a path for the highlighted form."""
        self._format = list(FORMATS)[event.option_index]
        self.query_one(PathInput).show_path(self._folder / FORMATS[self._format].file_name(self._profile.name))

    @on(Choices.Chosen)
    @on(Input.Submitted)
    def answer(self) -> None:
        """Answer, when the name of production is right and there is a path."""
        typed = self.query("#typed").results(Input)
        path = self.query_one(PathInput).path
        if path is None:
            self.query_one(PathField).complain(_("Enter the file to write."))
        elif kind_of(path) is not Kind.MISSING:
            self.query_one(PathField).complain(_("This path already exists. Enter another one."))
        elif any(line.value.strip() != self._profile.name for line in typed):
            self.query_one("#typed").focus()
            self.query_one("#wrong", Static).update(_("That is not the name. Nothing was exported."))
        else:
            self.dismiss(Export(self._format, path))
