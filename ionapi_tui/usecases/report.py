"""A report: what is known of a tenant's credentials and what their verification found, in the language in use.

Nothing secret is in it: it is made of what is remembered of a profile, and of a verification, which has masked what
servers echoed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.profile import Profile, timestamp
from ionapi_tui.domain.profile_facts import facts_of

if TYPE_CHECKING:
    from ionapi_tui.gateway.verify import Verification

_FACTS: Final = ("tenant", "environment", "app", "client_id", "gateway", "server", "scopes", "export_target", "created")
_EARLIER: Final = 3
"""How many earlier verifications fit on the page."""


class ReportFormat(StrEnum):
    """How a report is written."""

    HTML = "html"
    """One file to print or to read in a browser."""
    MARKDOWN = "md"


class Verdict(StrEnum):
    """What a report comes to."""

    WORKS = "works"
    WARNINGS = "warnings"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It was never verified."""


class CheckLine(NamedTuple):
    """One check as it is reported; safe to show."""

    title: str
    status: str
    """For the style of the line: ``passed``, ``warned``, ``failed`` or ``skipped``."""
    word: str
    detail: str


class FindingLine(NamedTuple):
    """One finding as it is reported; safe to show."""

    severity: Severity
    message: str
    fix: str


@dataclass(frozen=True)
class Report:
    """What is reported about one profile, in the language in use."""

    profile: Profile
    """As it is remembered after ``verification``."""
    made_at: datetime
    verification: Verification | None = None
    """The verification it is about; None for the last outcome that is remembered."""
    error: IonApiError | None = None
    """Why it could not be verified."""

    @property
    def verdict(self) -> Verdict:
        """What it comes to."""
        if self.error is not None:
            return Verdict.FAILED
        if self.verification is None:
            checked = self.profile.checked
            if checked is None:
                return Verdict.UNKNOWN
            return (Verdict.WARNINGS if checked.headline else Verdict.WORKS) if checked.ok else Verdict.FAILED
        if not self.verification.ok:
            return Verdict.FAILED
        return Verdict.WARNINGS if self._warnings else Verdict.WORKS

    @property
    def _warnings(self) -> int:
        findings = self.verification.findings if self.verification else ()
        return sum(finding.severity is Severity.WARNING for finding in findings)

    @property
    def verdict_words(self) -> str:
        """The verdict as a sentence."""
        if self.error is not None:
            return _("The credentials could not be verified.")
        if self.verdict is Verdict.WARNINGS and self._warnings:
            return n_("The credentials work ({n} warning).", "The credentials work ({n} warnings).", self._warnings)
        return {
            Verdict.WORKS: _("The credentials work."),
            Verdict.WARNINGS: _("The credentials work, with warnings."),
            Verdict.FAILED: _("The credentials do not work."),
            Verdict.UNKNOWN: _("The credentials were never verified."),
        }[self.verdict]

    @property
    def reason(self) -> str:
        """The error, or the outcome that is remembered, where there are no findings to show; safe to show."""
        if self.error is not None:
            return safe(self.error, 300)
        if self.verification is None and self.profile.checked is not None:
            return safe(self.profile.checked.headline, 300)
        return ""

    @property
    def verified_at(self) -> str:
        """When the verdict was reached, for people; empty if never."""
        checked = self.profile.checked
        return _moment(checked.at) if checked is not None and self.error is None else ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Labels and values, safe to show."""
        worded = {"created": _moment(self.profile.created)}
        facts = facts_of(self.profile, *_FACTS, **worded)
        known = [(fact.label, safe(fact.value, 200)) for fact in facts if fact.value]
        return (*known, *self._user())

    def _user(self) -> Iterator[tuple[str, str]]:
        from ionapi_tui.gateway.users import relevant_roles

        user = self.verification.facts.user if self.verification else None
        if user is None:
            return
        yield _("Acting user"), user.name
        if user.is_service_user is not None:
            yield _("Kind of user"), _("service user") if user.is_service_user else _("user who can sign in")
        roles = relevant_roles(user.roles or ())
        if roles:
            yield _("Security roles"), ", ".join(roles)

    @property
    def checks(self) -> tuple[CheckLine, ...]:
        """Every check of the verification, in order."""
        results = self.verification.results if self.verification else ()
        # What the findings say is not said twice.
        said = {finding.message for finding in self.findings}
        return tuple(
            CheckLine(one.title, one.status, one.word, _("see Findings") if one.detail in said else one.detail)
            for one in results
        )

    @property
    def findings(self) -> tuple[FindingLine, ...]:
        """What was found, worst first."""
        findings = self.verification.findings if self.verification else ()
        return tuple(FindingLine(one.severity, one.message, one.fix) for one in findings)

    @property
    def earlier(self) -> tuple[tuple[str, str], ...]:
        """Times and outcomes of verifications before, newest first; safe to show."""
        before = self.profile.earlier
        if self.error is not None and self.profile.checked is not None:
            before = (self.profile.checked, *before)
        outcomes = {True: _("works"), False: _("does not work")}
        return tuple(
            (_moment(one.at), f"{outcomes[one.ok]}: {safe(one.headline, 160)}" if one.headline else outcomes[one.ok])
            for one in before[:_EARLIER]
        )

    @property
    def not_proven(self) -> str:
        """What the verification does not show; empty unless it succeeded."""
        return self.verification.not_proven if self.verification is not None and self.verification.ok else ""

    @property
    def made(self) -> str:
        """Who made the report and when."""
        from ionapi_tui.base.version import __version__

        sentence = _("Created by ionapi-tui {version} on {time}. This report contains no secrets.")
        return sentence.format(version=__version__, time=_moment(timestamp(self.made_at)))


def _moment(at: str) -> str:
    """Return a time, given in ISO 8601 in UTC, as people read it."""
    return safe(f"{at[:16].replace('T', ' ')} UTC", 40) if at else ""
