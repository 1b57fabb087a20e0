"""``ionapi-tui compare``: two profiles side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.cli.output import as_json, can_write, data, width, words
from ionapi_tui.cli.root import (
    build_services,
    exit_code_of,
    name_argument,
    recover,
    store_timeout_option,
    trust_host_option,
)
from ionapi_tui.usecases.comparing import Comparison, Row, compare
from ionapi_tui.usecases.services import Services

_DIFFERENT: Final = 1
"""The exit code for profiles that differ, where ``--exit-code`` asks for it; the one of ``git diff``."""
_LONGEST_LABEL: Final = 24


@click.command(
    "compare",
    help=_(
        "Compare the profiles A and B: regions, scopes, security roles, and the outcomes of the checks. Roles and "
        "checks are known only with --verify; without it, the last outcome is compared. A difference is marked "
        "with ≠. Names, tenants, apps and dates are listed, but they do not count as differences.\n\n"
        "The exit code is 0 also when the profiles differ. With --exit-code it is 1 then, as with git diff."
    ),
)
@name_argument("a")
@name_argument("b")
@click.option("--verify", "verify_wanted", is_flag=True, help=_("Verify both profiles first."))
@click.option("--different", is_flag=True, help=_("Show only what differs."))
@click.option("--exit-code", "exit_code_wanted", is_flag=True, help=_("Exit with 1 if the profiles differ."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: profiles, same, verified, rows."))
@trust_host_option
@store_timeout_option
def command(
    a: str,
    b: str,
    verify_wanted: bool,
    different: bool,
    exit_code_wanted: bool,
    json_wanted: bool,
    hosts: tuple[str, ...],
    store_timeout: float,
) -> int:
    """Carry out ``compare``."""
    services = build_services(store_timeout)
    comparison = compare(services.profiles.profile(a), services.profiles.profile(b))
    code = 0
    if verify_wanted:
        comparison, code = _verified(services, comparison, hosts)
    if json_wanted:
        as_json(comparison.as_json())
    else:
        _write(comparison, different_only=different)
    return code or (_DIFFERENT if exit_code_wanted and not comparison.same else 0)


def _verified(services: Services, comparison: Comparison, hosts: tuple[str, ...]) -> tuple[Comparison, int]:
    """Verify both profiles, and return the comparison with what was found.

    The exit code is that of what kept a profile from being verified; a check that fails is a row and no error.
    """
    from ionapi_tui.cli.verify import verify_profiles

    recover(services)
    verified = verify_profiles(services, comparison.profiles, hosts, quiet=True)
    for one in verified:
        if one.error is not None:
            words(_("{name} was not verified: {why}").format(name=one.profile.name, why=one.error))
    found = {one.profile.id: one.verification for one in verified if one.verification is not None}
    left, right = (services.profiles.profile(profile.name) for profile in comparison.profiles)
    return compare(left, right, found), exit_code_of(one.exit_code for one in verified if one.error is not None)


def _write(comparison: Comparison, *, different_only: bool) -> None:
    names = [profile.name for profile in comparison.profiles]
    rows = [row for _group, rows in comparison.groups(different_only=different_only) for row in rows]
    label = min(_LONGEST_LABEL, max((len(row.label) for row in rows), default=0))
    # Two columns for the mark, and two between the others.
    room = max(8, (width(sys.stdout) - 2 - label - 4) // 2)
    if rows:
        data(_line("  ", " " * label, names[0], names[1], (label, room)))
    for group, members in comparison.groups(different_only=different_only):
        data("")
        data(group.heading)
        for row in members:
            for line in _lines(row, label, room):
                data(line)
    words("")
    hint = "" if all(comparison.verified) else " " + _("Roles and checks are compared only with --verify.")
    words(comparison.summary + hint)


def _lines(row: Row, label: int, room: int) -> Iterator[str]:
    """Yield the lines of a row, each cell wrapped in its column."""
    mark = ("≠ " if can_write("≠", sys.stdout) else "! ") if row.differs else "  "
    cells = (wrap(row.label, label), _wrapped(row.words(0), room), _wrapped(row.words(1), room))
    for number, (name, left, right) in enumerate(zip_longest(*cells, fillvalue="")):
        yield _line("  " if number else mark, name, left, right, (label, room))


def _wrapped(text: str, room: int) -> list[str]:
    # Client IDs and names of roles have hyphens; only what does not fit at all is broken.
    return wrap(text, room, break_on_hyphens=False)


def _line(mark: str, name: str, left: str, right: str, widths: tuple[int, int]) -> str:
    return f"{mark}{name:<{widths[0]}}  {left:<{widths[1]}}  {right}".rstrip()
