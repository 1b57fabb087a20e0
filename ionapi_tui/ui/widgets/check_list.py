"""The checks of a verification, one below the other, as they go on."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.language import N_, _, decimal, n_
from ionapi_tui.domain.findings import Finding, Severity
from ionapi_tui.gateway.checks.check import Check, CheckResult, Status
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.text import FindingBlock

_SIGNS = {
    Status.WAITING: ("·", "$dim"),
    Status.RUNNING: ("▸", "bold $accent"),
    Status.PASSED: (Status.PASSED.sign, "bold $text-success"),
    Status.WARNED: (Status.WARNED.sign, "bold $text-warning"),
    Status.FAILED: (Status.FAILED.sign, "bold $text-error"),
    Status.SKIPPED: (Status.SKIPPED.sign, "$dim"),
}


_RANK: Final = {Status.FAILED: 0, Status.WARNED: 1}
"""What asks for something to be done, the worst first."""


class CheckLine(Vertical, can_focus=True):
    """A check; what it found opens and closes with Space."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "fold", N_("Fold")),
        Binding("space", "unfold", N_("Unfold")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    elapsed: reactive[float] = reactive(0.0)
    """Seconds since a running check began."""

    is_open: reactive[bool] = reactive(True)
    """Whether what was found is shown."""

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
        # Notes would push down what has to be done.
        self.is_open = result.status in _RANK

    def watch_elapsed(self) -> None:
        """Let the time of a running check be seen to pass."""
        if self.is_mounted:
            self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer folding where there is something to fold, and unfolding where it is folded."""
        if action in {"fold", "unfold"}:
            return bool(self.result.findings) and self.is_open is (action == "fold")
        return True

    def action_fold(self) -> None:
        """Close what was found."""
        self.is_open = False

    def action_unfold(self) -> None:
        """Show again what was found."""
        self.is_open = True

    def watch_is_open(self, is_open: bool) -> None:
        """Show what was found, or say how much there is."""
        self.set_class(not is_open, "-folded")
        if self.is_mounted:
            self._draw()
            self.refresh_bindings()

    def _draw(self) -> None:
        # When the page is left while the check runs there is nothing left to draw on.
        for line in self.query(".line").results(Static):
            line.update(self._words())

    def _words(self) -> Content:
        sign, style = _SIGNS[self.result.status]
        quiet = self.result.status in {Status.WAITING, Status.SKIPPED}
        title = (self.result.title.ljust(34), "$dim" if quiet else "bold")
        took = _("{seconds} s").format(seconds=decimal(self.elapsed, ".1f")) if not quiet else ""
        # A finding says in full what the detail only begins to say; the facts below the checks say the rest again.
        detail = "" if self.result.findings or self.size.width < 90 else self.result.detail
        if self.result.findings and not self.is_open:
            detail = _folded(self.result.findings)
        return Content.assemble((f"{sign} ", style), title, (took.rjust(7), "$dim"), "  ", (detail, "$dim"))


_LINES_BELOW: Final = 8
"""How many lines of a check that failed are shown at least: its name, and the finding with the beginning of its fix."""


class CheckList(Vertical):
    """One line for each check."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, checks: Iterable[Check], id: str) -> None:
        super().__init__(id=id)
        self._checks = tuple(checks)
        self._began = monotonic()

    def compose(self) -> ComposeResult:
        """Compose the checks as they wait."""
        for check in self._checks:
            yield CheckLine(CheckResult(check))

    def on_mount(self) -> None:
        """Let the time of a running check be seen to pass."""
        self.set_interval(0.2, self._tick)

    async def begin(self, checks: Iterable[Check]) -> None:
        """Let each of ``checks`` wait, in place of those that are shown."""
        checks = tuple(checks)
        if checks != self._checks:
            self._checks = checks
            await self.recompose()
        for line, check in zip(self.query(CheckLine), checks, strict=True):
            line.show(CheckResult(check))

    def show(self, result: CheckResult) -> None:
        """Draw how far a check is, or how it ended."""
        self._began = monotonic()
        for line in self.query(CheckLine):
            if line.result.id == result.id:
                line.show(result)

    def focus_worst(self) -> None:
        """Go to the first check that failed, or warned, and fold what is less bad."""
        lines = list(self.query(CheckLine))
        worst = min(lines, key=_rank)
        for line in lines:
            line.is_open = line.is_open and _rank(line) == _rank(worst)
        worst.focus(scroll_visible=False)
        self.call_after_refresh(self._show, worst)

    def _show(self, line: CheckLine) -> None:
        """Bring a check into view, with the verdict above the checks as long as there is room for both."""
        page = self.parent
        if isinstance(page, VerticalScroll) and self.is_attached:
            below = self.virtual_region.y + line.virtual_region.y
            page.scroll_to(y=max(0, below - page.size.height + _LINES_BELOW), animate=False)

    @property
    def steps(self) -> set[str]:
        """The steps of the guide that the findings name."""
        findings = [finding for line in self.query(CheckLine) for finding in line.result.findings]
        return {finding.step for finding in findings if finding.step is not None}

    def _tick(self) -> None:
        for line in self.query(CheckLine):
            if line.result.status is Status.RUNNING:
                line.elapsed = monotonic() - self._began


def _rank(line: CheckLine) -> int:
    return _RANK.get(line.result.status, len(_RANK))


def _folded(findings: tuple[Finding, ...]) -> str:
    """Return how much is folded away, and how to see it."""
    if all(finding.severity is Severity.INFO for finding in findings):
        return n_("{n} note: press Space", "{n} notes: press Space", len(findings))
    return n_("{n} finding: press Space", "{n} findings: press Space", len(findings))
