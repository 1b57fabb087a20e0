"""A report as a page: one HTML file that needs nothing else, or Markdown.

Every value is escaped here, at the place where it becomes part of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Final

from ionapi_tui.base import language
from ionapi_tui.base.language import _
from ionapi_tui.base.signs import Sign
from ionapi_tui.base.text import safe
from ionapi_tui.usecases.report import Report

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is loaded, and no script runs, even if a value were to get through as a tag."""

_SIGNS: Final = {
    "works": Sign.GOOD,
    "warnings": Sign.WARNING,
    "failed": Sign.ERROR,
    "unknown": "?",
    "passed": Sign.GOOD,
    "warned": Sign.WARNING,
    "skipped": Sign.SKIPPED,
    "error": Sign.ERROR,
    "warning": Sign.WARNING,
    "info": Sign.NOTE,
}


def html(report: Report) -> str:
    """Return ``report`` as one HTML file."""
    style = Path(__file__).with_name("reporting_page.css").read_text("utf-8")
    body = "\n".join(_html_parts(report))
    return (
        f'<!doctype html>\n<html lang="{escape(language.current())}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_title(report))}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def markdown(report: Report) -> str:
    """Return ``report`` as Markdown."""
    return "\n".join(_markdown_lines(report)).rstrip() + "\n"


def _title(report: Report) -> str:
    return _("Infor ION API: {name}").format(name=safe(report.profile.name, 80))


def _verified(report: Report) -> str:
    return _("Verified on {time}").format(time=report.verified_at) if report.verified_at else ""


def _html_parts(report: Report) -> Iterator[str]:
    yield f'<header><p class="kind">{escape(_("Verification report"))}</p>\n<h1>{escape(_title(report))}</h1></header>'
    details = "".join(f"<br>{escape(text)}" for text in (report.reason, _verified(report)) if text)
    yield (
        f'<p class="verdict {report.verdict}">{_sign(report.verdict)}<span><strong>{escape(report.verdict_words)}'
        f"</strong>{details}</span></p>"
    )
    yield f"<h2>{escape(_('Credentials'))}</h2>\n<dl>"
    yield from (f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in report.facts)
    yield "</dl>"
    if report.checks:
        yield _table_head("checks", _("Checks"), _("Check"), _("Result"), _("Details"))
        for one in report.checks:
            yield (
                f'<tr class="{escape(one.status)}"><th scope="row">{escape(one.title)}</th><td class="result">'
                f"{_sign(one.status)} {escape(one.word)}</td><td>{escape(one.detail)}</td></tr>"
            )
        yield "</tbody>\n</table>"
    if report.findings:
        yield f"<h2>{escape(_('Findings'))}</h2>\n<ul>"
        for found in report.findings:
            yield (
                f'<li class="{found.severity}">{_sign(found.severity)}<span><strong>{escape(found.severity.word)}:'
                f"</strong> {escape(found.message)}<br>{escape(found.fix)}</span></li>"
            )
        yield "</ul>"
    if report.earlier:
        yield _table_head("earlier", _("Earlier verifications"), _("Time"), _("Result"))
        yield from (
            f'<tr><th scope="row">{escape(time)}</th><td>{escape(outcome)}</td></tr>'
            for time, outcome in report.earlier
        )
        yield "</tbody>\n</table>"
    closing = "".join(f"<p>{escape(text)}</p>" for text in (report.not_proven, report.made) if text)
    yield f"<footer>{closing}</footer>"


def _table_head(kind: str, heading: str, *columns: str) -> str:
    cells = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f'<h2>{escape(heading)}</h2>\n<table class="{kind}">\n<thead><tr>{cells}</tr></thead>\n<tbody>'


def _sign(kind: str) -> str:
    # The word stands beside it; a screen reader would read the sign as well.
    return f'<span class="sign" aria-hidden="true">{_SIGNS[kind]}</span>'


def _markdown_lines(report: Report) -> Iterator[str]:
    yield from (f"# {_plain(_title(report))}", "", f"**{_plain(report.verdict_words)}**")
    yield from (f"\n{_plain(text)}" for text in (report.reason, _verified(report)) if text)
    yield from _markdown_table(_("Credentials"), (_("Field"), _("Value")), report.facts)
    if report.checks:
        columns = (_("Check"), _("Result"), _("Details"))
        yield from _markdown_table(_("Checks"), columns, [(one.title, one.word, one.detail) for one in report.checks])
    if report.findings:
        yield from ("", f"## {_plain(_('Findings'))}", "")
        for found in report.findings:
            yield f"- **{_plain(found.severity.word)}:** {_plain(found.message)}  \n  {_plain(found.fix)}"
    if report.earlier:
        yield from _markdown_table(_("Earlier verifications"), (_("Time"), _("Result")), report.earlier)
    yield from (f"\n{_plain(text)}" for text in (report.not_proven, report.made) if text)


def _markdown_table(heading: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from ("", f"## {_plain(heading)}", "")
    yield f"| {' | '.join(map(_plain, columns))} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"


def _plain(text: str) -> str:
    """Return ``text`` with everything escaped that Markdown would take for its own, bare addresses included."""
    escaped = re.sub(r"([\\`*_\[\]<>#|~!&])", r"\\\1", text)
    # A bare address would become a link; it is text here, whoever it leads to.
    return escaped.replace("://", ":\\//").replace("www.", "www\\.")
