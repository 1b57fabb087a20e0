"""``import`` of what ``export --all`` wrote: all profiles in one encrypted file."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace
from pathlib import Path

from ionapi_tui.base.errors import IonApiError, ProfileError, StoreError, UnusableFile, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.cli.root import recover
from ionapi_tui.usecases import backup
from ionapi_tui.usecases.importing import Outcome, Wishes, import_file
from ionapi_tui.usecases.services import Services


def import_bundle(
    services: Services, file: Path, wishes: Wishes, identity: Path | None, passphrase_file: Path | None
) -> list[Outcome]:
    """Store every profile of a bundle; each is inspected like a file, and its secrets are read back.

    Raises:
        UsageError: what was wished for does not fit a bundle.
        UnusableFile: it cannot be opened.
    """
    if wishes.name is not None:
        raise UsageError(_("The profiles of a bundle have their names. Leave out --name."))
    entries = _opened(backup.read(file), identity, passphrase_file)
    recover(services)
    return [_import_entry(services, file, entry, wishes) for entry in entries]


def _import_entry(services: Services, file: Path, entry: backup.Entry, wishes: Wishes) -> Outcome:
    inspection = entry.inspected()
    try:
        outcome = import_file(services.profiles, str(file), inspection, Wishes(entry.name, wishes.replace))
        if outcome.stored is None or not entry.trusted_hosts:
            return outcome
        trusted = services.profiles.trust(outcome.stored.profile.name, entry.trusted_hosts)
        return replace(outcome, stored=replace(outcome.stored, profile=trusted))
    except (ProfileError, StoreError, UsageError) as error:
        return Outcome(str(file), inspection, error=error)


def _opened(content: bytes, identity: Path | None, passphrase_file: Path | None) -> tuple[backup.Entry, ...]:
    from ionapi_tui.secret_stores.vault.passphrases import from_file

    if not backup.needs_passphrase(content):
        if identity is None:
            raise UsageError(_("This bundle is for a key. Add --identity FILE, the file with the private key."))
        try:
            keys = Secret(identity.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise UnusableFile(_("The key file {file} cannot be read.").format(file=safe(identity))) from None
        return backup.open_with_identities(content, keys)
    if passphrase_file is not None:
        return backup.open_with_passphrase(content, from_file(passphrase_file, str(passphrase_file)))
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(_("Without a terminal nobody can be asked for the passphrase. Add --passphrase-file FILE."))
    try:
        return backup.open_with_passphrase(content, Secret(getpass.getpass(_("Passphrase of the bundle: "))))
    except EOFError:
        raise IonApiError(_("No passphrase was entered.")) from None
