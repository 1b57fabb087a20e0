"""Whether the name of a tenant is a misspelling of a known one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ionapi_tui.domain.profile import ENVIRONMENTS

_CUSTOMER_CUTOFF: Final = 0.75
"""The lowest similarity, from 0 to 1, at which two customers count as the same: one letter of four may be wrong."""

_SUFFIX_CUTOFF: Final = 0.6
"""The same for suffixes: two letters of three that have changed places."""


def similar_tenant(tenant: str, known: Iterable[str]) -> str:
    """Return the tenant that somebody has probably meant; empty if ``tenant`` is known, or like none that is.

    Tenants of one customer differ in the suffix, and customers may be numbered. So another suffix that exists is no
    mistake, and neither is another number.

    Args:
        tenant: what was typed, in capital letters.
        known: the tenants that are planned or stored.
    """
    names = {name.upper() for name in known}
    if tenant in names:
        return ""
    customer, suffix = _parts(tenant)
    alike = [(name, *_parts(name)) for name in sorted(names) if _digits(name) == _digits(tenant)]
    customers = {other: name for name, other, ending in alike if ending == suffix}
    suffixes = {ending: name for name, other, ending in alike if other == customer and ending in ENVIRONMENTS}
    found = _closest(customer, customers, _CUSTOMER_CUTOFF)
    if not found and suffix not in ENVIRONMENTS:
        found = _closest(suffix, suffixes, _SUFFIX_CUTOFF)
    return found


def _closest(part: str, names: dict[str, str], cutoff: float) -> str:
    """Return the name whose part is most like ``part``; empty if none is like it."""
    from difflib import get_close_matches

    close = get_close_matches(part, names, 1, cutoff)
    return names[close[0]] if close else ""


def _parts(tenant: str) -> tuple[str, str]:
    """Return the customer in the name of a tenant, and the suffix."""
    customer, _underscore, suffix = tenant.rpartition("_")
    return customer, suffix


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
