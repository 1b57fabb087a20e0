"""``ionapi-tui verify``: verify stored profiles against Infor."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.cli.findings import marked, write_findings
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import (
    build_services,
    exit_code_of,
    name_argument,
    recover,
    store_timeout_option,
    trust_host_option,
)
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult, Status
from ionapi_tui.gateway.verify import CHECKS, NOT_PROVEN
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import DEADLINE, Listener, Verified, confirm_hosts, summary_of, verify_all

_SEVERITIES: Final = {
    Status.PASSED: None,
    Status.WARNED: Severity.WARNING,
    Status.FAILED: Severity.ERROR,
    Status.SKIPPED: Severity.INFO,
}
_SHOWN_BY_ITS_FINDING: Final = (Status.WARNED, Status.FAILED)


@click.command(
    "verify",
    help=_(
        "Prove live that the profiles NAME work: the way to Infor, the token, the user's roles, IDM and ION. One token "
        "is requested for each. Nothing is written in Infor."
    ),
)
@name_argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--all", "every", is_flag=True, help=_("Verify every profile, some at a time."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of name, ok, checks, findings."))
@trust_host_option
@click.option(
    "--deadline",
    type=click.FloatRange(min=1),
    default=DEADLINE,
    show_default="30",
    metavar="SECONDS",
    help=_("How long the checks of one profile may take."),
)
@store_timeout_option
def command(
    names: tuple[str, ...],
    every: bool,
    json_wanted: bool,
    hosts: tuple[str, ...],
    deadline: float,
    store_timeout: float,
) -> int:
    """Carry out ``verify``."""
    services = build_services(store_timeout)
    recover(services)
    profiles = _wanted(services, names, every)
    if not profiles:
        words(_("There are no profiles yet."))
    verified = verify_profiles(services, profiles, hosts, deadline, quiet=json_wanted)
    if json_wanted:
        as_json([one.as_json() for one in verified])
        for one in verified:
            if one.error is not None:
                words(_("Error: {what}").format(what=one.error))
    return exit_code_of(one.exit_code for one in verified)


def verify_profiles(
    services: Services, profiles: Sequence[Profile], hosts: Sequence[str], deadline: float = DEADLINE, *, quiet: bool
) -> list[Verified]:
    """Verify ``profiles`` and write what is found, unless ``quiet``.

    Args:
        services: what the command works with.
        profiles: which ones.
        hosts: hosts that the user has confirmed for them.
        deadline: seconds for each of them.
        quiet: write nothing to stdout.

    Raises:
        UsageError: a host is in no file of ``profiles``.
    """
    connections = services.connections
    if hosts:
        profiles = confirm_hosts(connections, profiles, hosts)
    if len(profiles) == 1 and not quiet:
        check_by_check = Listener(lambda _profile, check: _write_check(check))
        (only,) = asyncio.run(verify_all(connections, profiles, check_by_check, deadline))
        _write_whole(only)
        return [only]
    if _is_terminal():
        verified = _with_bar(connections, profiles, deadline)
        for one in () if quiet else verified:
            _write_line(one)
    else:
        listener = Listener() if quiet else Listener(of_profile=_write_line)
        verified = asyncio.run(verify_all(connections, profiles, listener, deadline))
    if verified and not quiet:
        _sum_up(verified)
    return verified


def _wanted(services: Services, names: tuple[str, ...], every: bool) -> list[Profile]:
    if every and names:
        raise UsageError(_("Name profiles, or say --all, but not both."))
    if every:
        return sorted(services.profiles.profiles(), key=lambda profile: profile.name)
    if not names:
        raise UsageError(_("Which profile? Name one, or say --all; “ionapi-tui list” shows them."))
    return [services.profiles.profile(name) for name in dict.fromkeys(names)]


def _with_bar(connections: Connections, profiles: Sequence[Profile], deadline: float) -> list[Verified]:
    with click.progressbar(length=len(profiles) * len(CHECKS), label=_("Verifying"), file=sys.stderr) as bar:

        def advance(_profile: Profile, result: CheckResult) -> None:
            bar.update(1 if result.status.is_final else 0)

        return asyncio.run(verify_all(connections, profiles, Listener(advance), deadline))


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


def _write_check(result: CheckResult) -> None:
    """Write a line about a check that has ended."""
    if not result.status.is_final:
        return
    line = marked(_SEVERITIES[result.status], result.title, sys.stdout)
    if result.status is Status.SKIPPED:
        line += f" ({result.status.word}: {result.detail})"
    elif result.detail and result.status not in _SHOWN_BY_ITS_FINDING:
        line += f": {result.detail}"
    data(line)


def _write_whole(verified: Verified) -> None:
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
    _write_error(verified)


def _write_line(verified: Verified) -> None:
    """Write one line about one profile of several, and what to do about it."""
    name = verified.profile.name
    verification = verified.verification
    if verification is None:
        data(f"{marked(Severity.ERROR, name, sys.stdout)}: {verified.error}")
        return
    serious = [finding for finding in verification.findings if finding.severity is not Severity.INFO]
    data(f"{marked(serious[0].severity if serious else None, name, sys.stdout)}: {_in_a_word(verified)}")
    write_findings(serious, sys.stdout)


def _sum_up(verified: Sequence[Verified]) -> None:
    """Say how many of several profiles work."""
    summary = summary_of(verified)
    words("")
    words(_("{working} of {all} profiles work.").format(working=summary.working, all=summary.total))


def _in_a_word(verified: Verified) -> str:
    return _("works") if verified.ok else _("does not work")


def _conclude(verified: Verified) -> None:
    words("")
    if verified.ok:
        words(_("{name} works.").format(name=verified.profile.name) + " " + _(NOT_PROVEN))
    else:
        words(_("{name} does not work like this.").format(name=verified.profile.name))


def _write_error(verified: Verified) -> None:
    if verified.error is not None:
        words(_("Error: {what}").format(what=verified.error))
