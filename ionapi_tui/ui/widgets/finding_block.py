"""One finding, with the way back to its step."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Finding, Step
from ionapi_tui.ui import prose


class FindingBlock(Static, can_focus=True):
    """A finding: what is wrong, the fix, and a key (or click) that leads back to the step."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "redo", N_("Redo step"), show=False)]

    class BackWanted(Message):
        """Somebody wants to redo the step."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    def __init__(self, finding: Finding) -> None:
        self._finding = finding
        super().__init__(_content(finding), classes=f"-{finding.severity}", markup=False)
        self.can_focus = finding.step is not None

    def action_redo(self) -> None:
        """Ask for the step."""
        if self._finding.step is not None:
            self.post_message(self.BackWanted(self._finding.step))

    def on_click(self, event: events.Click) -> None:
        """The same with the mouse."""
        event.stop()
        self.action_redo()


def _content(finding: Finding) -> Content:
    content = prose.finding(finding)
    if finding.step is None:
        return content
    if finding.step is Step.PREREQUISITES:
        key, words = "0", _("back to the prerequisites")
    else:
        key, words = str(finding.step), _("back to step {step}").format(step=finding.step)
    return Content.assemble(content, "\n", (f" {key} ", "bold $on-accent on $accent"), f" {words}")
