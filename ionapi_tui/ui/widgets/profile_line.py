"""One profile as one line of the board, and the orders in which the lines come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain import age
from ionapi_tui.domain.profile import ENVIRONMENTS, Checked, Profile
from ionapi_tui.ui.messages import Verifying
from ionapi_tui.ui.widgets.text import badge


class Order(Enum):
    """By which column the board is sorted."""

    NAME = "name"
    TENANT = "tenant"
    ENVIRONMENT = "environment"
    APP = "app"
    AGE = "age"
    CHECKED = "checked"

    @property
    def next(self) -> Order:
        """The order after this one; the first comes after the last."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


def in_order(profiles: Iterable[Profile], order: Order) -> tuple[Profile, ...]:
    """Return ``profiles`` in ``order``; those that are equal in it by name.

    Production comes first among the environments, the oldest credentials first among the ages; what does not work comes
    first among the checks, and what was never checked next, because both ask for something to be done.
    """
    return tuple(sorted(sorted(profiles, key=lambda profile: profile.name), key=_KEYS[order]))


def _environment(profile: Profile) -> int:
    if profile.is_practice or profile.environment not in ENVIRONMENTS:
        return len(ENVIRONMENTS)
    return ENVIRONMENTS.index(profile.environment)


def _checked(profile: Profile) -> tuple[int, str]:
    if profile.checked is None:
        return 1, ""
    return 2 if profile.checked.ok else 0, profile.checked.at


_KEYS: dict[Order, Callable[[Profile], Any]] = {
    Order.NAME: lambda profile: profile.name,
    Order.TENANT: lambda profile: profile.tenant.casefold(),
    Order.ENVIRONMENT: _environment,
    Order.APP: lambda profile: profile.app.casefold(),
    # What is stored as a time in ISO 8601 is in order as text.
    Order.AGE: lambda profile: profile.created,
    Order.CHECKED: _checked,
}


LONGEST = 60
"""The most characters of a name that a line shows."""


@dataclass(frozen=True)
class Standing:
    """How a profile stands in the table."""

    highlighted: bool = False
    marked: bool = False
    away: bool = False
    """Whether the store of its secrets cannot be used now."""
    has_facts_beside: bool = False
    """Whether the facts of the highlighted profile stand beside the list."""


def heading(width: int, order: Order, *, has_facts_beside: bool = False) -> list[Content]:
    """Return the names of the columns, with a sign at the one that the list is sorted by."""
    names = {
        Order.NAME: _("NAME"),
        Order.TENANT: _("TENANT"),
        Order.ENVIRONMENT: _("ENV"),
        Order.APP: _("APP"),
        Order.AGE: _("AGE"),
        Order.CHECKED: _("CHECKED"),
    }
    cells = [
        Content.styled(f"{name} ▾", "bold $accent") if column is order else Content.styled(name, "bold $dim")
        for column, name in names.items()
    ]
    return [Content("  "), *_columns(width, cells, order, has_facts_beside=has_facts_beside)]


def line(
    profile: Profile, width: int, standing: Standing, verifying: Verifying | None, order: Order = Order.NAME
) -> list[Content]:
    """Return what stands on the line of a profile, from left to right."""
    cells = [
        Content.styled(safe(profile.name, LONGEST), "bold"),
        Content(safe(profile.tenant, LONGEST)),
        badge(profile),
        Content(safe(profile.app, LONGEST)),
        _age(profile),
        _progress(profile, verifying) or (_away() if standing.away else checked_words(profile.checked)),
    ]
    bar = Content.styled("▌", "$accent") if standing.highlighted else Content(" ")
    mark = Content.styled("✓", "bold $text-success") if standing.marked else Content(" ")
    return [bar, mark, *_columns(width, cells, order, has_facts_beside=standing.has_facts_beside)]


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


def _age(profile: Profile) -> Content:
    """Return the age of the credentials, with a sign when it is time to replace them."""
    now = datetime.now(UTC)
    words = age.in_words(profile.age(now))
    return Content.assemble((f"{words} !", "$text-warning")) if age.findings_of(profile, now) else Content(words)


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


_AGE_WIDTH = 9
_ROOM_FOR_AGE = 84
"""From this many columns on there is room for the app and the age. Below, there is one of them: the one that the list
is sorted by, otherwise the age where the facts beside the list have the app, and the app where there are none."""


def _columns(width: int, cells: list[Content], order: Order, *, has_facts_beside: bool) -> list[Content]:
    """Return the cells that there is room for, each cut or padded to its column."""
    room = max(30, width - 2)
    sizes = [int(room * 0.19), int(room * 0.19), 11, int(room * 0.17), _AGE_WIDTH]
    if room < _ROOM_FOR_AGE:
        has_age = order is Order.AGE or (has_facts_beside and order is not Order.APP)
        left_out = list(Order).index(Order.APP if has_age else Order.AGE)
        del sizes[left_out]
        cells = [cell for at, cell in enumerate(cells) if at != left_out]
    sizes.append(max(1, room - sum(sizes)))
    parts = []
    for cell, size in zip(cells, sizes, strict=True):
        length = cell.cell_length
        parts += [cell.truncate(size - 1, ellipsis=True) if length >= size else cell]
        parts += [Content(" " * (size - min(size - 1, length)))]
    return parts
