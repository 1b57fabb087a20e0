"""One profile as one line of the board, and the orders in which the lines come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from rich.cells import cell_len
from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain import age
from ionapi_tui.domain.findings import verdicts
from ionapi_tui.domain.findings.verdicts import verdict
from ionapi_tui.domain.limits import WIDE
from ionapi_tui.domain.planned_tenant import PlanRow
from ionapi_tui.domain.profile import ENVIRONMENTS, Checked, Profile, slug
from ionapi_tui.ui.messages import Verifying
from ionapi_tui.ui.widgets.text import badge, environment_badge


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

    Production comes first among the environments, and the oldest credentials among the ages. Among the checks, what
    does not work comes first, then what was never checked, then what works with warnings: they ask for something to be
    done.
    """
    return tuple(sorted(sorted(profiles, key=lambda profile: profile.name), key=_KEYS[order]))


def _environment(profile: Profile) -> int:
    if profile.is_practice or profile.environment not in ENVIRONMENTS:
        return len(ENVIRONMENTS)
    return ENVIRONMENTS.index(profile.environment)


def _checked(profile: Profile) -> tuple[int, str]:
    if profile.checked is None:
        return 1, ""
    if not profile.checked.ok:
        return 0, profile.checked.at
    return 2 if profile.checked.headline else 3, profile.checked.at


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


@dataclass(frozen=True)
class Needed:
    """How many columns the longest cell of each kind needs in a list of profiles."""

    name: int = 0
    tenant: int = 0
    environment: int = 0
    app: int = 0
    verdict: int = verdicts.LONGEST
    """For the outcome of the last check in its short form, without its sign."""
    has_names_of_tenants: bool = True
    """Whether the name of every profile says its tenant."""


def needed_by(profiles: Iterable[Profile], planned: Iterable[PlanRow] = ()) -> Needed:
    """Return what the columns need for nothing but the verdicts to be cut; ten thousand profiles take no time."""
    profiles, planned = tuple(profiles), tuple(planned)
    tenants = [profile.tenant for profile in profiles]
    # Whether it is a practice tenant depends on the gateway alone, and most profiles share theirs.
    gateways = {profile.gateway: profile for profile in profiles}
    is_practice = any(profile.is_practice for profile in gateways.values())
    return Needed(
        name=_longest((*(profile.name for profile in profiles), *(row.planned.tenant for row in planned))),
        tenant=_longest(tenants),
        environment=2 + (cell_len(_("PRACTICE")) if is_practice else _LONGEST_SUFFIX),
        app=_longest({profile.app for profile in profiles} | ({_("planned")} if planned else set())),
        verdict=max(_MOMENT, *map(_short_length, {_cause(profile) for profile in profiles}), 0),
        has_names_of_tenants=all(map(_says_tenant, profiles, tenants)),
    )


def _cause(profile: Profile) -> tuple[str, bool]:
    """Return the code of the last check, and whether it says why the profile does not work."""
    checked = profile.checked
    return ("", False) if checked is None else (checked.code, bool(checked.headline) or not checked.ok)


def _short_length(cause: tuple[str, bool]) -> int:
    code, is_serious = cause
    return (cell_len(verdict(code)) or verdicts.LONGEST) if is_serious else 0


def _longest(texts: Iterable[str]) -> int:
    texts = tuple(texts)
    together = "".join(texts)
    if together.isascii() and together.isprintable():
        return min(LONGEST, max(map(len, texts), default=0))
    return max(map(_length, texts))


def _length(text: str) -> int:
    return min(LONGEST, len(text)) if text.isascii() and text.isprintable() else cell_len(safe(text, LONGEST))


def _says_tenant(profile: Profile, tenant: str) -> bool:
    usual = tenant.lower().replace("_", "-")
    return usual in profile.name or slug(tenant) in profile.name


Columns = Mapping[Order, int]
"""The columns that there is room for, from left to right, each with its width."""

