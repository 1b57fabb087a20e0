"""``ionapi-tui practice``: a stand-in for Infor on this machine."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_tui.errors import UsageError
from ionapi_tui.language import _

if TYPE_CHECKING:
    from ionapi_tui.practice.server import PracticeTenant

_TLS = ("good", "expired", "wrong-host", "unknown-issuer")


@click.group(invoke_without_command=True, help=_("Start a stand-in for Infor on this machine, to rehearse on."))
@click.option("--port", type=click.IntRange(0, 65_535), help=_("The port; 0 takes a free one."))
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help=_("The folder of its memory."))
@click.option("--fault", "faults", multiple=True, metavar="NAME", help=_("Let something go wrong; “help” lists what."))
@click.option("--tls", type=click.Choice(_TLS), is_flag=False, flag_value="good", help=_("Answer with https."))
@click.option("--json", "as_json", is_flag=True, help=_("Say where it is in one line, for programs."))
@click.pass_context
def practice(
    context: click.Context, port: int | None, home: Path | None, faults: tuple[str, ...], tls: str | None, as_json: bool
) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    if context.invoked_subcommand:
        return
    _require_extra()
    from ionapi_tui.practice.certificates import TlsVariant
    from ionapi_tui.practice.places import PORT, Sign, default_home
    from ionapi_tui.practice.server import PracticeTenant

    if "help" in faults:
        _list_faults()
        return
    home = home or default_home()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    variant = TlsVariant(tls) if tls else None
    with PracticeTenant(port=PORT if port is None else port, home=home, tls=variant) as tenant:
        for fault in faults:
            tenant.faults.on(fault)
        sign = Sign(home)
        sign.put_up(tenant.url)
        _announce(tenant, home, as_json)
        try:
            ended.wait()
        finally:
            sign.take_down()
    click.echo(_("Ended. Its files work again when it is started with the same folder and port."), err=True)


@practice.command("file", help=_("Write a valid .ionapi file of the practice tenant, without a browser."))
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help=_("The folder of its memory."))
@click.option("--port", type=click.IntRange(1, 65_535), help=_("Its port; the one it runs on when left out."))
@click.option("--variant", default="good", metavar="NAME", help=_("Which file; “help” lists them."))
def practice_file(path: Path, home: Path | None, port: int | None, variant: str) -> None:
    """Write FILE for its owner only; an existing one stays."""
    _require_extra()
    from ionapi_tui.practice.places import default_home, write_variant

    if variant == "help":
        _list_variants()
        return
    url = write_variant(path, variant, home or default_home(), port)
    click.echo(_("Written. It works as long as the practice tenant answers at {url}.").format(url=url), err=True)


def _announce(tenant: PracticeTenant, home: Path, as_json: bool) -> None:
    people = tenant.state.people.all()
    authority = str(tenant.ca_pem) if tenant.ca_pem else None
    if as_json:
        users = [{"user_name": user.user_name, "roles": sorted(user.roles)} for user in people]
        facts = {"url": tenant.url, "portal": f"{tenant.url}/portal/", "tenant": tenant.tenant, "home": str(home)}
        click.echo(json.dumps({**facts, "authority": authority, "users": users}))
    else:
        click.echo(
            _("Practice tenant {tenant}: open {url} in a browser.").format(
                tenant=tenant.tenant, url=f"{tenant.url}/portal/"
            )
        )
        click.echo(_("Log in there as one of these users, without a password:"))
        for user in people:
            click.echo(f"  {user.user_name:<24}{', '.join(sorted(user.roles))}")
        if authority:
            click.echo(_("Programs that are to trust it need SSL_CERT_FILE={path}").format(path=authority))
        click.echo(_("A file without a browser: ionapi-tui practice file FILE"))
        click.echo(_("Ctrl-C ends it."), err=True)
    # A program that waits for the line must not wait for a full buffer.
    sys.stdout.flush()


def _list_faults() -> None:
    from ionapi_tui.practice.faults import FAULTS

    for fault in FAULTS.values():
        parameters = ",".join(f"{name}={value}" for name, value in fault.parameters.items())
        click.echo(f"{fault.name}:{parameters}" if parameters else fault.name)
        click.echo(f"    {_(fault.summary)}")


def _list_variants() -> None:
    from ionapi_tui.practice.variants import VARIANTS

    for name, variant in VARIANTS.items():
        click.echo(f"{name:<20}{_(variant.summary)}")


def _require_extra() -> None:
    from importlib.util import find_spec

    if not all(find_spec(name) for name in ("authlib", "flask", "trustme")):
        raise UsageError(_("The practice tenant needs a few more packages: pip install 'ionapi-tui[practice]'"))
