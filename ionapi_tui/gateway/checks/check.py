"""The parts of a check: its description, what it works with, and its outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.signs import Sign
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Finding, Severity
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway.failures import known_secrets
from ionapi_tui.gateway.grants import Granted
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.session import Session
from ionapi_tui.gateway.users import User


class Status(StrEnum):
    """The status of a check."""

    WAITING = "waiting"
    RUNNING = "running"
    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will come of this check."""
        return self not in (Status.WAITING, Status.RUNNING)

    @property
    def sign(self) -> Sign:
        """What stands before a check that has ended like this."""
        return _SIGNS[self]


_WORDS: Final = {
    Status.PASSED: N_("passed"),
    Status.WARNED: N_("warning"),
    Status.FAILED: N_("failed"),
    Status.SKIPPED: N_("skipped"),
}


_SIGNS: Final = {
    Status.PASSED: Sign.GOOD,
    Status.WARNED: Sign.WARNING,
    Status.FAILED: Sign.ERROR,
    Status.SKIPPED: Sign.SKIPPED,
}


@dataclass
class Run:
    """One verification: what the checks share and leave for each other."""

    credentials: Credentials
    session: Session
    retry_seconds: float
    """Seconds to spend on waiting when the authorization server asks for it."""
    file_findings: tuple[Finding, ...] | None = None
    """What the inspection of the file found; None for credentials that come from a password store."""
    responses: list[Response] = field(default_factory=list)
    """Every response so far, for the comparison of the clocks."""
    granted: Granted | None = None
    claims: TokenClaims | None = None
    """What the token states about itself; None without a token, and for an opaque one."""
    clock_difference: float | None = None
    """Seconds this machine's clock is ahead of Infor's."""
    user: User | None = None
    connection_point: str = ""
    """The connection point in ION that holds the client ID, or why none is known; empty when IMS was not reached."""
    is_connection_point_found: bool = False
    """Whether a connection point in ION is known to hold the client ID."""
    token_rejected: bool = False
    """Whether the gateway rejected the token."""
    acts_for_nobody: bool = False
    """Whether the service account has no user, by its token or by the response of the user API."""

    @property
    def has_token_of_other_tenant(self) -> bool:
        """Whether the token states another tenant than the file; a statement, which nothing is granted by."""
        stated = self.claims.tenant if self.claims is not None else ""
        return bool(stated) and stated.casefold() != self.credentials.tenant.casefold()

    @property
    def token(self) -> Secret:
        """The access token; the checks that use it come after the one that gets it."""
        assert self.granted is not None
        return self.granted.token.access

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Everything a server might echo."""
        return known_secrets(self.credentials, self.granted.token if self.granted else None)

    async def ask(self, path: str, *, first: int | None = None) -> Response:
        """Return a suite's response to a GET request with the token.

        Args:
            path: the address behind gateway and tenant.
            first: be content with so many bytes of the body.

        Raises:
            NotReached: no usable response.
        """
        response = await self.session.get(self.credentials.api_url(path), "iu", token=self.token, first=first)
        self.responses.append(response)
        return response


@dataclass(frozen=True)
class Outcome:
    """How a check ended."""

    status: Status
    detail: str = ""
    """One line for people, safe and in the language in use."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Check:
    """One of the checks of a verification."""

    id: str
    name: str
    """The title, marked for translation."""
    run: Callable[[Run], Awaitable[Outcome]]
    needs: tuple[str, ...] = field(default=())
    """Ids of the checks without which this one means nothing."""
    runs_last: bool = False
    """Whether it evaluates what the other checks collected; it is listed in its place all the same."""
    only_for: ExportTarget | None = None
    """The only exports it is carried out for; None for all."""

    @property
    def title(self) -> str:
        """The title, in the language in use."""
        return _(self.name)


@dataclass(frozen=True)
class CheckResult:
    """A check as the screens, the commands and ``--json`` show it."""

    check: Check
    status: Status = Status.WAITING
    detail: str = ""
    """One line for people, safe and in the language in use."""
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    """How long it took."""

    @property
    def id(self) -> str:
        """The check's id, such as ``token``."""
        return self.check.id

    @property
    def title(self) -> str:
        """The title of the check, in the language in use."""
        return self.check.title

    @property
    def word(self) -> str:
        """How the check ended, in a word of the language in use; empty for a check that has not ended."""
        if self.status is Status.SKIPPED and self.findings:
            # It was carried out and found something, but the export does not need it.
            return _("does not count")
        return _(_WORDS[self.status]) if self.status in _WORDS else ""

    def as_json(self) -> dict[str, str]:
        """Return the documented shape of a check."""
        return {"id": self.id, "status": self.status, "detail": self.detail}


def passed(detail: str = "") -> Outcome:
    """Return the outcome of a check that found nothing wrong."""
    return Outcome(Status.PASSED, detail)


def skipped(reason: str) -> Outcome:
    """Return the outcome of a check that would mean nothing."""
    return Outcome(Status.SKIPPED, reason)


def found(*findings: Finding, detail: str = "") -> Outcome:
    """Return the outcome for ``findings``: failed with an error among them, warned with a warning, else passed."""
    severities = {finding.severity for finding in findings}
    status = Status.PASSED
    if Severity.ERROR in severities:
        status = Status.FAILED
    elif Severity.WARNING in severities:
        status = Status.WARNED
    serious = next((finding for finding in findings if finding.severity is not Severity.INFO), None)
    return Outcome(status, detail or (serious.message if serious else ""), findings)
