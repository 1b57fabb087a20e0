"""Findings as text: what is wrong, what to do, and the step of the guide."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final, TextIO

import click

from ionapi_tui.base import language
from ionapi_tui.base.language import _
from ionapi_tui.base.signs import Sign
from ionapi_tui.cli.output import data, fill, fitted, has_colour, write
from ionapi_tui.domain.findings import Finding

_COLOURS: Final = {
    Sign.GOOD: "green",
    Sign.NOTE: "blue",
    Sign.WARNING: "yellow",
    Sign.ERROR: "red",
    Sign.SKIPPED: None,
}
_INDENT: Final = "    "


def write_findings(findings: Iterable[Finding], stream: TextIO) -> None:
    """Write each of ``findings`` to ``stream`` as a paragraph."""
    for finding in findings:
        lines = [_headline(finding, stream), fill(finding.fix, stream, _INDENT, _INDENT)]
        step = _name_of(finding.step) if finding.step is not None else ""
        if step:
            lines.append(fill(_("Guide: {step}").format(step=step), stream, _INDENT, _INDENT))
        write("\n".join(lines), stream)


def write_item(sign: Sign, name: str, said: str) -> None:
    """Write a line about one of several things to stdout; a terminal gets it wrapped at words.

    Args:
        sign: what its outcome is.
        name: what it is called; this stays on one line.
        said: what stands right behind the name.
    """
    # Wrapped behind marks of the same width, which are then exchanged for the name: its colours have no width.
    marks = "*" * len(f"{sign} {name}")
    data(marked(sign, name, sys.stdout) + fitted(marks + said, rest="  ").removeprefix(marks))


def marked(sign: Sign, text: str, stream: TextIO) -> str:
    """Return ``text`` behind ``sign``, coloured where ``stream`` shows colours.

    Args:
        sign: what its outcome is.
        text: what is marked.
        stream: where it will be written, which replaces signs that it does not have.
    """
    shown = f"{sign} {text}"
    return click.style(shown, fg=_COLOURS[sign], bold=True) if has_colour(stream) else shown


def _name_of(step: str) -> str:
    from ionapi_tui.base.paths import assets
    from ionapi_tui.domain.guide import flow, peek

    return flow.name_of(peek(assets(), language.current()), step)


def _headline(finding: Finding, stream: TextIO) -> str:
    word = f"{finding.severity.word}:"
    # Wrapped with the mark in place, then the mark exchanged for the coloured one, which has no width of its own.
    plain = fill(f"* {word} {finding.message}", stream, rest="  ")
    return marked(finding.severity.sign, word, stream) + plain.removeprefix(f"* {word}")
