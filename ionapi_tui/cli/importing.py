"""``ionapi-tui import``: inspect a file, or every file of a folder, and store the credentials."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ionapi_tui.base.errors import StoreError, UnusableFile, UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.import_one import Outcome, Wishes, import_one
from ionapi_tui.cli.import_report import write_line, write_whole
from ionapi_tui.cli.import_verify import document_of, verify_imported
from ionapi_tui.cli.options import build_services, recover, store_timeout_option, trust_host_option
from ionapi_tui.cli.output import as_json, words
from ionapi_tui.cli.sources import STANDARD_INPUT, refuse_content
from ionapi_tui.usecases.backup import is_bundle
from ionapi_tui.usecases.services import Services


@click.command(
    "import",
    help=_(
        "Inspect FILE (- for standard input) and store its credentials; of a folder, those of every .ionapi file in "
        "it; of a bundle that “export --all” wrote, all its profiles. The secrets are read back and compared. "
        "Nothing is sent without --verify."
    ),
)
@click.argument("file")
@click.option("--name", metavar="NAME", help=_("The name of the profile; else one is made of the tenant's."))
@click.option("--replace", is_flag=True, help=_("Put the credentials in place of those the profile has."))
@click.option("--delete-file", is_flag=True, help=_("Delete the file once its secrets are stored."))
@click.option(
    "--verify", is_flag=True, help=_("Then prove live that the credentials work, as the command verify does.")
)
@trust_host_option
@store_timeout_option
@click.option("--identity", type=click.Path(path_type=Path), metavar="FILE", help=_("The private key of a bundle."))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("A file whose first line is the passphrase of a bundle; else you are asked."),
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: ok, file, profile, deleted, error, findings."))
def command(
    file: str,
    name: str | None,
    replace: bool,
    delete_file: bool,
    verify: bool,
    hosts: tuple[str, ...],
    store_timeout: float,
    identity: Path | None,
    passphrase_file: Path | None,
    json_wanted: bool,
) -> int:
    """Carry out ``import``."""
    refuse_content(file)
    if hosts and not verify:
        raise UsageError(_("--trust-host says where --verify may send secrets. Add --verify."))
    wishes = Wishes(name, replace, delete_file)
    services = build_services(store_timeout)
    is_folder = file != STANDARD_INPUT and os.path.isdir(file)  # noqa: PTH112 - Path raises on names that are too long
    several = is_folder or (file != STANDARD_INPUT and is_bundle(Path(file)))
    if is_folder:
        outcomes, code = _import_folder(services, Path(file), wishes, json_wanted)
    elif several:
        from ionapi_tui.cli.bundle import import_bundle, write_bundle_report

        outcomes, code = import_bundle(services, Path(file), wishes, identity, passphrase_file)
        if not json_wanted:
            write_bundle_report(outcomes)
    else:
        outcomes, code = _import_file(services, file, wishes, json_wanted)
    verified = verify_imported(services, outcomes, hosts, quiet=json_wanted) if verify else {}
    if json_wanted:
        documents = [document_of(outcome, verified) for outcome in outcomes]
        as_json(documents if several else documents[0])
        _tell_errors(outcomes)
    return code or max((one.exit_code for one in verified.values()), default=0)


def _import_file(services: Services, file: str, wishes: Wishes, json_wanted: bool) -> tuple[list[Outcome], int]:
    if file == STANDARD_INPUT and wishes.delete_file:
        raise UsageError(_("Standard input cannot be deleted. Leave out --delete-file, or name the file."))
    recover(services)
    outcome = import_one(services, file, wishes)
    if not json_wanted:
        write_whole(outcome)
    return [outcome], outcome.exit_code


def _import_folder(services: Services, folder: Path, wishes: Wishes, json_wanted: bool) -> tuple[list[Outcome], int]:
    if wishes.name is not None:
        raise UsageError(_("One name cannot be given to several profiles. Leave out --name, or name one file."))
    files = _files(folder)
    recover(services)
    outcomes = []
    for file in files:
        outcome = import_one(services, str(file), wishes)
        outcomes.append(outcome)
        if not json_wanted:
            write_line(outcome)
        if isinstance(outcome.error, StoreError):
            # The next file would fail in the same way, perhaps after the same long wait.
            break
    if not json_wanted and any(not outcome.inspection.ok for outcome in outcomes):
        words(_("“ionapi-tui check FILE” says how to mend a file."))
    untried = len(files) - len(outcomes)
    if untried:
        words(n_("{n} more file was not tried.", "{n} more files were not tried.", untried))
    codes = {outcome.exit_code for outcome in outcomes}
    return outcomes, next(
        (code for code in (StoreError.exit_code, UnusableFile.exit_code) if code in codes), max(codes)
    )


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".ionapi")
    except OSError as error:
        sentence = _("The folder {folder} cannot be read: {why}.")
        told = sentence.format(folder=safe(folder), why=safe(error.strerror or error))
        raise UnusableFile(told) from error
    if not files:
        raise UnusableFile(_("There is no .ionapi file in {folder}.").format(folder=safe(folder)))
    return files


def _tell_errors(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.error is not None:
            words(_("Error: {what}").format(what=outcome.error))
