"""One check of the ladder: where it stands, how long it took, and what it found."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.gateway.checks.check import CheckResult, Status
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.widgets.finding_block import FindingBlock

_SIGNS = {
    Status.WAITING: ("·", "$dim"),
    Status.RUNNING: ("▸", "bold $accent"),
    Status.PASSED: ("✓", "bold $text-success"),
    Status.WARNED: ("!", "bold $text-warning"),
    Status.FAILED: ("✕", "bold $text-error"),
    Status.SKIPPED: ("–", "$dim"),
}


class CheckLine(Vertical, can_focus=True):
    """A check; what it found opens and closes with Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fold", N_("Fold")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    elapsed: reactive[float] = reactive(0.0)
    """Seconds since a running check began."""

    def __init__(self, result: CheckResult) -> None:
        super().__init__()
        self.result = result
        translate_bindings(self)

    def compose(self) -> ComposeResult:
        """Compose the line; findings come below it."""
        yield Static(self._words(), classes="line", markup=False)

    def show(self, result: CheckResult) -> None:
        """Draw ``result``, with what was found open below it."""
        self.result = result
        self.elapsed = result.seconds
        self._draw()
        self.query(FindingBlock).remove()
        if result.findings:
            self.mount_all(map(FindingBlock, result.findings))

    def watch_elapsed(self) -> None:
        """Let the time of a running check be seen to pass."""
        if self.is_mounted:
            self._draw()

    def action_fold(self) -> None:
        """Close what was found, or open it again."""
        for block in self.query(FindingBlock):
            block.display = not block.display

    def _draw(self) -> None:
        self.query_one(".line", Static).update(self._words())

    def _words(self) -> Content:
        sign, style = _SIGNS[self.result.status]
        quiet = self.result.status in {Status.WAITING, Status.SKIPPED}
        title = (self.result.title.ljust(52), "$dim" if quiet else "bold")
        took = _("{seconds} s").format(seconds=f"{self.elapsed:.1f}") if not quiet else ""
        # A finding says in full what the detail only begins to say; the facts below the ladder say the rest again.
        detail = "" if self.result.findings or self.size.width < 90 else self.result.detail
        return Content.assemble((f"{sign} ", style), title, (took.rjust(7), "$dim"), "  ", (detail, "$dim"))
