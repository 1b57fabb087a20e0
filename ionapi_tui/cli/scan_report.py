"""What a scan has found, for people and for programs; never a secret."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import marked
from ionapi_tui.cli.output import data, fill, words
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.profile import environment_of
from ionapi_tui.files.reading import ExposureKind
from ionapi_tui.usecases.scan.advice import commands_for
from ionapi_tui.usecases.scan.content import Kind
from ionapi_tui.usecases.scan.scanner import Hit, Match
from ionapi_tui.usecases.scan.walking import Walk

_INDENT: Final = "    "
_MATCHES: Final = {
    Match.EQUAL: N_("the same secrets as in the profile {name}: this copy is not needed"),
    Match.DIFFERENT: N_("the app of the profile {name}, but other secrets: find out which of them work"),
    Match.UNKNOWN: N_("the app of the profile {name}"),
}
_OUT_OF_REACH: Final = (ExposureKind.TRACKED, ExposureKind.HISTORY, ExposureKind.PUSHED, ExposureKind.SYNCED)


def write_hit(hit: Hit) -> None:
    """Write a paragraph about ``hit``."""
    severity = Severity.ERROR if hit.exposures else Severity.WARNING
    lines = [marked(severity, safe(hit.path, 300), sys.stdout)]
    lines += [fill(sentence, sys.stdout, _INDENT, _INDENT) for sentence in _sentences(hit)]
    lines += [f"{_INDENT}$ {command}" for command in commands_for(hit)]
    data("\n".join(lines))


def document_of(hit: Hit) -> dict[str, Any]:
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


def sum_up(found: Sequence[Hit], walk: Walk) -> None:
    """Say how much was found and looked at, and what that does not cover."""
    seen = n_("{n} file was looked at.", "{n} files were looked at.", walk.looked_at)
    if found:
        places = n_("{n} place holds secrets in plain text.", "{n} places hold secrets in plain text.", len(found))
    else:
        places = _("No secrets in plain text were found.")
    words(f"{places} {seen}")
    if any(exposure.kind in _OUT_OF_REACH for hit in found for exposure in hit.exposures):
        words(
            _(
                "What has been committed, pushed or synced cannot be called back. Disable the service account in Infor "
                "(OS > Security > Manage > Service Accounts) and download new credentials."
            )
        )
    if walk.unfinished:
        words(_("Not everything was looked at: there is too much. Name smaller folders, or give it more --seconds."))
    if walk.unreadable:
        words(n_("{n} file or folder could not be read.", "{n} files or folders could not be read.", walk.unreadable))
    words(_("Archives, mailboxes, databases and files over 1 MiB are not searched."))


def _sentences(hit: Hit) -> list[str]:
    recognised = hit.recognised
    if recognised.kind is Kind.KEYS:
        told = _("The access key of a service account of {tenant}, in another form than an .ionapi file")
    else:
        told = _("Tenant {tenant}, app {app}")
    sentences = [told.format(tenant=safe(recognised.tenant, 40), app=safe(recognised.app, 60))]
    if recognised.kind is Kind.FILE and recognised.credentials is None:
        sentences.append(_("It cannot be imported like this; “ionapi-tui check” says why."))
    if hit.profile:
        sentences.append(_(_MATCHES[hit.match]).format(name=hit.profile))
    return [*sentences, *(exposure.message for exposure in hit.exposures)]
