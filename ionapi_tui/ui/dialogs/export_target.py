"""The question what DocBits exports to, which decides what a verification checks."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.export_target import ExportTarget, label_of_target
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.widgets.choices import Choice, Choices

ANY = ""
"""The answer that names no target."""


class _Targets(Choices):
    """The targets; Enter takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Select"))]


class ExportTargetDialog(Dialog[str]):
    """Which system DocBits exports to. It answers with the value of a target, or with ``ANY``."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Close"))]

    def __init__(self, current: ExportTarget | None, *, remembered: bool) -> None:
        """Ask.

        Args:
            current: the choice so far.
            remembered: whether the answer is remembered with a profile.
        """
        super().__init__(_("What does DocBits export to?"))
        self._current, self._remembered = current, remembered

    def content(self) -> ComposeResult:
        """Compose the targets."""
        labels = {ANY: label_of_target(None)} | {target: target.label for target in ExportTarget}
        notes = {ANY: _("the export is not known yet")} | {target: target.note for target in ExportTarget}
        widest = max(map(len, labels.values()))
        yield _Targets(*(Choice(id, labels[id].ljust(widest), notes[id]) for id in labels), id="targets")
        words = _("The checks run again.")
        if self._remembered:
            words = _("The checks run again. The choice is saved with the profile.")
        yield Static(words, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Start at the choice so far."""
        choices = self.query_one(Choices)
        choices.highlighted = [ANY, *ExportTarget].index(self._current or ANY)
        choices.focus()

    @on(Choices.Chosen)
    def answer(self, event: Choices.Chosen) -> None:
        """Answer."""
        self.dismiss(event.choice)
