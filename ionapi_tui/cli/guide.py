"""``ionapi-tui guide``: the guide as text, in plain mode, or as a page for somebody else."""

from __future__ import annotations

from pathlib import Path

import click

from ionapi_tui.base import language
from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import assets
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import data, words
from ionapi_tui.domain.guide import Guide, flow, load
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.plain.console import Console
from ionapi_tui.plain.prose import say_guide
from ionapi_tui.usecases.handing_over import Format, hand_over_to

# Click takes the names of an enumeration for what is typed.
_FORMATS = [kind.value for kind in Format]
_OPTIONS_OF_A_PAGE = ("output", "kind", "tenant", "service_user", "app")


@click.command(
    "guide",
    help=_(
        "Write the guide as plain text. With --plain be led through it line by line; with --for write it as a page "
        "with screenshots, to send to the administrator of a customer. There is nothing secret in the page."
    ),
)
@click.option("--plain", is_flag=True, help=_("Be led through the guide, with questions and answers."))
@click.option("--for", "name", metavar="NAME", help=_("Write a page for this customer."))
@click.option("--output", metavar="DIR", help=_("The folder for the page; else the current one."))
@click.option("--format", "kind", type=click.Choice(_FORMATS), help=_("HTML (the default), or Markdown with pictures."))
@click.option("--tenant", metavar="TENANT", help=_("The customer's tenant, such as ACME_TST."))
@click.option("--service-user", metavar="USER", help=_("The user that the service account will act as."))
@click.option("--app", metavar="APP", help=_("What the authorized app shall be called."))
def command(plain: bool, name: str | None, **options: str | None) -> int | None:
    """Carry out ``guide``."""
    if name is not None:
        if plain:
            raise UsageError(_("Say --plain or --for, but not both."))
        _write_page(name, **options)
        return None
    if any(options[option] is not None for option in _OPTIONS_OF_A_PAGE):
        raise UsageError(_("These options belong to a page. Say with --for whom it is for."))
    if plain:
        from ionapi_tui.cli.app import open_plain

        return open_plain(flow.PREREQUISITES)
    say_guide(Console(lambda: None, data), _guide())
    return None


def _write_page(
    name: str,
    output: str | None,
    kind: str | None,
    tenant: str | None,
    service_user: str | None,
    app: str | None,
) -> None:
    if not name.strip():
        raise UsageError(_("Say with --for whom the page is for."))
    customer = Customer(name, tenant or "", service_user or "", app or "")
    path = hand_over_to(customer, _guide(), Path(output or "."), Format(kind or Format.HTML))
    data(str(path))
    words(_("Written: {path}. There is nothing secret in it.").format(path=safe(path, 300)))


def _guide() -> Guide:
    return load(assets(), language.current())
