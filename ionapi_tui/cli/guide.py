"""``ionapi-tui guide``: the guide as text, in plain mode, or as a page for somebody else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_tui.base import language
from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import assets
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import build_services, store_timeout_option
from ionapi_tui.domain.guide import Guide, flow, load
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.plain.console import Console
from ionapi_tui.plain.prose import say_guide
from ionapi_tui.usecases.handing_over import PageFormat, hand_over, sentence_about
from ionapi_tui.usecases.planning import note_hand_over

if TYPE_CHECKING:
    from ionapi_tui.profile_store.file_requests import FileRequests
    from ionapi_tui.usecases.services import Services

# Click takes the names of an enumeration for what is typed.
_FORMATS = [kind.value for kind in PageFormat]
_OPTIONS_OF_A_PAGE = ("output", "kind", "tenant", "service_user", "app")


@click.command(
    "guide",
    help=_(
        "Print the guide as plain text. With --plain, go through it with questions and answers. With --for, write "
        "it as a page with screenshots that you send to the administrator of a customer.\n\n"
        "The page contains no secrets. In the browser of the administrator, it encrypts the .ionapi file for this "
        "computer, so that the file can be sent by mail. “ionapi-tui import” opens the file that comes back."
    ),
)
@click.option("--plain", is_flag=True, help=_("Use the guided setup, with questions and answers."))
@click.option("--for", "name", metavar="NAME", help=_("Write a page for this customer."))
@click.option("--output", metavar=_("FOLDER"), help=_("The folder for the page; by default, the current one."))
@click.option("--format", "kind", type=click.Choice(_FORMATS), help=_("HTML (the default), or Markdown with pictures."))
@click.option("--tenant", metavar="TENANT", help=_("The customer's tenant, such as ACME_TST."))
@click.option("--service-user", metavar=_("USER"), help=_("The user that the service account will act as."))
@click.option("--app", metavar="APP", help=_("The name of the authorized app."))
@click.option(
    "--requests", "listing", is_flag=True, help=_("List the open file requests: pages whose file is awaited.")
)
@click.option(
    "--withdraw",
    metavar="ID",
    help=_("Withdraw a file request: delete its key, so that its file can no longer be opened."),
)
@click.option(
    "--json", "json_wanted", is_flag=True, help=_("With --requests, write JSON: id, customer, created, state.")
)
@store_timeout_option
def command(
    plain: bool,
    name: str | None,
    listing: bool,
    withdraw: str | None,
    json_wanted: bool,
    store_timeout: float,
    **options: str | None,
) -> int | None:
    """Carry out ``guide``."""
    if (name is not None) + plain + listing + (withdraw is not None) > 1:
        raise UsageError(_("Use only one of --for, --plain, --requests and --withdraw."))
    if json_wanted and not listing:
        raise UsageError(_("--json belongs to --requests."))
    if name is not None:
        _write_page(name, build_services(store_timeout), **options)
        return None
    if any(options[option] is not None for option in _OPTIONS_OF_A_PAGE):
        raise UsageError(_("These options require a page. Use --for to name its recipient."))
    if listing:
        _list_requests(build_services(store_timeout).profiles.file_requests, json_wanted)
        return None
    if withdraw is not None:
        _withdraw(build_services(store_timeout).profiles.file_requests, withdraw)
        return None
    if plain:
        from ionapi_tui.cli.app import open_plain

        return open_plain(flow.PREREQUISITES)
    say_guide(Console(lambda: None, data), _guide())
    return None


def _write_page(
    name: str,
    services: Services,
    output: str | None,
    kind: str | None,
    tenant: str | None,
    service_user: str | None,
    app: str | None,
) -> None:
    if not name.strip():
        raise UsageError(_("Use --for to say who the page is for."))
    customer = Customer(name, tenant or "", service_user or "", app or "")
    folder, form = Path(output or "."), PageFormat(kind or PageFormat.HTML)
    handed_over = hand_over(services.profiles.file_requests, customer, _guide(), folder, form)
    note_hand_over(services, customer)
    data(str(handed_over.path))
    words(sentence_about(handed_over))


def _list_requests(requests: FileRequests, json_wanted: bool) -> None:
    found = requests.open()
    if json_wanted:
        as_json([request.as_json() for request in found])
        return
    for request in found:
        data(f"{request.short_id}  {request.created[:10]}  {safe(request.customer, 100)}")
    if not found:
        words(_("There are no open file requests."))


def _withdraw(requests: FileRequests, beginning: str) -> None:
    request = requests.withdraw(beginning)
    sentence = _("Withdrawn: file request {id} for {customer}. A file from its page can no longer be opened.")
    words(sentence.format(id=request.short_id, customer=safe(request.customer, 100)))


def _guide() -> Guide:
    return load(assets(), language.current())
