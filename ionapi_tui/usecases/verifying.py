"""Verifying several profiles over shared connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.rate_limits import RateLimits
from ionapi_tui.gateway.session import Session, open_session
from ionapi_tui.gateway.verify import Verification
from ionapi_tui.usecases.connections import Connections


@dataclass(frozen=True)
class Verified:
    """What became of one profile."""

    profile: Profile
    verification: Verification | None = None
    """None when the profile could not be verified at all."""
    error: IonApiError | None = None
    """Why not."""

    @property
    def exit_code(self) -> int:
        """The exit code of the command, were this its only profile."""
        if self.error is not None:
            return self.error.exit_code
        return 0 if self.verification is not None and self.verification.ok else 1

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        nothing: dict[str, Any] = {"ok": False, "checks": [], "findings": []}
        return {"name": self.profile.name} | (self.verification.as_json() if self.verification else nothing)


@dataclass(frozen=True)
class Listener:
    """Who is told while verifications are under way."""

    of_check: Callable[[Profile, CheckResult], None]
    of_profile: Callable[[Verified], None]


async def verify_all(
    connections: Connections,
    profiles: Sequence[Profile],
    listener: Listener,
    deadline: float,
    limits: RateLimits | None = None,
) -> list[Verified]:
    """Verify ``profiles`` and return the outcomes in their order.

    Args:
        connections: what leads to Infor.
        profiles: which ones.
        listener: told of each check and each finished profile, as they come.
        deadline: seconds for each of them.
        limits: how many at one time; None for the limits that Infor documents.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
        RegistryError: the outcomes cannot be kept.
    """
    limits = limits or RateLimits()
    done: dict[str, Verification] = {}
    try:
        async with open_session() as session:

            async def one(profile: Profile) -> Verified:
                async with limits.slot(profile.tenant):
                    verified = await _verified(connections, profile, session, listener, deadline)
                if verified.verification is not None:
                    done[profile.id] = verified.verification
                listener.of_profile(verified)
                return verified

            return await asyncio.gather(*map(one, profiles))
    finally:
        # In one go, because each time costs the whole list; and after an interruption too.
        if done:
            connections.remember(done)


async def _verified(
    connections: Connections, profile: Profile, session: Session, listener: Listener, deadline: float
) -> Verified:
    try:
        verification = await connections.verify(
            profile, session=session, on_progress=partial(listener.of_check, profile), deadline=deadline
        )
    except IonApiError as error:
        return Verified(profile, error=error)
    return Verified(profile, verification)
