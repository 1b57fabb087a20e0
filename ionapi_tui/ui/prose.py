"""From the guide's values, and from findings, to what a Textual widget draws. Nothing here is ever markup."""

from __future__ import annotations

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.domain.findings import Finding, Severity
from ionapi_tui.domain.guide import Note, Paragraph, Role, Style
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.theme import environment_style

_STYLES = {Style.PLAIN: "", Style.STRONG: "bold", Style.EMPHASIS: "italic", Style.CODE: "$primary"}
_SEVERITY = {
    Severity.ERROR: ("✕", "$text-error"),
    Severity.WARNING: ("!", "$text-warning"),
    Severity.INFO: ("i", "$text-primary"),
}


def chip(number: int) -> Content:
    """Return the number of a target, the same in the text and in the picture."""
    return Content.styled(f" {number} ", "bold $on-accent on $accent")


def badge(profile: Profile) -> Content:
    """Return a profile's environment as text on its colour; empty for a tenant whose name does not say."""
    if profile.is_practice:
        return Content.styled(" " + _("PRACTICE") + " ", "bold $on-accent on $accent")
    environment = profile.environment
    return Content.styled(f" {environment} ", environment_style(environment)) if environment else Content("")


def paragraph(value: Paragraph) -> Content:
    """Return one paragraph, without its number."""
    return Content.assemble(*((span.text, _STYLES[span.style]) for span in value.spans))


def note(value: Note) -> Content:
    """Return a note below its heading."""
    paragraphs = Content("\n").join(map(paragraph, value.paragraphs))
    return Content.assemble((value.kind.heading, "bold $dim"), "\n", paragraphs)


def role_line(role: Role) -> Content:
    """Return a bullet of the guide: its names, and what it is for."""
    other = "" if role.canonical in ("", role.name) else f" {role.canonical}"
    return Content.assemble((role.name, "bold"), (other, "$primary"), ": ", role.purpose)


def finding(value: Finding) -> Content:
    """Return a finding: what is wrong, and the fix below it."""
    sign, style = _SEVERITY[value.severity]
    return Content.assemble(
        (f"{sign} {value.severity.word}  ", f"bold {style}"), value.message, "\n", (value.fix, "$dim")
    )
