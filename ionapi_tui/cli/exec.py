"""``ionapi-tui exec``: a program that finds a token, and on request the secrets, without a file on disk."""

from __future__ import annotations

import os

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli import child
from ionapi_tui.cli.output import words
from ionapi_tui.cli.root import build_services, name_argument, store_timeout_option
from ionapi_tui.cli.token import postpone_rarely_used
from ionapi_tui.domain.credentials import Credentials


@click.command(
    "exec",
    help=_(
        "Run COMMAND with IONAPI_TOKEN, IONAPI_EXPIRES_AT, IONAPI_BASE_URL and IONAPI_TENANT of the profile NAME in "
        "its environment, as in\n\n"
        "\b\n"
        "  ionapi-tui exec acme-tst -- python report.py\n\n"
        "Signals and its exit code pass through. The token is not renewed while it runs; what runs for hours should "
        "call “ionapi-tui token” again, or use the Python library."
    ),
)
@name_argument()
@click.option(
    "--with-secrets",
    is_flag=True,
    help=_(
        "Add the secrets that do not expire, for a program that logs in itself: IONAPI_CLIENT_ID, "
        "IONAPI_CLIENT_SECRET, IONAPI_ACCESS_KEY, IONAPI_SECRET_KEY, IONAPI_TOKEN_URL, IONAPI_REVOKE_URL, "
        "IONAPI_SCOPES."
    ),
)
@click.option(
    "--with-file",
    is_flag=True,
    help=_(
        "Write the .ionapi file for as long as COMMAND runs, in memory where the system can, and name it in "
        "IONAPI_FILE; an argument {} is replaced by its name."
    ),
)
@store_timeout_option
@click.argument("command_line", metavar="-- COMMAND...", nargs=-1, required=True, type=click.UNPROCESSED)
def command(
    name: str, with_secrets: bool, with_file: bool, store_timeout: float, command_line: tuple[str, ...]
) -> int | None:
    """Carry out ``exec``."""
    child.refuse_nesting(name, os.environ)
    # Before anything is asked of the store or of Infor.
    program = child.found(command_line[0], os.environ)
    postpone_rarely_used()
    services = build_services(store_timeout)
    environ = child.without_inherited(os.environ)
    environ |= child.environment_of_access(name, services.access(name))
    if not (with_secrets or with_file):
        return _run_in_place(program, command_line, environ)
    credentials = services.profiles.credentials(name)
    if with_secrets:
        environ |= child.environment_of_credentials(credentials)
    if with_file:
        return child.end_like(_run_with_file(program, command_line, environ, credentials))
    return _run_in_place(program, command_line, environ)


def _run_in_place(program: str, command_line: tuple[str, ...], environ: dict[str, str]) -> int:
    if os.name == "posix":
        child.become(program, command_line, environ)
    return child.run(program, command_line, environ)


def _run_with_file(
    program: str, command_line: tuple[str, ...], environ: dict[str, str], credentials: Credentials
) -> int:
    from ionapi_tui.files.private_file import secret_file, secret_folder

    where = secret_folder(os.environ)
    if not where.in_memory:
        sentence = _("This system has no private memory for files: the .ionapi file is in {folder} until the end.")
        words(sentence.format(folder=safe(where.folder)))
    with secret_file(where, f"{environ[child.PROFILE]}.ionapi", credentials.to_document()) as file:
        arguments = [str(file) if word == "{}" else word for word in command_line]
        return child.run(program, arguments, environ | {"IONAPI_FILE": str(file)})
