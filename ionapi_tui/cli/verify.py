"""``ionapi-tui verify``: verify stored profiles against Infor, or a file without storing it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from ionapi_tui.base.errors import UnusableFile, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.signs import Sign
from ionapi_tui.cli.check import write_inspection
from ionapi_tui.cli.findings import write_findings, write_item
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import (
    Renamed,
    Seconds,
    build_services,
    exit_code_of,
    name_argument,
    recover,
    store_timeout_option,
    trust_host_option,
)
from ionapi_tui.cli.sources import ending_in_order, inspected, name_of, source_completion
from ionapi_tui.cli.watching import report_changes, write_metrics
from ionapi_tui.domain.export_target import ExportTarget, export_target_of
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult, Status
from ionapi_tui.gateway.verify import checks_for
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import (
    DEADLINE,
    Listener,
    Verified,
    choose_target,
    confirm_hosts,
    document_of,
    of_file,
    refreshed_in,
    summary_of,
    verify_all,
    verify_file,
    with_hosts,
)

_PROMETHEUS: Final = "prometheus"
_ANY: Final = "any"
"""The value of ``--for`` that names no target."""
_SHOWN_BY_ITS_FINDING: Final = (Status.WARNED, Status.FAILED)


@click.command(
    "verify",
    help=_(
        "Test the profiles NAME against Infor: the connection, the token, the user's roles, IDM and ION. One "
        "token is requested for each. Nothing is written in Infor. With --file a file is tested instead, and "
        "nothing is stored: “ionapi-tui verify --file DocBits.ionapi --for m3”. For a scheduler: “ionapi-tui "
        "verify --all --changes”."
    ),
)
@name_argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--all", "every", is_flag=True, help=_("Verify every profile, several at a time."))
@click.option(
    "--file",
    metavar=_("FILE"),
    shell_complete=source_completion,
    help=_(
        "Verify a file instead (- for standard input, env:NAME for an environment variable with the file or Base64 of "
        "it). Nothing is stored, and the token is revoked."
    ),
)
@click.option(
    "--for",
    "target",
    type=click.Choice([*(target.value for target in ExportTarget), _ANY]),
    help=_("What DocBits exports to; this determines which checks count. Saved with the profiles; any clears it."),
)
@click.option(
    "--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of name, ok, checks, findings, export_target.")
)
@click.option(
    "--changes",
    is_flag=True,
    help=_(
        "Report only what started or stopped failing since the last run with --changes; the exit code is 1 if "
        "anything did. The first run is the baseline."
    ),
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice([_PROMETHEUS]),
    help=_("Write metrics in the text format of Prometheus, for node_exporter's textfile collector."),
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Replace FILE with the metrics, in one step. Others may read it: it contains no secrets."),
)
@trust_host_option
@click.option(
    "--timeout",
    "--deadline",
    "deadline",
    cls=Renamed,
    type=Seconds(),
    default=f"{DEADLINE:g}",
    show_default=True,
    metavar=_("SECONDS"),
    help=_("How long the checks of one profile may take."),
)
@store_timeout_option
def command(
    names: tuple[str, ...],
    every: bool,
    file: str | None,
    target: str | None,
    json_wanted: bool,
    changes: bool,
    output_format: str | None,
    output: Path | None,
    hosts: tuple[str, ...],
    deadline: float,
    store_timeout: float,
) -> int:
    """Carry out ``verify``."""
    if output is not None and output_format is None:
        raise UsageError(_("--output is for metrics. Add --format prometheus."))
    if json_wanted and output_format is not None and output is None:
        raise UsageError(_("Choose --json or --format prometheus, or write the metrics to a file with --output."))
    services = build_services(store_timeout)
    if file is not None:
        if names or every:
            raise UsageError(_("Name profiles, or a file with --file, but not both."))
        if changes or output_format is not None:
            raise UsageError(_("--changes and --format are for stored profiles, not for a file."))
        return _verify_file(services, file, hosts, deadline, export_target_of(target), json_wanted)
    if every and target is not None:
        raise UsageError(_("--for is saved with each profile. Name the profiles instead of using --all."))
    recover(services)
    profiles = _wanted(services, names, every)
    if target is not None:
        profiles = choose_target(services.connections, profiles, export_target_of(target))
    if not profiles:
        words(_("There are no profiles yet."))
    if hosts:
        profiles = confirm_hosts(services.connections, profiles, hosts)
    is_quiet = json_wanted or (output_format is not None and output is None)
    if changes:
        found = report_changes(services, profiles, deadline, json_wanted=json_wanted, quiet=is_quiet)
        verified, code = found.verified, found.exit_code
    else:
        verified = tuple(verify_profiles(services, profiles, (), deadline, quiet=is_quiet))
        code = exit_code_of(one.exit_code for one in verified)
        if json_wanted:
            as_json([one.as_json() for one in verified])
    if is_quiet and not changes:
        for one in verified:
            if one.error is not None:
                words(_("Error: {what}").format(what=one.error))
    if output_format is not None:
        write_metrics(verified, services.now(), output)
    return code


def verify_profiles(
    services: Services,
    profiles: Sequence[Profile],
    hosts: Sequence[str],
    deadline: float = DEADLINE,
    told: Sequence[Finding] = (),
    *,
    quiet: bool,
) -> list[Verified]:
    """Verify ``profiles`` and write what is found, unless ``quiet``.

    Args:
        services: what the command works with.
        profiles: which ones.
        hosts: hosts that the user has confirmed for them.
        deadline: seconds for each of them.
        told: findings that were written already.
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
        _write_whole(only, told)
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
        raise UsageError(_("Name profiles, or use --all, but not both."))
    if every:
        return sorted(services.profiles.profiles(), key=lambda profile: profile.name)
    if not names:
        raise UsageError(_("Which profile? Name one, or use --all; “ionapi-tui list” shows them."))
    return [services.profiles.profile(name) for name in dict.fromkeys(names)]


