"""Verifying against Infor: the hosts to confirm first, one stored profile or many, or a file that is not stored.

A front end asks for the hosts that ``unconfirmed_hosts`` returns, calls ``confirm_hosts``, then ``verify_one`` or
``verify_all``, and shows what these report. Several profiles share connections and the limits of each tenant.

For a file it calls ``of_file``, asks for the same hosts, adds them with ``with_hosts``, and calls ``verify_file``. That
keeps nothing: neither the list of profiles nor a password store is opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Code, Finding, worst
from ionapi_tui.domain.profile import Checked, Profile, timestamp
from ionapi_tui.domain.refreshed import CODES as REFUSED_CODES
from ionapi_tui.domain.refreshed import refreshed
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.rate_limits import RateLimits
from ionapi_tui.gateway.session import Session, open_session
from ionapi_tui.gateway.verify import DEADLINE, Verification, verify
from ionapi_tui.profile_store.binding import AddressesChanged
from ionapi_tui.usecases.connections import Connections, checked_of, hosts_of, network_for, unconfirmed_hosts
from ionapi_tui.usecases.token_keeper import TokenKeeper, token_keeper

if TYPE_CHECKING:
    from ionapi_tui.domain.export_target import ExportTarget
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.gateway.network import Network

__all__ = [
    "DEADLINE",
    "Listener",
    "Summary",
    "Verified",
    "choose_target",
    "confirm_hosts",
    "of_file",
    "refreshed_in",
    "summary_of",
    "unconfirmed_hosts",
    "verify_all",
    "verify_each",
    "verify_file",
    "verify_one",
    "with_hosts",
    "with_refreshed",
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
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, worst first; where nothing was sent, why, if findings say so."""
        if self.verification is not None:
            return self.verification.findings
        return (self.error.finding,) if isinstance(self.error, AddressesChanged) else ()

    @property
    def exit_code(self) -> int:
        """The exit code of the command, were this its only profile."""
        if self.error is not None:
            return self.error.exit_code
        return 0 if self.ok else 1

    def checked(self, now: datetime) -> Checked:
        """Return the outcome in the form that the list of profiles shows."""
        if self.verification is None:
            return Checked(timestamp(now), ok=False, headline=str(self.error))
        return checked_of(self.verification, now)

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        return document_of(self.profile, self.verification, self.findings)


def document_of(
    profile: Profile, verification: Verification | None, findings: Iterable[Finding] = ()
) -> dict[str, Any]:
    """Return the documented shape of a verification.

    Args:
        profile: what was verified; a file that came without a name has none here either.
        verification: the outcome; None when nothing was sent.
        findings: why nothing was sent, where findings say so.
    """
    nothing: dict[str, Any] = {
        "ok": False,
        "checks": [],
        "findings": [finding.as_json() for finding in findings],
        "export_target": profile.export_target,
    }
    return {"name": profile.name or None} | (verification.as_json() if verification else nothing)


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
    _check_named(hosts, frozenset[str]().union(*map(hosts_of, profiles)))
    names = [profile.name for profile in profiles]
    connections.trust(names, hosts)
    return [connections.profiles.profile(name) for name in names]


def choose_target(connections: Connections, profiles: Sequence[Profile], target: ExportTarget | None) -> list[Profile]:
    """Remember what DocBits exports to with each of ``profiles``, and return them as they are then.

    Raises:
        NoSuchProfile: one of them is not there any more.
        RegistryError: the list of profiles cannot be written.
    """
    return list(connections.profiles.set_export_target([profile.name for profile in profiles], target))


def of_file(inspection: Inspection, name: str = "", target: ExportTarget | None = None) -> Profile:
    """Return the credentials of a file that can be used as a profile that is stored nowhere.

    Args:
        inspection: of the file.
        name: of the file, without its folder; empty for content without a file.
        target: what DocBits exports to with it.
    """
    public = {} if inspection.credentials is None else dict(inspection.credentials.public)
    return Profile("", safe(name, 80), "", "", public, export_target=target)


def with_hosts(profile: Profile, hosts: Iterable[str]) -> Profile:
    """Return ``profile`` with hosts that the user has confirmed; nothing is remembered.

    Raises:
        UsageError: a host is not one of its own.
    """
    hosts = tuple(hosts)
    _check_named(hosts, hosts_of(profile))
    return replace(profile, trusted_hosts=tuple(sorted({*profile.trusted_hosts, *(host.lower() for host in hosts)})))