_MOMENT = 15
"""The columns of how long ago a check was, such as ``59 minutes ago``, in any language."""
_LEAST = 9
"""The columns that are left for the outcome where a name is very long."""
_CUT = 14
"""To how many columns a tenant or an app may be cut before its column is left out."""
_GAP = 2
_AGE = 8
"""The columns of an age that is to be looked at, such as ``23 mo !``, in any language."""
_LONGEST_SUFFIX = 4
"""The most characters of an environment."""


def columns(width: int, needed: Needed, order: Order, *, has_facts_beside: bool = False) -> Columns:
    """Return which columns a line has, and how wide they are.

    The name is whole, the environment is always there, and so is the column that the list is sorted by. The others
    follow as far as there is room: the tenant unless all names say it, the app unless it stands beside the list, the
    age.

    Args:
        width: of the table.
        needed: what the profiles need.
        order: how the list is sorted.
        has_facts_beside: whether the facts of the highlighted profile, such as its app, stand beside the list.
    """
    room = max(30, width - 2)
    titles = _titles()
    whole = {
        Order.NAME: needed.name,
        Order.TENANT: needed.tenant,
        Order.ENVIRONMENT: needed.environment,
        Order.APP: needed.app,
        Order.AGE: _AGE,
    }
    # The sign of the sorted column belongs to its title.
    whole = {one: max(size, cell_len(titles[one]) + 2 * (one is order)) + _GAP for one, size in whole.items()}
    sizes = {Order.ENVIRONMENT: whole[Order.ENVIRONMENT]}
    if order not in (Order.NAME, Order.CHECKED):
        sizes[order] = min(whole[order], _CUT)
    sizes[Order.NAME] = min(whole[Order.NAME], max(_CUT, room - _LEAST - sum(sizes.values())))
    # The sign of the verdict, and a space behind it.
    left = room - needed.verdict - 3 - sum(sizes.values())
    rest = [Order.AGE, Order.APP] if has_facts_beside else [Order.APP, Order.AGE]
    if not needed.has_names_of_tenants:
        rest.insert(0, Order.TENANT)
    elif width >= WIDE:
        rest.append(Order.TENANT)
    for one in rest:
        if one not in sizes and left >= min(whole[one], _CUT):
            sizes[one] = min(whole[one], _CUT)
            left -= sizes[one]
    for one in [order, *rest]:
        if one in sizes and left > 0:
            more = min(left, whole[one] - sizes[one])
            sizes[one] += more
            left -= more
    sizes[Order.CHECKED] = max(1, room - sum(sizes.values()))
    return {one: sizes[one] for one in Order if one in sizes}


def _titles() -> dict[Order, str]:
    return {
        Order.NAME: _("NAME"),
        Order.TENANT: _("TENANT"),
        Order.ENVIRONMENT: _("ENV"),
        Order.APP: _("APP"),
        Order.AGE: _("AGE"),
        Order.CHECKED: _("CHECKED"),
    }


def heading(columns: Columns, order: Order) -> list[Content]:
    """Return the names of the columns, with a sign at the one that the list is sorted by."""
    cells = {
        column: Content.styled(f"{name} ▾", "bold $accent") if column is order else Content.styled(name, "bold $dim")
        for column, name in _titles().items()
    }
    return [Content("  "), *_side_by_side(columns, cells)]


def line(profile: Profile, columns: Columns, standing: Standing, verifying: Verifying | None) -> list[Content]:
    """Return what stands on the line of a profile, from left to right."""
    cells = {
        Order.NAME: Content.styled(safe(profile.name, LONGEST), "bold"),
        Order.TENANT: Content(safe(profile.tenant, LONGEST)),
        Order.ENVIRONMENT: badge(profile),
        Order.APP: Content(safe(profile.app, LONGEST)),
        Order.AGE: _age(profile),
        Order.CHECKED: _state(profile, columns[Order.CHECKED], verifying, is_away=standing.away),
    }
    bar = Content.styled("▌", "$accent") if standing.highlighted else Content(" ")
    mark = Content.styled("✓", "bold $text-success") if standing.marked else Content(" ")
    return [bar, mark, *_side_by_side(columns, cells)]


