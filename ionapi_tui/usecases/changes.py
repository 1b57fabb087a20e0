"""Watching: what turned red or green since somebody was last told.

What a profile was reported as is kept with it. It is written together with the outcome of the verification, after the
changes were reported: whoever is interrupted in between hears of a change twice, but never misses one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ionapi_tui.base.background import in_background
from ionapi_tui.domain.findings import Finding
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.verifying import (
    DEADLINE,
    Listener,
    Verified,
    refreshed_in,
    verify_each,
    with_refreshed,
)


class Turned(StrEnum):
    """In which direction a profile changed."""

    RED = "red"
    """It worked, and does not any more, or cannot be verified."""
    GREEN = "green"
    """It did not work, and does now."""


@dataclass(frozen=True)
class Change:
    """A profile that changed."""

    verified: Verified
    turned: Turned


@dataclass(frozen=True)
class Changes:
    """What a run found."""

    verified: tuple[Verified, ...]
    """Everything that was verified, in its order."""
    changed: tuple[Change, ...]
    """What turned red or green since it was last reported."""
    baseline: tuple[Verified, ...]
    """What was never reported before: later runs compare with it."""

    @property
    def is_first(self) -> bool:
        """Whether nothing of this was ever reported before."""
        return bool(self.verified) and len(self.baseline) == len(self.verified)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What several changes have in common: a tenant that was probably refreshed."""
        return refreshed_in(one.verified for one in self.changed if one.turned is Turned.RED)

    @property
    def exit_code(self) -> int:
        """The exit code of the command: 1 when something changed."""
        return 1 if self.changed else 0

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        return {
            "first": self.is_first,
            "verified": len(self.verified),
            "changes": [{"turned": one.turned, **one.verified.as_json()} for one in self.changed],
            "baseline": [{"name": one.profile.name, "ok": one.ok} for one in self.baseline],
            "findings": [one.as_json() for one in self.findings],
        }


async def verify_for_changes(
    connections: Connections,
    profiles: Sequence[Profile],
    report: Callable[[Changes], None],
    listener: Listener | None = None,
    deadline: float = DEADLINE,
) -> Changes:
    """Verify ``profiles``, report what changed, and then remember the outcomes and what was reported, in one write.

    Args:
        connections: gives access to Infor.
        profiles: which ones.
        report: tells somebody; what it raises ends this, and the changes are reported again the next time.
        listener: called with each check and each finished profile.
        deadline: seconds for each of them.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
        RegistryError: the outcomes cannot be kept.
    """
    verified = await verify_each(connections, profiles, listener, deadline)
    outcomes = connections.outcomes({one.profile.id: one.verification for one in verified if one.verification})
    listed = await in_background(connections.profiles.profiles)
    known = {one.id: one.reported for one in listed}
    after = [one.with_check(outcomes[one.id]) if one.id in outcomes else one for one in listed]
    changes = _compared(with_refreshed(connections, verified, after), known)
    reported: dict[str, bool] = {}
    try:
        report(changes)
        reported = {one.profile.id: one.ok for one in verified if known.get(one.profile.id) is not one.ok}
    finally:
        if outcomes or reported:
            # Not in the background: whoever is interrupted while reporting may not wait any more.
            connections.profiles.record_checks(outcomes, reported)
    return changes


def _compared(verified: Sequence[Verified], known: dict[str, bool | None]) -> Changes:
    changed, baseline = [], []
    for one in verified:
        before = known.get(one.profile.id)
        if before is None:
            baseline.append(one)
        elif before is not one.ok:
            changed.append(Change(one, Turned.GREEN if one.ok else Turned.RED))
    return Changes(tuple(verified), tuple(changed), tuple(baseline))