async def verify_file(
    inspection: Inspection,
    profile: Profile,
    network: Network,
    on_progress: Callable[[CheckResult], None] | None = None,
    deadline: float = DEADLINE,
) -> Verification:
    """Verify the credentials of a file and keep nothing: the token is revoked at the end, also when this is cancelled.

    Args:
        inspection: of a file that can be used.
        profile: what ``of_file`` made of it, with the hosts that were confirmed.
        network: how to reach Infor; the confirmed hosts are added.
        on_progress: called with each check when it starts and when it ends.
        deadline: seconds for all checks.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
    """
    assert inspection.credentials is not None
    return await verify(
        inspection.credentials,
        network=network_for(profile, network),
        on_progress=on_progress,
        deadline=deadline,
        target=profile.export_target,
        file_findings=inspection.findings,
    )


def _check_named(hosts: Iterable[str], named: frozenset[str]) -> None:
    for host in hosts:
        if host.lower() not in named:
            sentence = _("No address of these profiles uses the host {host}. They use: {hosts}.")
            raise UsageError(sentence.format(host=safe(host, 80), hosts=safe(", ".join(sorted(named)))))


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
    (verified,) = await in_background(lambda: with_refreshed(connections, [Verified(profile, verification)]))
    assert verified.verification is not None
    return verified.verification


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
    verified = await verify_each(connections, profiles, listener, deadline, limits)
    done = {one.profile.id: one.verification for one in verified if one.verification is not None}
    if done:
        # In one go, because each time costs the whole list; and another process may have it for a while.
        await in_background(lambda: connections.remember(done))
    return await in_background(lambda: with_refreshed(connections, verified))


def with_refreshed(
    connections: Connections, verified: Sequence[Verified], listed: Sequence[Profile] | None = None
) -> list[Verified]:
    """Return ``verified`` with a finding about each profile whose tenant was probably refreshed.

    Args:
        connections: knows the list of profiles, which has the outcomes by now.
        verified: what was verified.
        listed: the profiles with their outcomes; by default those of the list.
    """
    if not any(map(is_refused, verified)):
        return list(verified)
    found = {
        profile.id: one.finding
        for one in refreshed(connections.profiles.profiles() if listed is None else listed)
        for profile in one.profiles
    }
    return [_with_finding(one, found.get(one.profile.id)) for one in verified]


def refreshed_in(verified: Iterable[Verified]) -> tuple[Finding, ...]:
    """Return each finding of ``verified`` that a tenant was probably refreshed, once."""
    findings = (one for each in verified if each.verification for one in each.verification.findings)
    return tuple({one.message: one for one in findings if one.code is Code.TENANT_REFRESHED}.values())


def is_refused(verified: Verified) -> bool:
    """Return whether Infor refused a profile in the way it does after a refresh of the tenant."""
    findings = verified.verification.findings if verified.verification else ()
    return any(one.code in REFUSED_CODES for one in findings)


def _with_finding(verified: Verified, finding: Finding | None) -> Verified:
    if finding is None or verified.verification is None:
        return verified
    findings = tuple(worst((*verified.verification.findings, finding)))
    return replace(verified, verification=replace(verified.verification, findings=findings))


async def verify_each(
    connections: Connections,
    profiles: Sequence[Profile],
    listener: Listener | None = None,
    deadline: float = DEADLINE,
    limits: RateLimits | None = None,
) -> list[Verified]:
    """Verify ``profiles`` as ``verify_all`` does, but remember nothing, unless this is cancelled.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
    """
    listener, limits = listener or Listener(), limits or RateLimits()
    done: dict[str, Verification] = {}
    try:
        async with open_session() as session, connections.connected(profiles) as secrets, token_keeper() as keeper:

            async def one(profile: Profile) -> Verified:
                async with limits.slot(profile.tenant):
                    verified = await _verified(
                        connections, profile, session, listener, deadline, secrets.get(profile.id), keeper
                    )
                if verified.verification is not None:
                    done[profile.id] = verified.verification
                listener.of_profile(verified)
                return verified

            return await asyncio.gather(*map(one, profiles))
    except BaseException:
        # Whoever was interrupted may not wait any more: the process may be about to end.
        if done:
            connections.remember(done)
        raise


async def _verified(
    connections: Connections,
    profile: Profile,
    session: Session,
    listener: Listener,
    deadline: float,
    secret: Secret | None,
    keeper: TokenKeeper,
) -> Verified:
    on_progress = partial(listener.of_check, profile)
    try:
        verification = await connections.verify(
            profile, session=session, on_progress=on_progress, deadline=deadline, secret=secret, keeper=keeper
        )
    except IonApiError as error:
        return Verified(profile, error=error)
    return Verified(profile, verification)
