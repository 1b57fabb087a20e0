"""One profile as one line of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui.messages import Verifying
from ionapi_tui.ui.profile_order import Order
from ionapi_tui.ui.prose import badge

LONGEST = 60
"""The most characters of a name that a line shows."""


@dataclass(frozen=True)
class Standing:
    """How a profile stands in the table."""

    highlighted: bool = False
    marked: bool = False
    away: bool = False
    """Whether the store of its secrets cannot be used now."""


def heading(width: int, order: Order) -> list[Content]:
    """Return the names of the columns, with a sign at the one that the list is sorted by."""
    names = {
        Order.NAME: _("NAME"),
        Order.TENANT: _("TENANT"),
        Order.ENVIRONMENT: _("ENV"),
        Order.APP: _("APP"),
        Order.CHECKED: _("CHECKED"),
    }
    cells = [
        Content.styled(f"{name} ▾", "bold $accent") if column is order else Content.styled(name, "bold $dim")
        for column, name in names.items()
    ]
    return [Content("  "), *_columns(width, cells)]


def line(profile: Profile, width: int, standing: Standing, verifying: Verifying | None) -> list[Content]:
    """Return what stands on the line of a profile, from left to right."""
    cells = [
        Content.styled(safe(profile.name, LONGEST), "bold"),
        Content(safe(profile.tenant, LONGEST)),
        badge(profile),
        Content(safe(profile.app, LONGEST)),
        _progress(profile, verifying) or (_away() if standing.away else checked_words(profile.checked)),
    ]
    bar = Content.styled("▌", "$accent") if standing.highlighted else Content(" ")
    mark = Content.styled("✓", "bold $text-success") if standing.marked else Content(" ")
    return [bar, mark, *_columns(width, cells)]


def checked_words(checked: Checked | None, now: datetime | None = None) -> Content:
    """Return a check in a few words: a sign, and when or what.

    Args:
        checked: its outcome; None when there was none.
        now: the time to count from; by default the time it is.
    """
    if checked is None:
        return Content.styled(_("not checked"), "$dim")
    if not checked.ok:
        return Content.assemble(("✕ ", "$text-error"), safe(checked.headline, 200) or _("does not work"))
    when = checked.ago(now or datetime.now(UTC))
    if checked.headline:
        return Content.assemble(("! ", "$text-warning"), when, ": ", safe(checked.headline, 200))
    return Content.assemble(("● ", "$text-success"), when)


def _away() -> Content:
    return Content.assemble(("! ", "$text-warning"), _("store not here"))


def _progress(profile: Profile, verifying: Verifying | None) -> Content | None:
    """Return how far the verification is with this profile; None when it has nothing to do with it."""
    if verifying is None:
        return None
    if profile.id in verifying.running:
        return Content.assemble(("▸ ", "bold $accent"), (verifying.running[profile.id], "$accent"))
    if profile.id in verifying.outcomes:
        return checked_words(verifying.outcomes[profile.id])
    return Content.styled("· " + _("waiting"), "$dim") if profile.id in verifying.waiting else None


def _columns(width: int, cells: list[Content]) -> list[Content]:
    """Return the five cells, each cut or padded to its column."""
    room = max(30, width - 2)
    sizes = [int(room * 0.19), int(room * 0.19), 11, int(room * 0.17)]
    sizes.append(max(1, room - sum(sizes)))
    parts = []
    for cell, size in zip(cells, sizes, strict=True):
        length = cell.cell_length
        parts += [cell.truncate(size - 1, ellipsis=True) if length >= size else cell]
        parts += [Content(" " * (size - min(size - 1, length)))]
    return parts
