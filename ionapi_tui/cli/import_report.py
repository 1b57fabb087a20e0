"""What became of imported files, for people and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ionapi_tui.base.errors import IonApiError, StoreError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.signs import Sign
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import write_findings, write_item
from ionapi_tui.cli.output import data, words
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases.importing import NameTaken, NotDeleted, Outcome

if TYPE_CHECKING:
    from ionapi_tui.usecases.verifying import Verified


def write_whole(outcome: Outcome) -> None:
    """Write everything about the one file of a command; only the name of the profile is data."""
    write_findings(outcome.inspection.findings, sys.stderr)
    if outcome.stored is not None:
        profile = outcome.stored.profile
        data(profile.name)
        stored = _("Stored as {name} (tenant {tenant}, app {app}). The secrets are in {store}; they were read back.")
        words(
            stored.format(
                name=profile.name,
                tenant=safe(profile.tenant, 40),
                app=safe(profile.app, 60),
                store=safe(outcome.stored.store_label),
            )
        )
        if outcome.replaced:
            words(_("The previous credentials of {name} were not kept.").format(name=profile.name))
        if outcome.beside:
            words(_("The same app is also stored as {name}.").format(name=safe(outcome.beside, 60)))
    elif outcome.unchanged is not None:
        data(outcome.unchanged.name)
        words(_("These credentials are already stored as {name}, unchanged.").format(name=outcome.unchanged.name))
    elif outcome.error is None:
        words(_("Nothing was stored."))
    write_error(outcome)
    if outcome.deleted:
        write_deletions([outcome])


def write_deletions(outcomes: Iterable[Outcome]) -> None:
    """Write which files were deleted and which were not, each once, and what deleting does not reach."""
    by_file = {outcome.file: outcome for outcome in outcomes}
    for outcome in by_file.values():
        if outcome.deleted:
            words(_("{file} is deleted.").format(file=safe(outcome.file)))
        elif outcome.kept:
            words(outcome.kept)
        elif isinstance(outcome.error, NotDeleted):
            write_error(outcome)
    if any(outcome.deleted for outcome in by_file.values()):
        words(_limits_of_deleting())


def write_line(outcome: Outcome) -> None:
    """Write one line about one file of several."""
    file = _name(outcome)
    if isinstance(outcome.error, StoreError):
        # It ends the import, and says at length what to do about the store.
        write_item(Sign.ERROR, file, f": {_('not stored')}")
        write_error(outcome)
    elif outcome.error is not None:
        write_item(Sign.ERROR, file, f": {_reason(outcome, outcome.error)}")
    elif outcome.unchanged is not None:
        write_item(Sign.SKIPPED, file, f": {_unchanged(outcome.unchanged)}{_remarks(outcome)}")
    elif outcome.profile is not None:
        write_item(Sign.GOOD, file, f": {outcome.profile.name}{_remarks(outcome)}")
    elif outcome.newer:
        write_item(Sign.SKIPPED, file, f": {_superseded(outcome)}")
    else:
        write_item(Sign.ERROR, file, f": {outcome.inspection.findings[0].message}")


def write_pointers(outcomes: Iterable[Outcome]) -> None:
    """Write once, after the lines about several files, which command shows what they leave out."""
    left = [outcome for outcome in outcomes if not outcome.deleted]
    if any(not outcome.inspection.ok for outcome in left):
        words(_("“ionapi-tui check FILE” shows how to correct a file."))
    if any(outcome.newer for outcome in left):
        words(_("“ionapi-tui import FILE --name NAME” imports a file that was skipped."))
    if any(outcome.profile is not None and _warnings(outcome) for outcome in left):
        words(_("“ionapi-tui check FILE” shows the warnings about a file."))


def write_entry(outcome: Outcome) -> None:
    """Write one line about one profile of a bundle: names of what was stored are data, the rest is words."""
    if outcome.profile is not None:
        data(outcome.profile.name)
    elif outcome.error is None:
        words(outcome.inspection.findings[0].message)
    write_error(outcome)


def write_error(outcome: Outcome) -> None:
    """Write to stderr why the file was not stored, or not deleted, though it is good."""
    if outcome.error is not None:
        words(_("Error: {what}").format(what=_reason(outcome, outcome.error)))


def write_beside_json(outcomes: Iterable[Outcome]) -> None:
    """Write to stderr what is wrong with ``outcomes``, and what JSON has no place for; each sentence once."""
    sentences = [sentence for outcome in outcomes for sentence in _beside_json(outcome)]
    for sentence in dict.fromkeys(sentences):
        words(sentence)


def _beside_json(outcome: Outcome) -> Iterator[str]:
    if outcome.error is not None:
        yield _("Error: {what}").format(what=_reason(outcome, outcome.error))
    if outcome.unchanged is not None:
        yield f"{_name(outcome)}: {_unchanged(outcome.unchanged)}"
    if outcome.kept:
        yield outcome.kept
    if outcome.newer:
        yield f"{_name(outcome)}: {_superseded(outcome)}"


def document_of(outcome: Outcome, verified: Mapping[str, Verified]) -> dict[str, Any]:
    """Return the documented JSON of ``outcome``, with its verification when there was one."""
    one = verified.get(outcome.profile.name) if outcome.profile else None
    document = {
        "ok": outcome.exit_code == 0 and (one is None or one.exit_code == 0),
        "file": outcome.file,
        "profile": outcome.profile and outcome.profile.as_json(),
        "deleted": outcome.deleted,
        "error": _reason(outcome, outcome.error) if outcome.error else None,
        "findings": [finding.as_json() for finding in outcome.inspection.findings],
    }
    if one is not None:
        document["verification"] = {name: value for name, value in one.as_json().items() if name != "name"}
    return document


def _reason(outcome: Outcome, error: IonApiError) -> str:
    """Return the sentence about ``error``, with the option that helps."""
    if isinstance(error, NotDeleted) and not error.secrets_gone:
        sentence = _("The credentials are stored, but the file {file} could not be deleted: {why}.")
        return sentence.format(file=safe(outcome.file), why=error.why)
    if not isinstance(error, NameTaken):
        return str(error)
    if error.same_app:
        sentence = _("This app is already stored as {name}. Add --replace to replace its credentials.")
    else:
        sentence = _(
            "There is already a profile {name}, of another app. Choose another --name, or add --replace to replace "
            "its credentials."
        )
    return sentence.format(name=safe(error.name, 60))


def _unchanged(profile: Profile) -> str:
    return _("already stored as {name}, unchanged").format(name=profile.name)


def _remarks(outcome: Outcome) -> str:
    """Return in brackets what else there is to say of a file that is stored; empty if there is nothing."""
    warnings = _warnings(outcome)
    remarks = [
        _("file deleted") if outcome.deleted else "",
        n_("{n} warning", "{n} warnings", warnings) if warnings else "",
    ]
    said = ", ".join(filter(None, remarks))
    return f" ({said})" if said else ""


def _warnings(outcome: Outcome) -> int:
    return sum(finding.severity is Severity.WARNING for finding in outcome.inspection.findings)


def _superseded(outcome: Outcome) -> str:
    return _("skipped: {file} is of the same app, and newer").format(file=safe(outcome.newer, 60))


def _name(outcome: Outcome) -> str:
    return safe(Path(outcome.file).name, 60)


def _limits_of_deleting() -> str:
    return _(
        "That does not reach copies in backups, in synced folders (OneDrive, Dropbox and the like), in the recycle "
        "bin if it was there before, under other names, or in mails. On the disk itself its content may stay until it "
        "is overwritten. If others may have one, disable the service account in Infor and download new credentials."
    )
