"""``ionapi-tui report``: one printable page a profile, without secrets."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import build_services, exit_code_of, name_argument, recover, store_timeout_option
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases import reporting
from ionapi_tui.usecases.report import Report, ReportFormat
from ionapi_tui.usecases.services import Services


@click.command(
    "report",
    help=_(
        "Verify the profiles NAME and write a printable page about each: the checks and their outcomes, client ID, "
        "acting user, and roles. It contains no secrets. Existing files are not overwritten."
    ),
)
@name_argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--all", "every", is_flag=True, help=_("Write a report of every profile."))
@click.option(
    "--format",
    "form",
    type=click.Choice([str(form) for form in ReportFormat]),
    default=str(ReportFormat.HTML),
    show_default=True,
    help=_("HTML to print or to read in a browser, or Markdown."),
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("FOLDER"),
    help=_("The folder for the reports; created if it is missing."),
)
@click.option("--offline", is_flag=True, help=_("Report the last saved outcome; nothing is sent."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of name, file, verdict."))
@store_timeout_option
def command(
    names: tuple[str, ...],
    every: bool,
    form: str,
    output: Path,
    offline: bool,
    json_wanted: bool,
    store_timeout: float,
) -> int:
    """Carry out ``report``."""
    services = build_services(store_timeout)
    reports = _reports(services, _wanted(services, names, every), live=not offline)
    paths = [reporting.write(report, output, ReportFormat(form)) for report in reports]
    if json_wanted:
        as_json(
            [
                {"name": report.profile.name, "file": str(path), "verdict": report.verdict}
                for report, path in zip(reports, paths, strict=True)
            ]
        )
    else:
        for path in paths:
            data(safe(path, 400))
    errors = [report.error for report in reports if report.error is not None]
    for error in errors:
        words(_("Error: {what}").format(what=error))
    if not reports:
        words(_("There are no profiles yet."))
    return exit_code_of(error.exit_code for error in errors)


def _reports(services: Services, profiles: Sequence[Profile], *, live: bool) -> list[Report]:
    if not live:
        return [Report(profile, services.now()) for profile in profiles]
    recover(services)
    return asyncio.run(reporting.gather(services.connections, profiles, services.now()))


def _wanted(services: Services, names: tuple[str, ...], every: bool) -> list[Profile]:
    if every == bool(names):
        raise UsageError(_("Name the profiles to report, or use --all."))
    if every:
        return sorted(services.profiles.profiles(), key=lambda profile: profile.name)
    return [services.profiles.profile(name) for name in dict.fromkeys(names)]
