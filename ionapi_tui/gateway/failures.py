"""Why a conversation with Infor ended, as exceptions that carry their finding."""

from __future__ import annotations

from ionapi_tui.base.errors import Refused, Unreachable
from ionapi_tui.domain.findings import Finding


class NotReached(Unreachable):
    """Nothing usable came back, or nothing was sent because the address may not be used."""

    def __init__(self, finding: Finding, *, wait: float | None = None) -> None:
        super().__init__(f"{finding.message} {finding.fix}")
        self.finding = finding
        """What went wrong, as the screens and ``--json`` show it."""
        self.wait = wait
        """Seconds the server asked to wait before the next attempt; None when it did not say."""


class TokenRefused(Refused):
    """The authorization server answered, and the answer was no."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.message} {finding.fix}")
        self.finding = finding
        """What went wrong, as the screens and ``--json`` show it."""
