"""Text of the guide and of findings, as what Textual draws; nothing here is ever markup."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Finding, Severity, Step
from ionapi_tui.domain.guide import Note, Paragraph, Role, Style
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.key_names import key_name
from ionapi_tui.ui.styling import beside, environment_style

_STYLES: Final = {Style.PLAIN: "", Style.STRONG: "bold", Style.EMPHASIS: "italic", Style.CODE: "$primary"}
_SEVERITY: Final = {
    Severity.ERROR: "$text-error",
    Severity.WARNING: "$text-warning",
    Severity.INFO: "$text-primary",
}


def chip(number: int) -> Content:
    """Return the number of a target, the same in the text and in the picture."""
    return Content.styled(f" {number} ", "bold $on-accent on $accent")


def badge(profile: Profile) -> Content:
    """Return a profile's environment as text on its colour; empty for a tenant whose name does not say."""
    if profile.is_practice:
        return Content.styled(" " + _("PRACTICE") + " ", "bold $on-accent on $accent")
    return environment_badge(profile.environment)


def environment_badge(environment: str) -> Content:
    """Return an environment as text on its colour; empty for none."""
    return Content.styled(f" {environment} ", environment_style(environment)) if environment else Content("")


def paragraph_text(value: Paragraph) -> Content:
    """Return one paragraph, without its number."""
    return Content.assemble(*((span.text, _STYLES[span.style]) for span in value.spans))


def note_text(value: Note) -> Content:
    """Return a note below its heading."""
    paragraphs = Content("\n").join(map(paragraph_text, value.paragraphs))
    return Content.assemble((value.kind.heading, "bold $dim"), "\n", paragraphs)


def role_line(role: Role) -> Content:
    """Return a bullet of the guide: its names, and what it is for."""
    other = "" if role.canonical in ("", role.name) else f" {role.canonical}"
    return Content.assemble((role.name, "bold"), (other, "$primary"), ": ", role.purpose)


def finding_text(value: Finding) -> Content:
    """Return a finding: what is wrong, and the fix below it."""
    word = f"{value.severity.sign} {value.severity.word}  "
    return Content.assemble((word, f"bold {_SEVERITY[value.severity]}"), value.message, "\n", (value.fix, "$dim"))


class TextBlock(Vertical):
    """Paragraphs, and numbered items with their number hanging on the left."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, *values: Paragraph, classes: str = "") -> None:
        super().__init__(*map(_row, values), classes=classes)


def _row(value: Paragraph) -> Widget:
    text = Static(paragraph_text(value), markup=False)
    if value.number is None:
        return text
    return Horizontal(Static(chip(value.number), classes="number", markup=False), text)


class NoteBlock(Static):
    """A note, set apart by a line on its left."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, value: Note) -> None:
        super().__init__(note_text(value), classes=f"note -{value.kind}", markup=False)


_KEYS: Final = {**{str(number): str(number) for number in range(1, 10)}, "0": Step.PREREQUISITES.value}
"""The keys that lead back to steps, and the ids of the steps."""


def step_bindings() -> list[Binding]:
    """Return the keys of a page that shows findings; ``action_back_to`` gets the id of the step."""
    return [
        Binding(key, f"back_to('{step}')", N_("Prerequisites") if key == "0" else N_("Go to step"), show=False)
        for key, step in _KEYS.items()
    ]


class FindingBlock(Static, can_focus=True):
    """A finding: what is wrong, the fix, and a key (or click) that leads back to the step."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "redo", N_("Go to step"), show=False)]

    class BackWanted(Message):
        """Somebody wants to redo the step."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    def __init__(self, finding: Finding, *, while_typing: bool = False) -> None:
        """Show a finding.

        Args:
            finding: it.
            while_typing: whether a line on the page has the focus, which takes the number of a step for itself.
        """
        self._finding = finding
        super().__init__(_content(finding, while_typing=while_typing), classes=f"-{finding.severity}", markup=False)
        self.can_focus = finding.step is not None

    def action_redo(self) -> None:
        """Ask for the step."""
        if self._finding.step is not None:
            self.post_message(self.BackWanted(self._finding.step))

    def on_click(self, event: events.Click) -> None:
        """The same with the mouse."""
        event.stop()
        self.action_redo()


def _content(finding: Finding, *, while_typing: bool) -> Content:
    content = finding_text(finding)
    if finding.step is None:
        return content
    words = _("back to step {step}").format(step=finding.step)
    if finding.step == Step.PREREQUISITES:
        words = _("back to the prerequisites")
    key = next((key for key, step in _KEYS.items() if step == finding.step), key_name("enter"))
    if while_typing:
        key = f"{key_name('tab')}, {key}"
    return Content.assemble(content, "\n", (f" {key} ", "bold $on-accent on $accent"), f" {words}")
