"""``export --all`` and ``import`` of what it wrote: all profiles in one encrypted file."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace
from pathlib import Path

from ionapi_tui.base.errors import IonApiError, ProfileError, StoreError, UnusableFile, UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import raw, words
from ionapi_tui.cli.root import recover
from ionapi_tui.usecases import backup
from ionapi_tui.usecases.importing import Outcome, Wishes, import_file
from ionapi_tui.usecases.services import Services


def export_all(
    services: Services, output: Path | None, recipients: tuple[str, ...], passphrase_file: Path | None
) -> int:
    """Write a bundle of all profiles.

    Raises:
        UsageError: a recipient or a passphrase cannot be used, or the file exists.
        StoreError: a secret cannot be read, or the file cannot be written.
    """
    from ionapi_tui.files.private_file import write_new

    if recipients and passphrase_file:
        raise UsageError(_("A bundle is either for recipients or for a passphrase. Leave one of them out."))
    entries = backup.gather(services.profiles)
    if recipients:
        bundle = backup.seal_for_recipients(entries, recipients)
    else:
        bundle = _sealed_with_passphrase(entries, passphrase_file)
    if output is None:
        raw(bundle)
    else:
        write_new(output, Secret(bundle.decode("ascii")))
        told = n_("{n} profile is in {{file}}.", "{n} profiles are in {{file}}.", len(entries))
        words(told.format(file=safe(output)) + " " + _("“ionapi-tui import” reads it, and age opens it."))
    return 0


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
    entries = _opened(_read(file), identity, passphrase_file)
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


def _sealed_with_passphrase(entries: tuple[backup.Entry, ...], file: Path | None) -> bytes:
    from ionapi_tui.cli.new_passphrase import new_passphrase

    passphrase = new_passphrase(_("the bundle"), file, from_environment=False)
    return backup.seal_with_passphrase(entries, passphrase)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as bundle:
            content = bundle.read(backup.LARGEST + 1)
    except OSError as error:
        sentence = _("The bundle {file} cannot be read: {why}.")
        raise UnusableFile(sentence.format(file=safe(file), why=safe(error.strerror or error))) from error
    if len(content) > backup.LARGEST:
        raise UnusableFile(_("The bundle {file} is too large.").format(file=safe(file)))
    return content


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
