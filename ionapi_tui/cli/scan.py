"""``ionapi-tui scan``: find secrets in plain text; what is found is shown without them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import marked
from ionapi_tui.cli.output import as_json, data, fill, words
from ionapi_tui.cli.root import Renamed, Seconds, build_services, store_timeout_option
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.profile import environment_of
from ionapi_tui.files.reading import ExposureKind
from ionapi_tui.usecases.scan.advice import commands_for
from ionapi_tui.usecases.scan.content import Kind
from ionapi_tui.usecases.scan.git import Repository
from ionapi_tui.usecases.scan.scanner import Hit, Match, Places, scan, scan_staged
from ionapi_tui.usecases.scan.walking import Bounds, Walk
from ionapi_tui.usecases.services import Services

FOUND: Final = 1
"""The exit code when there is something in plain text."""

_INDENT: Final = "    "
_PROMPT: Final = "PS>" if os.name == "nt" else "$"
_MATCHES: Final = {
    Match.EQUAL: N_("the same secrets as in the profile {name}: this copy is not needed"),
    Match.DIFFERENT: N_("the app of the profile {name}, but other secrets: find out which of them work"),
    Match.UNKNOWN: N_("the app of the profile {name}"),
}
_OUT_OF_REACH: Final = (ExposureKind.TRACKED, ExposureKind.HISTORY, ExposureKind.PUSHED, ExposureKind.SYNCED)


@click.command(
    "scan",
    help=_(
        "Find .ionapi files, and their keys in other files, by their content, and show how each is exposed. "
        "Each PATH is a folder or a file; by default: Downloads, Desktop, Documents, the trash, and the git "
        "repository you are in with its history. Nothing is changed or sent, and no secrets are shown. The "
        "exit code is 1 when something is found.\n\n\b\n  ionapi-tui scan ~/work\n  ionapi-tui scan --staged   "
        " in a git hook, before a commit"
    ),
)
@click.argument("paths", metavar=_("[PATH...]"), nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--staged",
    is_flag=True,
    help=_("Search only what the next commit of the git repository you are in adds or changes, as git has staged it."),
)
@click.option("--no-history", is_flag=True, help=_("Do not search the history of git repositories."))
@click.option(
    "--timeout",
    "--seconds",
    "seconds",
    cls=Renamed,
    type=Seconds(),
    default=f"{Bounds.seconds:g}",
    show_default=True,
    metavar=_("SECONDS"),
    help=_("How long to search at most."),
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of what was found."))
@store_timeout_option
def command(
    paths: tuple[Path, ...], staged: bool, no_history: bool, seconds: float, json_wanted: bool, store_timeout: float
) -> int:
    """Carry out ``scan``."""
    services, walk = build_services(store_timeout), Walk(Bounds(seconds=seconds))
    if staged:
        hits = _staged(services, paths, walk)
    else:
        places = Places.named(paths) if paths else Places.usual(services.paths.downloads, Path.cwd())
        hits = scan(services.profiles, places, walk, history=not no_history)
    found = []
    for hit in hits:
        found.append(hit)
        if not json_wanted:
            _write_hit(hit)
    if json_wanted:
        as_json([_document_of(hit) for hit in found])
    _sum_up(found, walk)
    return FOUND if found else 0


def _staged(services: Services, paths: tuple[Path, ...], walk: Walk) -> Iterator[Hit]:
    if paths:
        raise UsageError(_("--staged searches the current git repository. Leave out the paths."))
    repository = Repository.of_commit(Path.cwd(), os.environ)
    if repository is None:
        raise UsageError(_("No git repository was found here, or git is not installed."))
    return scan_staged(services.profiles, repository, walk)


def _write_hit(hit: Hit) -> None:
    """Write a paragraph about ``hit``."""
    severity = Severity.ERROR if hit.exposures else Severity.WARNING
    lines = [marked(severity.sign, safe(hit.path, 300), sys.stdout)]
    lines += [fill(sentence, sys.stdout, _INDENT, _INDENT) for sentence in _sentences(hit)]
    lines += [f"{_INDENT}{_PROMPT} {command}" for command in commands_for(hit)]
    data("\n".join(lines))


def _document_of(hit: Hit) -> dict[str, Any]:
    """Return the documented JSON of ``hit``."""
    recognised = hit.recognised
    return {
        "kind": recognised.kind,
        "file": safe(hit.path, 4096),
        "repository": None if hit.repository is None else safe(hit.repository, 4096),
        "blob": hit.blob or None,
        "tenant": safe(recognised.tenant, 80),
        "environment": environment_of(recognised.tenant),
        "app": safe(recognised.app, 80),
        "client_id": safe(recognised.client_id, 120),
        "usable": recognised.credentials is not None,
        "profile": hit.profile or None,
        "match": hit.match if hit.profile else None,
        "exposures": [{"code": one.kind, "message": one.message} for one in hit.exposures],
        "commands": list(commands_for(hit)),
    }


def _sum_up(found: Sequence[Hit], walk: Walk) -> None:
    """Say how much was found and looked at, and what that does not cover."""
    seen = n_("{n} file was looked at.", "{n} files were looked at.", walk.looked_at + walk.too_small)
    if found:
        places = n_("{n} place holds secrets in plain text.", "{n} places hold secrets in plain text.", len(found))
    else:
        places = _("No secrets in plain text were found.")
    words(f"{places} {seen}")
    if any(exposure.kind is ExposureKind.STAGED for hit in found for exposure in hit.exposures):
        words(_("Remove the files from the commit, then commit again. Keep the secrets in a profile instead."))
    if any(exposure.kind in _OUT_OF_REACH for hit in found for exposure in hit.exposures):
        words(
            _(
                "What has been committed, pushed or synced cannot be called back. Disable the service account in Infor "
                "(OS > Security > Manage > Service Accounts) and download new credentials."
            )
        )
    if walk.unfinished:
        words(_("The search stopped before the end. Name smaller folders, or increase --seconds."))
    if walk.unreadable:
        words(n_("{n} file or folder could not be read.", "{n} files or folders could not be read.", walk.unreadable))
    if walk.links:
        words(n_("{n} link was not followed.", "{n} links were not followed.", walk.links))
    words(_("Archives, mailboxes, databases and files over 1 MiB are not searched."))


def _sentences(hit: Hit) -> list[str]:
    recognised = hit.recognised
    if recognised.kind is Kind.KEYS:
        sentence = _("The access key of a service account of {tenant}, in another form than an .ionapi file")
    else:
        sentence = _("Tenant {tenant}, app {app}")
    sentences = [sentence.format(tenant=safe(recognised.tenant, 40), app=safe(recognised.app, 60))]
    if recognised.kind is Kind.FILE and recognised.credentials is None:
        sentences.append(_("It cannot be imported like this; “ionapi-tui check” shows why."))
    if hit.profile:
        sentences.append(_(_MATCHES[hit.match]).format(name=hit.profile))
    return [*sentences, *(exposure.message for exposure in hit.exposures)]
