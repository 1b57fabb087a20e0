"""``ionapi-tui import``: inspect a file, or every file of a folder, and store the credentials."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_tui.base.errors import UnusableFile, UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.import_report import (
    document_of,
    write_beside_json,
    write_deletions,
    write_entry,
    write_line,
    write_pointers,
    write_whole,
)
from ionapi_tui.cli.output import as_json, words
from ionapi_tui.cli.root import build_services, exit_code_of, recover, store_timeout_option, trust_host_option
from ionapi_tui.cli.sources import STANDARD_INPUT, VARIABLE, inspected, refuse_content, source_completion
from ionapi_tui.usecases.backup import is_bundle
from ionapi_tui.usecases.importing import Outcome, Wishes, delete_imported, import_file, import_folder, plan_folder
from ionapi_tui.usecases.services import Services

if TYPE_CHECKING:
    from ionapi_tui.domain.findings import Finding
    from ionapi_tui.usecases.verifying import Verified


@click.command(
    "import",
    help=_(
        "Inspect FILE (- for standard input) and store its credentials. From a folder, every .ionapi file in it is "
        "imported; from a bundle that “export --all” wrote, all its profiles. The secrets are read back and "
        "compared. Nothing is sent without --verify."
    ),
)
@click.argument("file", metavar=_("FILE"), shell_complete=source_completion)
@click.option("--name", metavar="NAME", help=_("The name of the profile; by default, it is derived from the tenant."))
@click.option("--replace", is_flag=True, help=_("Replace the credentials of the profile; the old ones are not kept."))
@click.option(
    "--delete-file",
    is_flag=True,
    help=_("Delete the file once its secrets are stored; with --verify, once the credentials are verified."),
)
@click.option("--verify", is_flag=True, help=_("Then verify the credentials against Infor, like the command verify."))
@trust_host_option
@store_timeout_option
@click.option("--identity", type=click.Path(path_type=Path), metavar=_("FILE"), help=_("The private key of a bundle."))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("A file whose first line is the passphrase of a bundle; otherwise you are asked."),
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
    wishes = Wishes(name, replace, delete_file, verify)
    services = build_services(store_timeout)
    is_folder = file != STANDARD_INPUT and os.path.isdir(file)  # noqa: PTH112 - Path raises on names that are too long
    several = is_folder or (file != STANDARD_INPUT and is_bundle(Path(file)))
    if hosts and not verify and (is_folder or not several):
        raise UsageError(_("--trust-host says where --verify may send secrets. Add --verify."))
    if is_folder:
        outcomes = _import_folder(services, Path(file), wishes, json_wanted)
    elif several:
        from ionapi_tui.cli.bundle import import_bundle

        outcomes = import_bundle(services, Path(file), wishes, hosts, identity, passphrase_file, verify=verify)
        for outcome in () if json_wanted else outcomes:
            write_entry(outcome)
    else:
        outcomes = [_import_file(services, file, wishes)]
        if not json_wanted:
            write_whole(outcomes[0])
    # Of several files only counts were said.
    told = [] if several else [finding for outcome in outcomes for finding in outcome.inspection.findings]
    verified = _verified(services, outcomes, hosts, told, quiet=json_wanted) if verify else {}
    if delete_file and (verify or (several and not is_folder)):
        working = {name for name, one in verified.items() if one.ok}
        outcomes = delete_imported(outcomes, working if verify else None)
        if not json_wanted:
            write_deletions(outcomes)
    code = exit_code_of(outcome.exit_code for outcome in outcomes)
    if json_wanted:
        documents = [document_of(outcome, verified) for outcome in outcomes]
        as_json(documents if several else documents[0])
        write_beside_json(outcomes)
    return code or max((one.exit_code for one in verified.values()), default=0)


def _import_file(services: Services, file: str, wishes: Wishes) -> Outcome:
    if file == STANDARD_INPUT and wishes.delete_file:
        raise UsageError(_("Standard input cannot be deleted. Leave out --delete-file, or name the file."))
    if file.startswith(VARIABLE) and wishes.delete_file:
        raise UsageError(
            _(
                "--delete-file needs the name of a file; an environment variable cannot be deleted. "
                "Leave out --delete-file."
            )
        )
    recover(services)
    return import_file(services.profiles, file, inspected(file, services), wishes)


def _import_folder(services: Services, folder: Path, wishes: Wishes, json_wanted: bool) -> list[Outcome]:
    if wishes.name is not None:
        raise UsageError(_("One name cannot be given to several profiles. Leave out --name, or name one file."))
    recover(services)
    candidates = plan_folder(services, folder)
    if not candidates:
        raise UnusableFile(_("There is no .ionapi file in {folder}.").format(folder=safe(folder)))
    outcomes = []
    for outcome in import_folder(services.profiles, candidates, wishes):
        outcomes.append(outcome)
        if not json_wanted:
            write_line(outcome)
    if not json_wanted:
        write_pointers(outcomes)
    untried = len(candidates) - len(outcomes)
    if untried:
        words(n_("{n} more file was not tried.", "{n} more files were not tried.", untried))
    return outcomes


def _verified(
    services: Services, outcomes: Sequence[Outcome], hosts: Sequence[str], told: Sequence[Finding], *, quiet: bool
) -> dict[str, Verified]:
    """Verify what was stored, and return the outcomes by the names of the profiles; ``told`` is not said again."""
    # The network is imported by those who want it.
    from ionapi_tui.cli.verify import verify_profiles

    stored = [outcome.profile for outcome in outcomes if outcome.profile is not None]
    verified = verify_profiles(services, stored, hosts, told=told, quiet=quiet) if stored else []
    return {one.profile.name: one for one in verified}
