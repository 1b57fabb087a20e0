"""``ionapi-tui scan``: secrets that lie around in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.paths import Paths
from ionapi_tui.cli.output import as_json
from ionapi_tui.cli.root import build_services, store_timeout_option
from ionapi_tui.cli.scan_report import document_of, sum_up, write_hit
from ionapi_tui.usecases.scan.git import Repository
from ionapi_tui.usecases.scan.scanner import Hit, Scanner
from ionapi_tui.usecases.scan.walking import Bounds, Walk

FOUND = 1
"""The exit code when there is something in plain text."""


@click.command(
    "scan",
    help=_(
        "Find .ionapi files, and their keys in other files, by what is in them, and say what exposes each. PATHs are "
        "folders or files; without one: Downloads, Desktop, Documents, the trash, and the git repository you are in "
        "with its history. Nothing is changed, sent or shown of the secrets. The exit code is 1 when something is "
        "found."
    ),
)
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--no-history", is_flag=True, help=_("Leave out what git remembers."))
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=Bounds.seconds,
    show_default="60",
    help=_("How long to look at most."),
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of what was found."))
@store_timeout_option
def command(paths: tuple[Path, ...], no_history: bool, seconds: float, json_wanted: bool, store_timeout: float) -> int:
    """Carry out ``scan``."""
    profiles = build_services(store_timeout).profiles
    walk = Walk(Bounds(seconds=seconds))
    scanner = Scanner(profiles.profiles(), profiles.credentials, walk)
    found = []
    for hit in _hits(scanner, paths, no_history):
        found.append(hit)
        if not json_wanted:
            write_hit(hit)
    if json_wanted:
        as_json([document_of(hit) for hit in found])
    sum_up(found, walk)
    return FOUND if found else 0


def _hits(scanner: Scanner, paths: tuple[Path, ...], no_history: bool) -> Iterator[Hit]:
    around = Repository.around(Path.cwd())
    repositories = _repositories_of(paths) if paths else [around] if around else []
    yield from scanner.files(paths or [*_usual_places(), *(one.top for one in repositories)])
    for repository in () if no_history else repositories:
        yield from scanner.history(repository)


def _repositories_of(paths: tuple[Path, ...]) -> list[Repository]:
    """Return the repositories whose work tree has been named; those inside of a named folder are not looked for."""
    around = (Repository.around(path) for path in paths if path.is_dir())
    tops = {one.top for one in around if one is not None}
    return [Repository(top) for top in sorted(tops) if any(path.resolve() == top.resolve() for path in paths)]


def _usual_places() -> list[Path]:
    from platformdirs import user_desktop_dir, user_documents_dir

    home = Path.home()
    places = [
        Paths.of_this_machine().downloads,
        Path(user_desktop_dir()),
        Path(user_documents_dir()),
        home / ".local/share/Trash/files",
        home / ".Trash",
    ]
    return [place for place in dict.fromkeys(places) if place.is_dir()]
