"""The checks of a verification, one below the other, as they go on."""

from __future__ import annotations

from time import monotonic

from textual.app import ComposeResult
from textual.containers import Vertical

from ionapi_tui.gateway.checks.check import CheckResult, Status
from ionapi_tui.gateway.verify import CHECKS
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.check_line import CheckLine


class Ladder(Vertical):
    """One line for each check."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._began = monotonic()

    def compose(self) -> ComposeResult:
        """Compose the checks as they wait."""
        for check in CHECKS:
            yield CheckLine(CheckResult(check))

    def on_mount(self) -> None:
        """Let the time of a running check be seen to pass."""
        self.set_interval(0.2, self._tick)

    def begin(self) -> None:
        """Let every check wait again."""
        for line, check in zip(self.query(CheckLine), CHECKS, strict=True):
            line.show(CheckResult(check))

    def show(self, result: CheckResult) -> None:
        """Draw how far a check is, or how it ended."""
        self._began = monotonic()
        for line in self.query(CheckLine):
            if line.result.id == result.id:
                line.show(result)

    def focus_worst(self) -> None:
        """Go to the first check that failed, or warned."""
        rank = {Status.FAILED: 0, Status.WARNED: 1}
        min(self.query(CheckLine), key=lambda line: rank.get(line.result.status, 2)).focus()

    @property
    def steps(self) -> set[str]:
        """The steps of the guide that the findings name."""
        findings = [finding for line in self.query(CheckLine) for finding in line.result.findings]
        return {finding.step for finding in findings if finding.step is not None}

    def _tick(self) -> None:
        for line in self.query(CheckLine):
            if line.result.status is Status.RUNNING:
                line.elapsed = monotonic() - self._began
