"""What ``verify`` writes for whoever watches: only what changed, and metrics."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.signs import Sign
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import marked, write_findings
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases.changes import Change, Changes, Turned, verify_for_changes
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import Verified

_SHARED_MODE = 0o644
"""Permissions of a file with metrics: node_exporter runs as another user."""


def report_changes(
    services: Services, profiles: Sequence[Profile], deadline: float, *, json_wanted: bool, quiet: bool
) -> Changes:
    """Verify ``profiles`` and write what turned red or green since the last time.

    Args:
        services: what the command works with.
        profiles: which ones.
        deadline: seconds for each of them.
        json_wanted: write JSON.
        quiet: leave stdout to something else.
    """

    def report(changes: Changes) -> None:
        if json_wanted:
            as_json(changes.as_json())
        elif not quiet:
            for change in changes.changed:
                _write(change)
            write_findings(changes.findings, sys.stdout)
        if changes.baseline:
            words(_baseline(changes))
        elif not changes.changed and sys.stderr.isatty():
            # A scheduler sends everything that is written.
            words(_("Nothing has changed."))

    return asyncio.run(verify_for_changes(services.connections, profiles, report, deadline=deadline))


def _write(change: Change) -> None:
    verified, is_red = change.verified, change.turned is Turned.RED
    # A refresh of the tenant is said once, below the profiles.
    findings = (one for one in verified.findings if one.code is not Code.TENANT_REFRESHED)
    serious = [one for one in findings if one.severity is not Severity.INFO]
    sign = Sign.ERROR if is_red else serious[0].severity.sign if serious else Sign.GOOD
    sentence = _("{name}: worked the last time, does not work now") if is_red else _("{name}: works again")
    data(marked(sign, sentence.format(name=verified.profile.name), sys.stdout))
    if verified.verification is None:
        data(f"    {verified.error}")
    write_findings(serious if verified.verification is not None else (), sys.stdout)


def _baseline(changes: Changes) -> str:
    failing = [one.profile.name for one in changes.baseline if not one.ok]
    if changes.is_first:
        said = n_(
            "This is the baseline: {n} profile was verified. From the next run on, only changes are reported.",
            "This is the baseline: {n} profiles were verified. From the next run on, only changes are reported.",
            len(changes.baseline),
        )
    else:
        names = ", ".join(one.profile.name for one in changes.baseline)
        said = _("Verified for the first time, so there is nothing to compare: {names}.").format(names=names)
    return f"{said} {_('Not working: {names}.').format(names=', '.join(failing))}" if failing else said


def write_metrics(verified: Iterable[Verified], now: datetime, output: Path | None) -> None:
    """Write metrics to stdout, or replace a file by them.

    Args:
        verified: what was verified.
        now: when.
        output: the file; None for stdout.

    Raises:
        IonApiError: it cannot be written, and is unchanged.
    """
    from ionapi_tui.files import atomic
    from ionapi_tui.usecases.metrics import prometheus

    text = prometheus(tuple(verified), now)
    if output is None:
        data(text.removesuffix("\n"))
        return
    try:
        if not output.parent.is_dir():
            # Whoever reads it has chosen the folder; one that is made here would be private.
            raise FileNotFoundError(2, _("the folder does not exist"))
        atomic.write(output, text.encode(), _SHARED_MODE)
    except OSError as error:
        sentence = _("The metrics {path} cannot be written: {why}.")
        raise IonApiError(sentence.format(path=safe(output), why=safe(error.strerror or error))) from error
