"""``ionapi-tui export``: write the secrets of a profile for another program, or all profiles encrypted."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.asking import is_confirmed
from ionapi_tui.cli.output import raw, words
from ionapi_tui.cli.root import build_services, name_argument, store_timeout_option
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases.services import Services


@click.command(
    "export",
    help=_(
        "Write the secrets of the profile NAME in plain text, for a program that cannot ask ionapi-tui for a token. "
        "Prefer “ionapi-tui exec” and “ionapi-tui token”, which leave no file behind."
    ),
)
@name_argument(required=False)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(tuple(FORMATS)),
    help=_("The format to write; by default {default}.").format(default=next(iter(FORMATS))),
)
@click.option("--all", "all_wanted", is_flag=True, help=_("Write all profiles, encrypted for age, to one file."))
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar=_("KEY"),
    help=_("With --all: a public key (age1… or ssh-ed25519 …) that can open it, instead of a passphrase."),
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("With --all: a file whose first line is the passphrase; otherwise you are asked."),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("A new file that only you can read; by default, standard output."),
)
@click.option("--confirm", metavar="NAME", help=_("Repeat NAME to confirm; required for production tenants."))
@click.option("--show", is_flag=True, help=_("Also write the secrets to a terminal, where others can read them."))
@store_timeout_option
def command(
    name: str | None,
    format_name: str | None,
    all_wanted: bool,
    recipients: tuple[str, ...],
    passphrase_file: Path | None,
    output: Path | None,
    confirm: str | None,
    show: bool,
    store_timeout: float,
) -> int:
    """Carry out ``export``."""
    if all_wanted:
        if name or format_name:
            raise UsageError(_("--all writes every profile in its own format. Leave out the name and --format."))
        return _export_all(build_services(store_timeout), output, recipients, passphrase_file)
    if recipients or passphrase_file:
        raise UsageError(_("Only what --all writes is encrypted. Add --all, or leave the keys and passphrases out."))
    if name is None:
        raise UsageError(_("Name a profile, or write all of them with --all."))
    format_name = format_name or next(iter(FORMATS))
    if output is None and sys.stdout.isatty() and not show:
        raise UsageError(
            _("Secrets on the screen can be read by others and stay in the scrollback. Add --output FILE, or --show.")
        )
    profiles = build_services(store_timeout).profiles
    if not _is_wanted(profiles.profile(name), confirm):
        words(_("Nothing was exported."))
        return 1
    from ionapi_tui.usecases import exporting

    if output is None:
        raw(exporting.export(profiles, name, format_name).reveal().encode())
        return 0
    exported = exporting.export_to_file(profiles, name, format_name, output)
    for sentence in (exported.message, *exported.warnings):
        words(sentence)
    return 0


def _is_wanted(profile: Profile, confirm: str | None) -> bool:
    if not profile.is_production and confirm is None:
        return True
    question = _("{name} belongs to the production tenant {tenant}. Write its secrets in plain text?")
    return is_confirmed(profile, confirm, question.format(name=profile.name, tenant=safe(profile.tenant, 40)))


def _export_all(services: Services, output: Path | None, recipients: tuple[str, ...], file: Path | None) -> int:
    from ionapi_tui.cli.asking import new_passphrase
    from ionapi_tui.usecases import backup

    if recipients and file:
        raise UsageError(_("A bundle is either for recipients or for a passphrase. Leave one of them out."))
    entries = backup.gather(services.profiles)
    key = recipients or new_passphrase(_("the bundle"), file, from_environment=False)
    bundle = backup.seal(entries, key)
    if output is None:
        raw(bundle)
        return 0
    backup.write(bundle, output)
    message = n_("{n} profile is in {{file}}.", "{n} profiles are in {{file}}.", len(entries))
    words(message.format(file=safe(output)) + " " + _("“ionapi-tui import” reads it, and age opens it."))
    return 0
