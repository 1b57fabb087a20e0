"""A list of tenants as somebody pastes or types it: one a line, or a table with a line for each.

A line is the name of a tenant, the address of its portal, or several columns, separated by commas, semicolons or tabs:
customer, tenant, contact, service user. A first line with the names of columns says in which order they come.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.notes import LENGTH, looks_secret
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.domain.portal import portal_in, tenant_in

LARGEST: Final = 1 << 20
"""The most characters of a list."""

_ORDER: Final = ("customer", "tenant", "contact", "service_user")
"""The columns of a table without their names."""
_NAMES: Final = {
    "customer": {"customer", "company", "name", "kunde", "firma"},
    "tenant": {"tenant", "tenant id", "tenant-id", "mandant"},
    "contact": {"contact", "e-mail", "email", "mail", "kontakt", "ansprechpartner"},
    "service_user": {"service user", "service_user", "serviceuser", "user", "servicebenutzer", "service-benutzer"},
    "portal": {"portal", "address", "url", "adresse"},
}
"""What columns are called, in English and German, in lower case."""
_MOST_COMPLAINTS: Final = 5


@dataclass(frozen=True)
class _Line:
    """What is wrong with one line."""

    number: int
    why: str


class NotAPlan(UsageError):
    """A list with lines that name no tenant; nothing of it is taken."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        said = [_("Line {number}: {why}").format(number=one.number, why=one.why) for one in lines[:_MOST_COMPLAINTS]]
        more = len(lines) - _MOST_COMPLAINTS
        if more > 0:
            said.append(n_("And {n} more line.", "And {n} more lines.", more))
        super().__init__("\n".join(said))


def parse_plan(text: str) -> tuple[PlannedTenant, ...]:
    """Return the tenants of a list, in its order; a tenant that is named twice comes once, with what both lines know.

    Args:
        text: the list; empty lines, and those that begin with ``#``, are left out.

    Raises:
        NotAPlan: a line names no tenant, or holds what looks like a key, or the list has no line.
        UsageError: the text is longer than any list.
    """
    if len(text) > LARGEST:
        raise UsageError(_("This text is too long for a list of tenants."))
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = [(number, line) for number, line in lines if not line.lstrip("\ufeff ").startswith("#")]
    if not lines:
        raise UsageError(_("The list is empty. Enter one tenant a line, such as ACME_TST."))
    usual = _separator("".join(line for _number, line in lines))
    # A line that was added by hand may have another one.
    rows = [(number, _cells(line, usual if usual in line else _separator(line))) for number, line in lines]
    columns = _columns(rows[0][1])
    if columns is not None:
        del rows[0]
    found: dict[str, PlannedTenant] = {}
    wrong = []
    for number, cells in rows:
        # A tenant alone in a line is one, also below the names of columns.
        is_alone = len(cells) == 1 and _named(cells[0]) is not None
        names = _assumed(cells) if columns is None or is_alone else columns
        planned = _planned(dict(zip(names, cells, strict=False)))
        if isinstance(planned, str):
            wrong.append(_Line(number, planned))
        else:
            before = found.get(planned.tenant)
            found[planned.tenant] = before.completed(planned) if before else planned
    if wrong:
        raise NotAPlan(wrong)
    if not found:
        raise UsageError(_("The list is empty. Enter one tenant a line, such as ACME_TST."))
    return tuple(found.values())


def _separator(text: str) -> str:
    """Return what separates the cells of ``text``, most likely."""
    return max("\t;,", key=text.count)


def _cells(line: str, separator: str) -> list[str]:
    # One line at a time: a quotation mark that is never closed must not swallow the lines below it.
    return [cell.strip().lstrip("\ufeff") for cell in next(csv.reader([line], delimiter=separator))]


def _columns(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return what the columns are if ``cells`` are their names; None if they are a tenant already."""
    found = [next((key for key, names in _NAMES.items() if cell.lower() in names), "") for cell in cells]
    return tuple(found) if "tenant" in found or "portal" in found else None


def _assumed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what the columns of a line without names are: a single one, or the first, may be the tenant."""
    if len(cells) == 1 or _named(cells[0]) is not None:
        return ("tenant", *(name for name in _ORDER if name not in {"tenant", "customer"}))
    return _ORDER


def _named(text: str) -> PlannedTenant | None:
    """Return the tenant that a name or an address stands for; None if it is neither."""
    portal = portal_in(text)
    if portal is not None:
        return PlannedTenant(portal.tenant, portal=portal.address)
    tenant = tenant_in(text)
    return PlannedTenant(tenant) if tenant else None


def _planned(cells: dict[str, str]) -> PlannedTenant | str:
    """Return the tenant of a line, or what is wrong with the line."""
    for text in cells.values():
        if looks_secret(text) and portal_in(text) is None:
            # The text itself must not be repeated.
            return _("this looks like a key from an .ionapi file. A list of tenants contains no secrets.")
        if len(text) > LENGTH and portal_in(text) is None:
            return _("a text has more than {most} characters.").format(most=LENGTH)
        if safe(text, len(text) + 1) != text:
            return _("it contains characters that cannot be shown.")
    named, portal = _named(cells.get("tenant", "")), portal_in(cells.get("portal", ""))
    if portal is not None:
        at_portal = PlannedTenant(portal.tenant, portal=portal.address)
        if named is not None and named.tenant != portal.tenant:
            sentence = _("the address belongs to {other}, not to {tenant}.")
            return sentence.format(other=portal.tenant, tenant=named.tenant)
        named = at_portal
    if named is None:
        sentence = _("“{text}” is neither a tenant, such as ACME_TST, nor the address of its portal.")
        return sentence.format(text=safe(cells.get("tenant") or next(iter(cells.values())), 40))
    texts = {name: cells.get(name, "") for name in ("customer", "contact", "service_user")}
    return named.completed(PlannedTenant(named.tenant, **texts))
