"""Verifying stored profiles against Infor: the hosts to confirm first, one profile or many, the outcome kept.

A front end asks for the hosts that ``unconfirmed_hosts`` returns, calls ``confirm_hosts``, then ``verify_one`` or
``verify_all``, and shows what these report. Several profiles share connections and the limits of each tenant.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Checked, Profile, timestamp
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.rate_limits import RateLimits
from ionapi_tui.gateway.session import Session, open_session
from ionapi_tui.gateway.verify import DEADLINE, Verification
from ionapi_tui.usecases.connections import Connections, hosts_of, unconfirmed_hosts

__all__ = [
    "DEADLINE",
    "Listener",
    "Summary",
    "Verified",
    "confirm_hosts",
    "summary_of",
    "unconfirmed_hosts",
    "verify_all",
    "verify_one",
]


@dataclass(frozen=True)
class Verified:
    """What became of one profile."""

    profile: Profile
    verification: Verification | None = None
    """None when the profile could not be verified at all."""
    error: IonApiError | None = None
    """Why not."""

    @property
    def ok(self) -> bool:
        """Whether the profile works."""
        return self.verification is not None and self.verification.ok

    @property
    def exit_code(self) -> int:
        """The exit code of the command, were this its only profile."""
        if self.error is not None:
            return self.error.exit_code
        return 0 if self.ok else 1

    def checked(self, now: datetime) -> Checked:
        """Return the outcome in the form that the list of profiles shows."""
        headline = str(self.error) if self.verification is None else self.verification.headline
        return Checked(timestamp(now), self.ok, headline)

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        nothing: dict[str, Any] = {"ok": False, "checks": [], "findings": []}
        return {"name": self.profile.name} | (self.verification.as_json() if self.verification else nothing)


@dataclass(frozen=True)
class Summary:
    """How many of several profiles work."""

    working: int
    failing: int

    @property
    def total(self) -> int:
        """How many were verified."""
        return self.working + self.failing


def summary_of(verified: Iterable[Verified]) -> Summary:
    """Return how many of ``verified`` work."""
    outcomes = [one.ok for one in verified]
    return Summary(outcomes.count(True), outcomes.count(False))


@dataclass(frozen=True)
class Listener:
    """What is called while verifications are under way."""

    of_check: Callable[[Profile, CheckResult], None] = lambda _profile, _check: None
    """With each check when it starts and when it ends."""
    of_profile: Callable[[Verified], None] = lambda _verified: None
    """With each profile when its checks have ended."""


def confirm_hosts(connections: Connections, profiles: Sequence[Profile], hosts: Iterable[str]) -> list[Profile]:
    """Remember that the user has confirmed ``hosts``, and return ``profiles`` as they are then.

    Each profile gets those of the hosts that its own file names.

    Raises:
        UsageError: a host is in no file of ``profiles``; nothing is remembered then.
        RegistryError: the list of profiles cannot be written.
    """
    hosts = tuple(hosts)
    named = frozenset[str]().union(*map(hosts_of, profiles))
    for host in hosts:
        if host.lower() not in named:
            sentence = _("No address of these profiles leads to the host {host}. They lead to: {hosts}.")
            raise UsageError(sentence.format(host=safe(host, 80), hosts=safe(", ".join(sorted(named)))))
    names = [profile.name for profile in profiles]
    connections.trust(names, hosts)
    return [connections.profiles.profile(name) for name in names]


async def verify_one(
    connections: Connections,
    name: str,
    on_progress: Callable[[CheckResult], None] | None = None,
    deadline: float = DEADLINE,
) -> Verification:
    """Verify a profile and remember the outcome. May be cancelled at any time.

    Args:
        connections: gives access to Infor.
        name: the profile, which is read from the list as it is now.
        on_progress: called with each check when it starts and when it ends.
        deadline: seconds for the checks; the secret store takes its own time before.

    Raises:
        NoSuchProfile: there is none of that name.
        StoreError: its secret cannot be read.
        RegistryError: the outcome cannot be kept.
    """
    profile = await in_background(lambda: connections.profiles.profile(name))
    verification = await connections.verify(profile, on_progress=on_progress, deadline=deadline)
    await in_background(lambda: connections.remember({profile.id: verification}))
    return verification


async def verify_all(
    connections: Connections,
    profiles: Sequence[Profile],
    listener: Listener | None = None,
    deadline: float = DEADLINE,
    limits: RateLimits | None = None,
) -> list[Verified]:
    """Verify ``profiles``, remember the outcomes, and return them in their order.

    Hosts that nobody has confirmed get nothing; the outcome says so. What is verified when this is cancelled is
    remembered.

    Args:
        connections: gives access to Infor.
        profiles: which ones.
        listener: called with each check and each finished profile.
        deadline: seconds for each of them.
        limits: how many at one time; None for the limits that Infor documents.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
        RegistryError: the outcomes cannot be kept.
    """
    listener, limits = listener or Listener(), limits or RateLimits()
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

            verified = await asyncio.gather(*map(one, profiles))
    except BaseException:
        # Whoever was interrupted may not wait any more: the process may be about to end.
        if done:
            connections.remember(done)
        raise
    if done:
        # In one go, because each time costs the whole list; and another process may have it for a while.
        await in_background(lambda: connections.remember(done))
    return verified


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
