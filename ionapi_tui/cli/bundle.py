"""``import`` of what ``export --all`` wrote: all profiles in one encrypted file."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ionapi_tui.base.errors import IonApiError, ProfileError, StoreError, UnusableFile, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import words
from ionapi_tui.cli.root import recover
from ionapi_tui.usecases import backup
from ionapi_tui.usecases.importing import Comparer, Outcome, Wishes, import_file
from ionapi_tui.usecases.services import Services


def import_bundle(
    services: Services,
    file: Path,
    wishes: Wishes,
    hosts: Sequence[str],
    identity: Path | None,
    passphrase_file: Path | None,
    *,
    verify: bool,
) -> list[Outcome]:
    """Store every profile of a bundle; each is inspected like a file, and its secrets are read back.

    Args:
        services: what the command works with.
        file: the bundle.
        wishes: how it is imported.
        hosts: the hosts that the user confirms; those that the bundle names as confirmed are named, and no more.
        identity: the file with the private key, if the bundle is for one.
        passphrase_file: a file whose first line is the passphrase.
        verify: whether the profiles are verified afterwards, which looks at the hosts of their addresses, too.

    Raises:
        UsageError: what was wished for does not fit the bundle; nothing is stored.
        UnusableFile: it cannot be opened.
    """
    if wishes.name is not None:
        raise UsageError(_("The profiles of a bundle have their names. Leave out --name."))
    entries = _opened(backup.read(file), identity, passphrase_file)
    confirmed = frozenset(host.lower() for host in hosts)
    if not verify and not confirmed <= backup.hosts_in(entries):
        unknown = ", ".join(sorted(confirmed - backup.hosts_in(entries)))
        raise UsageError(_("The bundle does not name the host {host} as confirmed.").format(host=safe(unknown, 200)))
    recover(services)
    comparer = Comparer(services.profiles)
    outcomes = [_import_entry(services, file, entry, wishes, confirmed, comparer) for entry in entries]
    left = sorted(backup.hosts_in(entries) - confirmed)
    if left:
        sentence = _(
            "These hosts were confirmed where the bundle was created, and are not confirmed here: {hosts}. Nothing "
            "is sent to them. If you know them, add --trust-host HOST here or to “ionapi-tui verify”."
        )
        words(sentence.format(hosts=safe(", ".join(left), 300)))
    return outcomes


def _import_entry(
    services: Services,
    file: Path,
    entry: backup.Entry,
    wishes: Wishes,
    confirmed: frozenset[str],
    comparer: Comparer,
) -> Outcome:
    inspection = entry.inspected()
    try:
        one = Wishes(entry.name, wishes.replace)
        outcome = import_file(services.profiles, str(file), inspection, one, comparer=comparer)
        if outcome.stored is None:
            return outcome
        profile = outcome.stored.profile
        own = backup.hosts_in([entry]) & confirmed
        if own:
            profile = services.profiles.trust(profile.name, tuple(sorted(own)))
        if entry.export_target:
            (profile,) = services.profiles.set_export_target([profile.name], entry.export_target)
        if entry.notes:
            profile = services.profiles.set_notes(profile.name, entry.notes)
        return replace(outcome, stored=replace(outcome.stored, profile=profile))
    except (ProfileError, StoreError, UsageError) as error:
        return Outcome(str(file), inspection, error=error)


def _opened(content: bytes, identity: Path | None, passphrase_file: Path | None) -> tuple[backup.Entry, ...]:
    from ionapi_tui.secret_stores.vault.passphrases import from_file

    if not backup.needs_passphrase(content):
        if identity is None:
            raise UsageError(_("This bundle needs a private key. Add --identity FILE, the file with the private key."))
        try:
            keys = Secret(identity.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise UnusableFile(_("The key file {file} cannot be read.").format(file=safe(identity))) from None
        return backup.open_with_identities(content, keys)
    if passphrase_file is not None:
        return backup.open_with_passphrase(content, from_file(passphrase_file, str(passphrase_file)))
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(_("Cannot ask for the passphrase without a terminal. Use --passphrase-file FILE."))
    try:
        return backup.open_with_passphrase(content, Secret(getpass.getpass(_("Passphrase of the bundle: "))))
    except EOFError:
        raise IonApiError(_("No passphrase was entered.")) from None
