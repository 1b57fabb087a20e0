"""``ionapi-tui exec``: a program that finds a token, and on request the secrets, without a file on disk."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _, inherited_environment
from ionapi_tui.base.text import safe
from ionapi_tui.cli import child
from ionapi_tui.cli.output import words
from ionapi_tui.cli.root import build_services, file_options, name_argument, store_timeout_option
from ionapi_tui.cli.token import postpone_rarely_used
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import propose_name
from ionapi_tui.usecases.services import Services


@click.command(
    "exec",
    help=_(
        "Run COMMAND with IONAPI_TOKEN, IONAPI_EXPIRES_AT, IONAPI_BASE_URL and IONAPI_TENANT of the profile NAME in "
        "its environment, for example:\n\n"
        "\b\n"
        "  ionapi-tui exec acme-tst -- python report.py\n\n"
        "Signals and its exit code pass through. The token is not renewed while it runs; programs that run for hours "
        "should call “ionapi-tui token” again, or use the Python library. Do not let COMMAND write the token into a "
        "log: a token of Infor's cloud contains the access key of the service account, which is half of "
        "what it signs in with.\n\n"
        "With --file the credentials of a file are used instead of a profile, and the token is revoked when COMMAND "
        "ends; IONAPI_PROFILE is not set then:\n\n"
        "\b\n"
        "  ionapi-tui exec --file env:IONAPI_JSON -- python report.py\n"
        "  ionapi-tui exec acme-tst --file-variable IONAPI_PATH -- npx infor-cloudsuite-mcp"
    ),
)
@name_argument(required=False)
@file_options
@click.option(
    "--with-secrets",
    is_flag=True,
    help=_(
        "Add the secrets that do not expire, for a program that signs in on its own: IONAPI_CLIENT_ID, "
        "IONAPI_CLIENT_SECRET, IONAPI_ACCESS_KEY, IONAPI_SECRET_KEY, IONAPI_TOKEN_URL, IONAPI_REVOKE_URL, "
        "IONAPI_SCOPES."
    ),
)
@click.option(
    "--with-file",
    is_flag=True,
    help=_(
        "Write the .ionapi file while COMMAND runs, in memory if the system supports it, and set IONAPI_FILE "
        "to its path; an argument {} is replaced by the path."
    ),
)
@click.option(
    "--file-variable",
    "file_variables",
    multiple=True,
    metavar="NAME",
    help=_(
        "Also set this variable to the path of the file, such as IONAPI_PATH or another that COMMAND reads; "
        "implies --with-file."
    ),
)
@store_timeout_option
@click.argument("command_line", metavar=_("-- COMMAND..."), nargs=-1, type=click.UNPROCESSED)
def command(
    name: str | None,
    file: str | None,
    hosts: tuple[str, ...],
    with_secrets: bool,
    with_file: bool,
    file_variables: tuple[str, ...],
    store_timeout: float,
    command_line: tuple[str, ...],
) -> int | None:
    """Carry out ``exec``."""
    if file is not None and name is not None:
        # There is no name; what looks like one is the program.
        command_line, name = (name, *command_line), None
    if not command_line and (file is not None or name is not None):
        sentence = _("The command is missing. Add -- and the command to run: “ionapi-tui exec {name} -- COMMAND”.")
        raise UsageError(sentence.format(name=safe(name, 60) if name is not None else f"--file {safe(file, 200)}"))
    if not command_line:
        raise UsageError(
            _("Name a profile (or --file FILE) and a command, for example “ionapi-tui exec acme-tst -- COMMAND”.")
        )
    for variable in file_variables:
        _check_variable(variable)
    child.refuse_nesting(name, os.environ)
    # Before anything is asked of the store or of Infor.
    program = child.found(command_line[0], os.environ)
    postpone_rarely_used()
    services = build_services(store_timeout)
    environ = child.without_inherited(inherited_environment())
    wishes = Wishes(program, command_line, with_secrets, with_file or bool(file_variables), file_variables)
    if hosts or name is None:
        return _run_unstored(services, file, hosts, environ, wishes)
    environ |= child.environment_of_access(name, services.access(name))
    if not (with_secrets or wishes.with_file):
        return _run_in_place(program, command_line, environ)
    credentials = services.profiles.credentials(name)
    if wishes.with_file:
        return child.end_like(_run(wishes, environ, credentials))
    return _run_in_place(program, command_line, environ | child.environment_of_credentials(credentials))


class Wishes(NamedTuple):
    """What is to be run, and what it finds."""

    program: str
    command_line: tuple[str, ...]
    with_secrets: bool
    with_file: bool
    file_variables: tuple[str, ...]


def _check_variable(name: str) -> None:
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is None:
        raise UsageError(_("{name} is not a name for an environment variable.").format(name=safe(name, 40)))


def _run_unstored(
    services: Services, file: str | None, hosts: Sequence[str], environ: dict[str, str], wishes: Wishes
) -> int:
    """Run the program with the credentials of a file, which are not stored, and revoke the token at its end."""
    from ionapi_tui.cli.sources import refuse_hosts, usable, variable_of
    from ionapi_tui.usecases import unstored

    refuse_hosts(file, hosts)
    inspection = usable(str(file), services)
    profile = unstored.profile_of(inspection, hosts)
    assert inspection.credentials is not None
    # The program gets the token, and the secrets only on request.
    environ.pop(variable_of(str(file)), None)
    with unstored.revoked_at_the_end(unstored.source_of(inspection, profile, services.network)) as source:
        found = environ | child.environment_of_access(None, unstored.access_of(source, profile))
        code = _run(wishes, found, inspection.credentials)
    return child.end_like(code)


def _run(wishes: Wishes, environ: dict[str, str], credentials: Credentials) -> int:
    """Run the program to its end, and return its exit code as ``child.run`` does."""
    if wishes.with_secrets:
        environ = environ | child.environment_of_credentials(credentials)
    if wishes.with_file:
        return _run_with_file(wishes, environ, credentials)
    return child.run(wishes.program, wishes.command_line, environ)


def _run_in_place(program: str, command_line: tuple[str, ...], environ: dict[str, str]) -> int:
    if os.name == "posix":
        child.become(program, command_line, environ)
    return child.run(program, command_line, environ)


def _run_with_file(wishes: Wishes, environ: dict[str, str], credentials: Credentials) -> int:
    from ionapi_tui.files.private_file import secret_file, secret_folder

    where = secret_folder(os.environ)
    if not where.in_memory:
        sentence = _("This system has no private memory for files: the .ionapi file is in {folder} until the end.")
        words(sentence.format(folder=safe(where.folder)))
    name = environ.get(child.PROFILE) or propose_name(credentials.tenant, credentials.app_name, ())
    with secret_file(where, f"{name}.ionapi", credentials.to_document()) as file:
        arguments = [str(file) if word == "{}" else word for word in wishes.command_line]
        named = dict.fromkeys(("IONAPI_FILE", *wishes.file_variables), str(file))
        return child.run(wishes.program, arguments, environ | named)
