"""``ionapi-tui verify``: prove live that stored profiles work."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence

import click

from ionapi_tui.base.errors import StoreError, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, words
from ionapi_tui.cli.root import build_services, name_argument, recover, store_timeout_option, trust_host_option
from ionapi_tui.cli.verify_report import sum_up, write_check, write_line, write_whole
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.verify import CHECKS
from ionapi_tui.usecases.connections import Connections, hosts_of
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import Listener, Verified, verify_all

DEADLINE = 30.0
"""Seconds for the checks of one profile."""


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
    codes = {one.exit_code for one in verified}
    return StoreError.exit_code if StoreError.exit_code in codes else max(codes, default=0)


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
        profiles = _trusting(connections, profiles, hosts)
    if len(profiles) == 1 and not quiet:
        (only,) = asyncio.run(verify_all(connections, profiles, _CHECK_BY_CHECK, deadline))
        write_whole(only)
        return [only]
    if _is_terminal():
        verified = _with_bar(connections, profiles, deadline)
        for one in () if quiet else verified:
            write_line(one)
    else:
        listener = Listener(lambda _profile, _check: None, (lambda _one: None) if quiet else write_line)
        verified = asyncio.run(verify_all(connections, profiles, listener, deadline))
    if verified and not quiet:
        sum_up(verified)
    return verified


def _wanted(services: Services, names: tuple[str, ...], every: bool) -> list[Profile]:
    if every and names:
        raise UsageError(_("Name profiles, or say --all, but not both."))
    if every:
        return sorted(services.profiles.profiles(), key=lambda profile: profile.name)
    if not names:
        raise UsageError(_("Which profile? Name one, or say --all; “ionapi-tui list” shows them."))
    return [services.profiles.profile(name) for name in dict.fromkeys(names)]


def _trusting(connections: Connections, profiles: Sequence[Profile], hosts: Sequence[str]) -> list[Profile]:
    named = frozenset[str]().union(*map(hosts_of, profiles))
    for host in hosts:
        if host.lower() not in named:
            sentence = _("No address of these profiles leads to the host {host}. They lead to: {hosts}.")
            raise UsageError(sentence.format(host=safe(host, 80), hosts=safe(", ".join(sorted(named)))))
    names = [profile.name for profile in profiles]
    connections.trust(names, hosts)
    return [connections.profiles.profile(name) for name in names]


def _with_bar(connections: Connections, profiles: Sequence[Profile], deadline: float) -> list[Verified]:
    with click.progressbar(length=len(profiles) * len(CHECKS), label=_("Verifying"), file=sys.stderr) as bar:

        def advance(_profile: Profile, result: CheckResult) -> None:
            bar.update(1 if result.status.is_final else 0)

        return asyncio.run(verify_all(connections, profiles, Listener(advance, lambda _one: None), deadline))


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


_CHECK_BY_CHECK = Listener(lambda _profile, check: write_check(check), lambda _one: None)
"""Writes each check as it ends; made for a single profile."""
