"""One finding, with the way back to its step."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Finding, Step
from ionapi_tui.ui import prose

_KEYS: Final = {**{str(number): str(number) for number in range(1, 10)}, "0": Step.PREREQUISITES.value}
"""The keys that lead back to steps, and the ids of the steps."""


def step_bindings() -> list[Binding]:
    """Return the keys of a page that shows findings; ``action_back_to`` gets the id of the step."""
    return [
        Binding(key, f"back_to('{step}')", N_("Prerequisites") if key == "0" else N_("Redo step"), show=False)
        for key, step in _KEYS.items()
    ]


class FindingBlock(Static, can_focus=True):
    """A finding: what is wrong, the fix, and a key (or click) that leads back to the step."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "redo", N_("Redo step"), show=False)]

    class BackWanted(Message):
        """Somebody wants to redo the step."""

        def __init__(self, step: str) -> None:
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
    words = _("back to step {step}").format(step=finding.step)
    if finding.step == Step.PREREQUISITES:
        words = _("back to the prerequisites")
    key = next((key for key, step in _KEYS.items() if step == finding.step), "⏎")
    return Content.assemble(content, "\n", (f" {key} ", "bold $on-accent on $accent"), f" {words}")
