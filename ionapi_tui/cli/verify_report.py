"""What became of verified profiles, for people."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from ionapi_tui.base.language import _
from ionapi_tui.cli.findings import marked, write_findings
from ionapi_tui.cli.output import data, words
from ionapi_tui.domain.findings import Severity
from ionapi_tui.gateway.checks.check import CheckResult, Status
from ionapi_tui.gateway.verify import NOT_PROVEN
from ionapi_tui.usecases.verifying import Verified

_SEVERITIES: Final = {
    Status.PASSED: None,
    Status.WARNED: Severity.WARNING,
    Status.FAILED: Severity.ERROR,
    Status.SKIPPED: Severity.INFO,
}
_SHOWN_BY_ITS_FINDING: Final = (Status.WARNED, Status.FAILED)


def write_check(result: CheckResult) -> None:
    """Write a line about a check that has ended."""
    if not result.status.is_final:
        return
    line = marked(_SEVERITIES[result.status], result.title, sys.stdout)
    if result.status is Status.SKIPPED:
        line += f" ({result.status.word}: {result.detail})"
    elif result.detail and result.status not in _SHOWN_BY_ITS_FINDING:
        line += f": {result.detail}"
    data(line)


def write_whole(verified: Verified) -> None:
    """Write everything about the one profile of a command, after the lines about its checks."""
    verification = verified.verification
    if verification is not None:
        data("")
        facts = list(verification.facts.lines())
        widest = max(len(label) for label, _text in facts)
        for label, text in facts:
            data(f"{label:<{widest}}  {text}")
        if verification.findings:
            data("")
            write_findings(verification.findings, sys.stdout)
        _conclude(verified)
    _tell_error(verified)


def write_line(verified: Verified) -> None:
    """Write one line about one profile of several, and what to do about it."""
    name = verified.profile.name
    verification = verified.verification
    if verification is None:
        data(f"{marked(Severity.ERROR, name, sys.stdout)}: {verified.error}")
        return
    serious = [finding for finding in verification.findings if finding.severity is not Severity.INFO]
    data(f"{marked(serious[0].severity if serious else None, name, sys.stdout)}: {_in_a_word(verified)}")
    write_findings(serious, sys.stdout)


def sum_up(verified: Sequence[Verified]) -> None:
    """Say how many of several profiles work."""
    working = sum(1 for one in verified if one.exit_code == 0)
    words("")
    words(_("{working} of {all} profiles work.").format(working=working, all=len(verified)))


def _in_a_word(verified: Verified) -> str:
    return _("works") if verified.verification is not None and verified.verification.ok else _("does not work")


def _conclude(verified: Verified) -> None:
    words("")
    if verified.verification is not None and verified.verification.ok:
        words(_("{name} works.").format(name=verified.profile.name) + " " + _(NOT_PROVEN))
    else:
        words(_("{name} does not work like this.").format(name=verified.profile.name))


def _tell_error(verified: Verified) -> None:
    if verified.error is not None:
        words(_("Error: {what}").format(what=verified.error))
