"""``ionapi-tui list``: list the stored profiles. The secret store is not touched."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe, safe_all
from ionapi_tui.cli.output import WIDTH, as_json, data, words
from ionapi_tui.cli.root import build_services
from ionapi_tui.domain import age
from ionapi_tui.domain.profile import Profile, local_time
from ionapi_tui.domain.profile_facts import environment_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

_until_the_end: Final[deque[object]] = deque(maxlen=1)
"""What has been listed. Freeing thousands of profiles one by one takes a while; with the process, they go at once."""

_NARROWEST: Final = 4
"""The columns that a column keeps however narrow the terminal is."""


@click.command(
    "list",
    help=_(
        "List the stored profiles, by name, with the age of their credentials. The password store is not accessed. "
        "To list those to replace: “ionapi-tui list --older-than 1y”."
    ),
)
@click.option(
    "--older-than",
    metavar=_("AGE"),
    help=_("Only those whose credentials are older, in days, weeks or years, such as 180d, 26w or 1y."),
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of objects."))
def command(older_than: str | None, json_wanted: bool) -> None:
    """Carry out ``list``."""
    days = None if older_than is None else age.days_of(older_than)
    # Everything that is read here is needed until the end: looking for garbage in it again and again finds none.
    gc.disable()
    services = build_services()
    profiles, now = sorted(services.profiles.profiles(), key=attrgetter("name")), services.now()
    found = profiles if days is None else [one for one in profiles if (one.age(now) or 0) > days]
    _until_the_end.append(profiles)
    if json_wanted:
        as_json([profile.as_json(now) for profile in found])
    elif found:
        write_table([_heading(), *_rows(found, now)])
    elif profiles:
        words(_("No credentials are older than {age}.").format(age=safe(older_than)))
    else:
        words(
            _(
                "There are no profiles yet. Import a file (ionapi-tui import FILE), or run ionapi-tui for the "
                "guided setup."
            )
        )


def checked_in_words(profile: Profile) -> str:
    """Return when a profile was last verified, and with what outcome."""
    if profile.checked is None:
        return _("never")
    outcome = _("works") if profile.checked.ok else _("does not work")
    return f"{outcome}, {local_time(profile.checked.at)[:10]}"


def _heading() -> tuple[str, ...]:
    return (_("NAME"), _("TENANT"), _("ENV"), _("APP"), _("AGE"), _("CHECKED"))


def _rows(profiles: Sequence[Profile], now: datetime) -> Iterable[tuple[str, ...]]:
    ages = [profile.age(now) for profile in profiles]
    # Many are of the same day.
    in_words = {days: age.in_words(days) for days in set(ages)}
    return zip(
        safe_all([profile.name for profile in profiles], 60),
        safe_all([profile.tenant for profile in profiles], 24),
        map(environment_in_words, profiles),
        safe_all([profile.app for profile in profiles], 30),
        map(in_words.__getitem__, ages),
        map(checked_in_words, profiles),
        strict=True,
    )


def write_table(rows: list[tuple[str, ...]], cut_first: Sequence[int] = ()) -> None:
    """Write rows of cells as columns; on a terminal the widest ones are cut until a line fits.

    Args:
        rows: the heading and the lines.
        cut_first: the numbers of the columns that are cut before any other is.
    """
    needed = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths = needed.copy()
    for columns in (cut_first, range(len(widths))):
        _narrow(widths, columns)
    line = "  ".join(f"%-{width}s" for width in widths)
    fitting = rows if widths == needed else [tuple(map(_cut, row, widths)) for row in rows]
    data("\n".join([(line % row).rstrip() for row in fitting]))


def _narrow(widths: list[int], columns: Sequence[int]) -> None:
    """Narrow the widest ones of ``columns`` until a line fits a terminal; a pipe has room."""
    if not sys.stdout.isatty():
        return
    # 0 is what a terminal says that was never told.
    room = (os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH) - 2 * (len(widths) - 1)
    while columns and sum(widths) > room:
        widest = max(columns, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 1] + "…"