def planned_line(row: PlanRow, position: str, columns: Columns, *, highlighted: bool) -> list[Content]:
    """Return what stands on the line of a planned tenant, from left to right.

    Args:
        row: the tenant.
        position: where its guide was left, such as ``Step 2 of 5``; empty if it was not started.
        columns: what there is room for.
        highlighted: whether it is the highlighted line.
    """
    planned = row.planned
    stage = [f"· {row.stage_label}"]
    if position:
        stage.insert(0, f"{stage[0]}, {position}")
    room = columns[Order.CHECKED] - 1
    cells = {
        Order.NAME: Content.styled(safe(planned.tenant, LONGEST), "$foreground"),
        Order.TENANT: Content(safe(planned.tenant, LONGEST)),
        Order.ENVIRONMENT: environment_badge(planned.environment),
        Order.APP: Content.styled(_("planned"), "$dim"),
        Order.AGE: Content(""),
        Order.CHECKED: Content.styled(next((one for one in stage if cell_len(one) <= room), stage[-1]), "$dim"),
    }
    bar = Content.styled("▌", "$accent") if highlighted else Content(" ")
    return [bar, Content(" "), *_side_by_side(columns, cells)]


def checked_words(checked: Checked | None, now: datetime | None = None, room: int | None = None) -> Content:
    """Return a check in a few words: a sign, and when or what.

    Args:
        checked: its outcome; None when there was none.
        now: the time to count from; by default the time it is.
        room: the columns there are. The cause of what does not work gives way to its short form where it has no room;
            by default there is room for everything.
    """
    if checked is None:
        return Content.styled(_("not checked"), "$dim")
    when, cause, short = checked.ago(now or datetime.now(UTC)), safe(checked.headline, 200), verdict(checked.code)
    if not checked.ok:
        sign, causes = ("✕ ", "$text-error"), [cause or _("does not work"), short]
    elif cause:
        sign, causes = ("! ", "$text-warning"), [f"{when}: {cause}", short and f"{when}: {short}", short]
    else:
        sign, causes = ("● ", "$text-success"), [when]
    forms = [Content.assemble(sign, one) for one in causes if one]
    return next((one for one in forms if room is None or one.cell_length <= room), forms[-1])


def _state(profile: Profile, size: int, verifying: Verifying | None, *, is_away: bool) -> Content:
    """Return what the last column says: how far the verification is, that the store is away, or the last check."""
    if progress := _progress(profile, size, verifying):
        return progress
    if is_away:
        return Content.assemble(("! ", "$text-warning"), _("store missing"))
    return checked_words(profile.checked, room=size - 1)


def _progress(profile: Profile, size: int, verifying: Verifying | None) -> Content | None:
    """Return how far the verification is with this profile; None when it has nothing to do with it."""
    if verifying is None:
        return None
    if profile.id in verifying.running:
        return Content.assemble(("▸ ", "bold $accent"), (verifying.running[profile.id], "$accent"))
    if profile.id in verifying.outcomes:
        return checked_words(verifying.outcomes[profile.id], room=size - 1)
    return Content.styled("· " + _("waiting"), "$dim") if profile.id in verifying.waiting else None


def _age(profile: Profile) -> Content:
    """Return the age of the credentials, with a sign when it is time to replace them."""
    now = datetime.now(UTC)
    words = age.in_words(profile.age(now))
    return Content.assemble((f"{words} !", "$text-warning")) if age.findings_of(profile, now) else Content(words)


def _side_by_side(columns: Columns, cells: Mapping[Order, Content]) -> list[Content]:
    """Return the cells of ``columns``, each cut or padded to its column."""
    parts = []
    for column, size in columns.items():
        cell = cells[column]
        length = cell.cell_length
        parts += [cell.truncate(size - 1, ellipsis=True) if length >= size else cell]
        parts += [Content(" " * (size - min(size - 1, length)))]
    return parts
