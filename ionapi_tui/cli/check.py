"""``ionapi-tui check``: inspect a file and store nothing."""

from __future__ import annotations

import os
import sys

import click

from ionapi_tui.base.errors import UnusableFile
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import write_findings
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import build_services
from ionapi_tui.cli.sources import STANDARD_INPUT, inspected, source_completion
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.inspection import Inspection


@click.command(
    "check",
    help=_(
        "Inspect FILE (- for standard input, env:NAME for an environment variable) and say what is wrong with it. "
        "Nothing is stored or sent."
    ),
)
@click.argument("file", metavar=_("FILE"), shell_complete=source_completion)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: ok, file, findings."))
def command(file: str, json_wanted: bool) -> int:
    """Carry out ``check``."""
    if not json_wanted and file != STANDARD_INPUT and os.path.isdir(file):  # noqa: PTH112 - Path raises on long names
        sentence = _(
            "{folder} is a folder. “ionapi-tui import FOLDER” imports every .ionapi file in a folder, and “ionapi-tui "
            "scan FOLDER” finds the files in it."
        )
        raise UnusableFile(sentence.format(folder=safe(file)))
    inspection = inspected(file, build_services())
    if json_wanted:
        findings = [finding.as_json() for finding in inspection.findings]
        as_json({"ok": inspection.ok, "file": file, "findings": findings})
    else:
        write_inspection(inspection)
    return 0 if inspection.ok else UnusableFile.exit_code


def write_inspection(inspection: Inspection) -> None:
    """Write the fields of a file and what is wrong with it."""
    widest = max((len(field.label) for field in inspection.fields), default=0)
    for field in inspection.fields:
        data(f"{field.label:<{widest}}  {field.value}")
    if inspection.fields and inspection.findings:
        data("")
    write_findings(inspection.findings, sys.stdout)
    if inspection.ok:
        words(_("The file can be used."))
    elif all(finding.code is not Code.NOT_FOUND for finding in inspection.findings):
        words(_("This file cannot be used."))
