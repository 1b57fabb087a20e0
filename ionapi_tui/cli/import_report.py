"""What became of imported files, for people."""

from __future__ import annotations

import sys
from pathlib import Path

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.findings import marked, write_findings
from ionapi_tui.cli.import_one import Outcome
from ionapi_tui.cli.output import data, words
from ionapi_tui.domain.findings import Severity


def write_whole(outcome: Outcome) -> None:
    """Write everything about the one file of a command; only the name of the profile is data."""
    write_findings(outcome.inspection.findings, sys.stderr)
    profile = outcome.profile
    if profile is not None:
        data(profile.name)
        stored = _("Stored as {name} (tenant {tenant}, app {app}). The secrets are in {store}; they were read back.")
        words(
            stored.format(
                name=profile.name,
                tenant=safe(profile.tenant, 40),
                app=safe(profile.app, 60),
                store=safe(outcome.store_label),
            )
        )
    elif outcome.error is None:
        words(_("Nothing was stored."))
    if outcome.error is not None:
        words(_("Error: {what}").format(what=outcome.error))
    if outcome.deleted:
        words(_("{file} is deleted.").format(file=safe(outcome.file)) + " " + limits_of_deleting())


def write_line(outcome: Outcome) -> None:
    """Write one line about one file of several."""
    file = safe(Path(outcome.file).name, 60)
    if outcome.error is not None:
        data(f"{marked(Severity.ERROR, file, sys.stdout)}: {outcome.error}")
    elif outcome.profile is not None:
        deleted = f" ({_('file deleted')})" if outcome.deleted else ""
        data(f"{_good(file)}: {outcome.profile.name}{deleted}")
    else:
        data(f"{marked(Severity.ERROR, file, sys.stdout)}: {outcome.inspection.findings[0].message}")


def limits_of_deleting() -> str:
    """Return what deleting a file does not do, in the language in use."""
    return _(
        "That does not reach copies: in backups, in synced folders (OneDrive, Dropbox and the like), in the recycle "
        "bin if it was there before, under other names, or in mails. On the disk itself its content may stay until it "
        "is overwritten. If others may have one, disable the service account in Infor and download new credentials."
    )


def _good(text: str) -> str:
    return marked(None, text, sys.stdout)
