"""``ionapi-tui doctor``: examine this machine and write a report that can be pasted into a ticket."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.signs import Sign
from ionapi_tui.cli.output import as_json, data, fitted, words
from ionapi_tui.cli.root import build_services, store_timeout_option
from ionapi_tui.usecases.examination import examine
from ionapi_tui.usecases.examination.probe import Probe, Status, Surroundings, worst

_SIGNS = {Status.OK: Sign.GOOD, Status.WARNING: Sign.WARNING, Status.ERROR: Sign.ERROR, Status.SKIPPED: Sign.SKIPPED}
_INDENT: Final = "    "


@click.command(
    "doctor",
    help=_(
        "Check each part separately: files, lock, list of profiles, password store (by writing and reading back a "
        "temporary item), terminal, proxy, TLS trust, clock. The report names no person, host, tenant or profile. "
        "Nothing is sent."
    ),
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: ok, probes."))
@store_timeout_option
def command(json_wanted: bool, store_timeout: float) -> int:
    """Carry out ``doctor``."""
    services = build_services(store_timeout)
    looked_at = Surroundings(services.paths, services.stores, os.environ, sys.stdout, services.now)
    found = examine(looked_at, (lambda _probe: None) if json_wanted else _write)
    status = worst(found)
    if json_wanted:
        as_json({"ok": status is not Status.ERROR, "probes": [probe.as_json() for probe in found]})
    elif status is Status.OK:
        words(_("All is well."))
    return 1 if status is Status.ERROR else 0


def _write(probe: Probe) -> None:
    data(fitted(f"{_SIGNS[probe.status]} {probe.title}: {probe.detail}", rest="  "))
    if probe.fix:
        data(fitted(probe.fix, _INDENT, _INDENT))
