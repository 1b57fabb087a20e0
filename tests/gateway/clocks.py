"""A clock that stands still until a test moves it, and does not make anybody wait."""

from __future__ import annotations

from dataclasses import dataclass, field

from ionapi_tui.gateway.network import Clock


@dataclass
class HandClock:
    """Both clocks of a machine, moved by hand; sleeping moves them too."""

    wall: float = 1_800_000_000.0
    steady: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def pass_by(self, seconds: float) -> None:
        """Let time go by on both clocks."""
        self.wall += seconds
        self.steady += seconds

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_by(seconds)

    @property
    def clock(self) -> Clock:
        """What the gateway is given."""
        return Clock(lambda: self.wall, lambda: self.steady, self._sleep)