def _verify_file(
    services: Services, file: str, hosts: Sequence[str], deadline: float, target: ExportTarget | None, json_wanted: bool
) -> int:
    """Verify a file, write what is found, and return the exit code. Nothing is read or written but the file."""
    inspection = inspected(file, services)
    profile = of_file(inspection, name_of(file), target)
    if inspection.credentials is None:
        if json_wanted:
            as_json([document_of(profile, None, inspection.findings)])
        else:
            write_inspection(inspection)
        return UnusableFile.exit_code
    profile = with_hosts(profile, hosts)

    def show(result: CheckResult) -> None:
        if not json_wanted:
            _write_check(result)

    with ending_in_order():
        verification = asyncio.run(verify_file(inspection, profile, services.network, show, deadline))
    verified = Verified(profile, verification)
    if json_wanted:
        as_json([verified.as_json()])
    else:
        _write_whole(verified)
        words(_("Nothing was stored."))
    return verified.exit_code


def _with_bar(connections: Connections, profiles: Sequence[Profile], deadline: float) -> list[Verified]:
    steps = sum(len(checks_for(profile.export_target)) for profile in profiles)
    with click.progressbar(length=steps, label=_("Verifying"), file=sys.stderr) as bar:

        def advance(_profile: Profile, result: CheckResult) -> None:
            bar.update(1 if result.status.is_final else 0)

        return asyncio.run(verify_all(connections, profiles, Listener(advance), deadline))


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


def _write_check(result: CheckResult) -> None:
    """Write a line about a check that has ended."""
    if not result.status.is_final:
        return
    said = ""
    if result.status is Status.SKIPPED:
        said = f" ({result.word}: {result.detail})"
    elif result.detail and result.status not in _SHOWN_BY_ITS_FINDING:
        said = f": {result.detail}"
    write_item(result.status.sign, result.title, said)


def _write_whole(verified: Verified, told: Sequence[Finding] = ()) -> None:
    """Write everything about the one profile of a command, after the lines about its checks, but what was ``told``."""
    verification = verified.verification
    if verification is not None:
        data("")
        groups = verification.facts.groups()
        widest = max(len(label) for group in groups for label, _text in group.facts)
        for origin, facts in groups:
            data(origin)
            for label, text in facts:
                data(f"  {label:<{widest}}  {text}")
        findings = [one for one in verification.findings if one not in told]
        if findings:
            data("")
            write_findings(findings, sys.stdout)
            for host in {one.values["host"] for one in verification.findings if one.code is Code.UNKNOWN_HOST}:
                words(_("To confirm the host, add --trust-host {host}.").format(host=host))
        _conclude(verified)
    _write_error(verified)


def _write_line(verified: Verified) -> None:
    """Write one line about one profile of several, and what to do about it."""
    name = verified.profile.name
    verification = verified.verification
    if verification is None:
        write_item(Sign.ERROR, name, f": {verified.error}")
        return
    serious = [finding for finding in verification.findings if finding.severity is not Severity.INFO]
    sign = serious[0].severity.sign if serious else Sign.GOOD
    write_item(sign, name, f": {_in_a_word(verified)}")
    write_findings(serious, sys.stdout)


def _sum_up(verified: Sequence[Verified]) -> None:
    """Say how many of several profiles work."""
    summary = summary_of(verified)
    words("")
    words(_("{working} of {all} profiles work.").format(working=summary.working, all=summary.total))
    write_findings(refreshed_in(verified), sys.stdout)


def _in_a_word(verified: Verified) -> str:
    return _("works") if verified.ok else _("does not work")


def _conclude(verified: Verified) -> None:
    words("")
    name = verified.profile.name or _("The file")
    if verified.verification is not None and verified.ok:
        words(_("{name} works.").format(name=name) + " " + verified.verification.not_proven)
    else:
        words(_("{name} does not work.").format(name=name))


def _write_error(verified: Verified) -> None:
    if verified.error is not None:
        words(_("Error: {what}").format(what=verified.error))
