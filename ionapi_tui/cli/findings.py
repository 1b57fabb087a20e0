"""Findings on paper: what is wrong, how to mend it, and where in the guide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

import click

from ionapi_tui.base.language import N_, _
from ionapi_tui.cli.output import can_write, fill, has_colour, write
from ionapi_tui.domain.findings import Finding, Severity, Step

_SYMBOLS: Final = {
    None: ("✓", "+"),
    Severity.INFO: ("●", "-"),
    Severity.WARNING: ("▲", "!"),
    Severity.ERROR: ("✕", "x"),
}
_COLOURS: Final = {None: "green", Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_STEPS: Final = {
    Step.PREREQUISITES: N_("prerequisites (two users and their security roles)"),
    Step.AUTHORIZED_APPS: N_("step 1, Authorized Apps"),
    Step.NEW_APP: N_("step 2, the new app"),
    Step.DOWNLOAD: N_("step 3, Download Credentials"),
    Step.SERVICE_ACCOUNT: N_("step 4, Create Service Account"),
    Step.SAVE_FILE: N_("step 5, DOWNLOAD"),
}
_INDENT: Final = "    "


def write_findings(findings: Iterable[Finding], stream: TextIO) -> None:
    """Write each of ``findings`` to ``stream`` as a paragraph."""
    for finding in findings:
        lines = [_headline(finding, stream), fill(finding.fix, stream, _INDENT, _INDENT)]
        if finding.step is not None:
            guide = _("Guide: {step}").format(step=_(_STEPS[finding.step]))
            lines.append(fill(guide, stream, _INDENT, _INDENT))
        write("\n".join(lines), stream)


def marked(severity: Severity | None, text: str, stream: TextIO) -> str:
    """Return ``text`` behind the symbol of ``severity``, coloured where ``stream`` shows colours.

    Args:
        severity: how bad it is; None for good.
        text: what is marked.
        stream: where it will be written.
    """
    symbol, plain = _SYMBOLS[severity]
    shown = f"{symbol if can_write(symbol, stream) else plain} {text}"
    return click.style(shown, fg=_COLOURS[severity], bold=True) if has_colour(stream) else shown


def _headline(finding: Finding, stream: TextIO) -> str:
    word = f"{finding.severity.word}:"
    # Wrapped with the mark in place, then the mark exchanged for the coloured one, which has no width of its own.
    plain = fill(f"* {word} {finding.message}", stream, rest="  ")
    return marked(finding.severity, word, stream) + plain.removeprefix(f"* {word}")
