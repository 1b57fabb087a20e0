"""``ionapi-tui api``: a signed request to the APIs of a tenant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import data, raw, words
from ionapi_tui.cli.root import Seconds, build_services, file_options, name_argument, store_timeout_option
from ionapi_tui.cli.sources import STANDARD_INPUT, source_completion

if TYPE_CHECKING:
    from ionapi_tui.domain.api_request import ApiRequest
    from ionapi_tui.usecases.requesting import Answer
    from ionapi_tui.usecases.services import Services

_METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_SECONDS: Final = 60.0

FAILED: Final = 1
"""The exit code after an error status or a redirect."""
NOT_REACHED: Final = 6
REJECTED: Final = 7


@click.command(
    "api",
    help=_(
        "Send a request with an access token of the profile NAME to the gateway, and write the body of the response "
        "to standard output: indented on a terminal, byte for byte into a pipe. PATH is the part after the tenant, "
        "including the query.\n\n"
        "\b\n"
        "  IDM   ionapi-tui api acme-tst IDM/api/datamodel/entities\n"
        "        ionapi-tui api acme-tst IDM/api/items/search \\\n"
        "          -X GET -f '$query=/MDS_File' -F '$offset=0' -F '$limit=5'\n"
        "  M3    ionapi-tui api acme-tst M3/m3api-rest/v2/execute/MNS150MI/GetUserData\n"
        "        ionapi-tui api acme-tst 'M3/m3api-rest/v2/execute/CRS610MI/LstByNumber?maxrecs=10'\n"
        "  ION   ionapi-tui api acme-tst IONSERVICES/api/ion/messaging/service/ping\n"
        "  User  ionapi-tui api acme-tst ifsservice/usermgt/v2/users/me\n"
        "  POST  ionapi-tui api acme-tst M3/m3api-rest/v2/execute --input request.json\n"
        "  File  ionapi-tui api acme-tst IDM/api/PATH -H 'Accept: */*' --output invoice.pdf\n\n"
        "Exit codes: 1 an error status or a redirect (the body is still written), 2 wrong usage, or a body over 10 "
        "MiB without --output, 3 a --file that cannot be used, 6 no response, or a web page instead of data, 7 the "
        "token was refused.\n\n"
        "With --file the credentials of a file are used instead of a profile, and the token is revoked at the end: "
        "“ionapi-tui api --file env:IONAPI_JSON IDM/api/datamodel/entities”."
    ),
)
@name_argument(required=False)
@click.argument("path", required=False, metavar=_("[PATH]"))
@file_options
@click.option(
    "-X",
    "--method",
    metavar=_("METHOD"),
    shell_complete=lambda _context, _parameter, typed: [name for name in _METHODS if name.startswith(typed.upper())],
    help=_("The method; by default GET, or POST if there is a body."),
)
@click.option("-H", "--header", "headers", multiple=True, metavar=_("'NAME: VALUE'"), help=_("Add a header."))
@click.option(
    "-f",
    "--raw-field",
    "texts",
    multiple=True,
    metavar=_("NAME=VALUE"),
    help=_("Add a field with a string to the JSON body; with -X GET, to the query."),
)
@click.option(
    "-F",
    "--field",
    "typed",
    multiple=True,
    metavar=_("NAME=VALUE"),
    help=_("The same for a number, true, false or null; @FILE stands for the text of a file, @- for standard input."),
)
@click.option(
    "--input",
    "source",
    metavar=_("FILE|-"),
    shell_complete=source_completion,
    help=_("Send this file, or standard input, as the body. It is JSON unless -H names another Content-Type."),
)
@click.option("-i", "--include", is_flag=True, help=_("Write the status and the headers of the response first."))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("If the request succeeds, save the response body to a new file of any size that only you can read."),
)
@click.option(
    "--confirm",
    metavar="NAME",
    help=_("Repeat NAME (with --file, the tenant) to confirm; required to change anything in production."),
)
@click.option(
    "--timeout",
    "seconds",
    type=Seconds(),
    default=f"{_SECONDS:g}",
    show_default=True,
    metavar=_("SECONDS"),
    help=_("How long the response may take; with --output, the time without any progress."),
)
@store_timeout_option
def command(
    name: str | None,
    path: str | None,
    file: str | None,
    hosts: tuple[str, ...],
    method: str | None,
    headers: tuple[str, ...],
    texts: tuple[str, ...],
    typed: tuple[str, ...],
    source: str | None,
    include: bool,
    output: Path | None,
    confirm: str | None,
    seconds: float,
    store_timeout: float,
) -> int:
    """Carry out ``api``."""
    from ionapi_tui.cli.api_fields import request_of
    from ionapi_tui.cli.sources import refuse_hosts
    from ionapi_tui.usecases import requesting

    refuse_hosts(file, hosts)
    if file is not None:
        # The only argument is the path then.
        name, path = path, name
        if name is not None:
            raise UsageError(_("Name a profile, or a file with --file; not both."))
    if path is None or (file is None and name is None):
        raise UsageError(
            _("Name a profile and a path, for example “ionapi-tui api acme-tst PATH”, or --file FILE and a path.")
        )
    if file == STANDARD_INPUT and (source == STANDARD_INPUT or any(field.endswith("=@-") for field in typed)):
        raise UsageError(_("Standard input can be the file or the body, not both."))
    wanted = request_of(path, method, headers, texts, typed, source)
    services = build_services(store_timeout)
    if name is not None:
        answer = requesting.request(services.connections, name, wanted, confirm=confirm, output=output, seconds=seconds)
    else:
        answer = _answer_to_file(services, str(file), hosts, wanted, confirm=confirm, output=output, seconds=seconds)
    if include:
        _write_head(answer)
    if answer.saved is None:
        _write_body(answer)
    else:
        saved = n_("{n} byte was written to {{file}}.", "{n} bytes were written to {{file}}.", answer.saved)
        words(saved.format(file=safe(output)))
    return _explained(answer)


def _answer_to_file(
    services: Services,
    file: str,
    hosts: Sequence[str],
    wanted: ApiRequest,
    *,
    confirm: str | None,
    output: Path | None,
    seconds: float,
) -> Answer:
    """Send the request with the credentials of a file, which are not stored, and revoke the token."""
    from ionapi_tui.cli.sources import ending_in_order, usable
    from ionapi_tui.usecases import requesting, unstored

    inspection = usable(file, services)
    profile = unstored.profile_of(inspection, hosts)
    source = unstored.source_of(inspection, profile, services.network)
    with ending_in_order(), unstored.revoked_at_the_end(source):
        return requesting.request_with(lambda: source, profile, wanted, confirm=confirm, output=output, seconds=seconds)


def _write_head(answer: Answer) -> None:
    from ionapi_tui.gateway.responses import redacted

    head = answer.head
    lines = [f"{head.version} {head.status} {head.reason}".rstrip()]
    lines += [f"{name}: {value}" for name, value in head.headers]
    if sys.stdout.isatty():
        data("\n".join(safe(redacted(line, answer.secrets), 4096) for line in lines) + "\n")
    else:
        raw("".join(f"{line}\n" for line in [*lines, ""]).encode("latin-1", "replace"))


def _write_body(answer: Answer) -> None:
    from ionapi_tui.cli.api_output import lines_of

    if not sys.stdout.isatty():
        raw(answer.body)
        return
    if not answer.body:
        return
    kind = answer.head.header("Content-Type")
    lines = lines_of(answer.body, kind, answer.secrets)
    if lines is None:
        sentence = _("The response is not text ({kind}, {size} bytes). Save it with --output FILE.")
        words(sentence.format(kind=safe(kind or "?", 60), size=len(answer.body)))
    else:
        data("\n".join(lines))


def _explained(answer: Answer) -> int:
    """Write what is wrong with the response to stderr, and return the exit code."""
    from ionapi_tui.gateway.responses import redacted
    from ionapi_tui.usecases.requesting import Outcome

    head = answer.head
    status = safe(redacted(f"HTTP {head.status} {head.reason}".rstrip(), answer.secrets), 80)
    if answer.outcome is Outcome.DONE:
        return 0
    if answer.outcome is Outcome.NOT_DATA:
        words(
            _(
                "The response is a web page instead of data: from a proxy, a sign-in page, or another address than "
                "that of an API. If you want the page, add -H 'Accept: text/html'."
            )
        )
        return NOT_REACHED
    if answer.outcome is Outcome.REDIRECTED:
        sentence = _("{status}: the response points to another address, {target}. It was not followed.")
        target = safe(redacted(head.header("Location").partition("?")[0], answer.secrets), 160)
        words(sentence.format(status=status, target=target or "?"))
        return FAILED
    if answer.outcome is Outcome.TOKEN_REJECTED:
        sentence = _("{status}: the gateway rejected the access token. “ionapi-tui verify” says why.")
        words(sentence.format(status=status))
        return REJECTED
    wait = head.response.retry_after
    if wait is None:
        words(_("{status}: the request failed.").format(status=status))
    else:
        sentence = n_("Try again in {n} second.", "Try again in {n} seconds.", round(wait))
        words(_("{status}: the request failed.").format(status=status) + " " + sentence)
    return FAILED
