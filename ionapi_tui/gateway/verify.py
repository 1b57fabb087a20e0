"""Verifying live that credentials work, and finding out why when they do not.

The checks follow each other: each needs earlier ones, all share one token, and one that would mean nothing after an
earlier failure is skipped with the reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Finding, Severity, ok, worst
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway import grants, transport_errors
from ionapi_tui.gateway.checks.check import Check, CheckResult, Outcome, Run, Status, found, skipped
from ionapi_tui.gateway.checks.order import CHECKS
from ionapi_tui.gateway.checks.targets import checks_for, judged
from ionapi_tui.gateway.facts import VerifiedFacts, facts_of
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import Session, open_session

__all__ = ["CHECKS", "CheckResult", "Status", "Verification", "checks_for", "verify"]

_DOCUMENT_TYPES: Final = N_(
    "Not checked: whether the user may create documents of a certain type. In IDM the access list of each document "
    "type decides that, and a test would leave a document behind."
)
_CONNECTION_POINT: Final = N_(
    "Also not checked: whether a connection point in ION Desk has this client ID. Exports through ION need one."
)

DEADLINE: Final = 30.0
"""Seconds for the checks of one profile, unless somebody wishes otherwise."""

_RETRY_SECONDS: Final = 10.0
"""Seconds to spend on waiting when the authorization server asks to come back later."""
_REVOKE_SECONDS: Final = 3.0
"""Seconds for revoking a token that nobody will use."""

Progress = Callable[[CheckResult], None]


class Adopting(Protocol):
    """Takes over the token of a verification, as a ``TokenSource`` does."""

    async def adopt_async(self, token: Token) -> None:
        """Use ``token``, and share it with other processes, without blocking the event loop."""


@dataclass(frozen=True)
class Verification:
    """What all checks found."""

    results: tuple[CheckResult, ...]
    """Every check, in order."""
    findings: tuple[Finding, ...]
    """Everything that was found, worst first."""
    facts: VerifiedFacts
    target: ExportTarget | None = None
    """The exports it was for; None for any."""

    @property
    def ok(self) -> bool:
        """Whether the credentials work: nothing found is an error, and every check ended."""
        return ok(self.findings) and not any(result.status is Status.FAILED for result in self.results)

    @property
    def worst(self) -> Finding | None:
        """The finding that says best what is wrong; None when there is neither error nor warning."""
        return next((one for one in worst(self.findings) if one.severity is not Severity.INFO), None)

    @property
    def headline(self) -> str:
        """The worst finding in one line; empty when there is neither error nor warning."""
        return "" if self.worst is None else self.worst.message

    @property
    def not_proven(self) -> str:
        """What a verification without errors does not prove, in the language in use; show it beside one."""
        sentences = [_(_DOCUMENT_TYPES)]
        ims = next((result for result in self.results if result.id == "ims"), None)
        is_open = ims is not None and ims.status is Status.PASSED and not ims.findings
        if is_open and self.target in (None, ExportTarget.ION) and not self.facts.is_connection_point_found:
            sentences.append(_(_CONNECTION_POINT))
        return " ".join(sentences)

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape of one verification, without the profile's name."""
        return {
            "ok": self.ok,
            "checks": [result.as_json() for result in self.results],
            "findings": [finding.as_json() for finding in self.findings],
            "export_target": self.target,
        }


async def verify(
    credentials: Credentials,
    *,
    source: Adopting | None = None,
    network: Network | None = None,
    session: Session | None = None,
    on_progress: Progress | None = None,
    deadline: float = DEADLINE,
    revoke_seconds: float = _REVOKE_SECONDS,
    target: ExportTarget | None = None,
    file_findings: tuple[Finding, ...] | None = None,
) -> Verification:
    """Carry out every check and return what was found. May be cancelled at any time.

    Args:
        credentials: what to verify.
        source: gets the token that was issued, so that it is used; without a source it is revoked, also when this is
            cancelled.
        network: how to reach Infor, with the hosts the user has confirmed.
        session: connections to share with other verifications; wins over ``network``.
        on_progress: called with each check when it starts and when it ends.
        deadline: seconds for all checks together.
        revoke_seconds: seconds for revoking a token that ``source`` does not get.
        target: what DocBits exports to with the credentials; None for any.
        file_findings: what the inspection of their file found; None for credentials from a password store.
    """

    async def carry_out(session: Session) -> Verification:
        run = Run(credentials, session, min(_RETRY_SECONDS, deadline / 2), file_findings)
        try:
            results = await _results(run, target, on_progress, deadline)
        except (asyncio.CancelledError, SystemExit):
            # A signal handler raises SystemExit wherever the program just is, and that may be here.
            if source is None:
                await _hand_over(run, None, revoke_seconds)
            raise
        await _hand_over(run, source, revoke_seconds)
        findings = _once(finding for result in results for finding in result.findings)
        return Verification(results, tuple(findings), facts_of(run), target)

    if session is not None:
        return await carry_out(session)
    async with open_session(network) as own:
        return await carry_out(own)


async def _results(
    run: Run, target: ExportTarget | None, on_progress: Progress | None, deadline: float
) -> tuple[CheckResult, ...]:
    """Return how every check ended, in their order."""
    monotonic, checks = run.session.network.clock.monotonic, checks_for(target)
    until = monotonic() + deadline
    results: dict[str, CheckResult] = {}
    tell = on_progress or (lambda _result: None)
    for check in sorted(checks, key=lambda check: check.runs_last):
        tell(CheckResult(check, Status.RUNNING))
        started = monotonic()
        outcome = judged(target, check, await _outcome(check, run, results, until - started, deadline))
        results[check.id] = CheckResult(
            check, outcome.status, outcome.detail, outcome.findings, seconds=monotonic() - started
        )
        tell(results[check.id])
    return tuple(results[check.id] for check in checks)


async def _outcome(check: Check, run: Run, results: dict[str, CheckResult], left: float, deadline: float) -> Outcome:
    for need in check.needs:
        if results[need].status in {Status.FAILED, Status.SKIPPED}:
            return skipped(_("needs “{check}”").format(check=results[need].title))
    if left <= 0:
        return skipped(_("no time was left for it"))
    try:
        async with asyncio.timeout(left):
            return await check.run(run)
    except TimeoutError:
        return found(transport_errors.timed_out(run.credentials.gateway_url, "iu", deadline))


async def _hand_over(run: Run, source: Adopting | None, revoke_seconds: float) -> None:
    """Share the token, or revoke it: one that is left behind is a log-in that nobody uses."""
    if run.granted is None:
        return
    token = run.granted.token
    try:
        if source is not None:
            await source.adopt_async(token)
            return
        async with asyncio.timeout(revoke_seconds):
            await grants.revoke(run.session, run.credentials, token)
    except (StoreError, NotReached, TimeoutError):
        # Neither says anything about the credentials; the token ends by itself.
        return


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Return ``findings`` worst first, without repetitions of a code for a field."""
    kept: dict[tuple[str, str | None], Finding] = {}
    for finding in worst(findings):
        kept.setdefault((finding.code, finding.field), finding)
    return list(kept.values())
