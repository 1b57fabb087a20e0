"""``ionapi-tui practice``: run the practice tenant, and write files of it."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.extras import command_for
from ionapi_tui.base.language import _
from ionapi_tui.base.terminal import INTERRUPT_POLL_SECONDS
from ionapi_tui.cli.output import data, words
from ionapi_tui.cli.root import examples

if TYPE_CHECKING:
    from ionapi_tui.practice.server import PracticeTenant

_TLS = ("good", "expired", "wrong-host", "unknown-issuer")


class Port(click.ParamType):  # type: ignore[type-arg]  # older versions: not generic
    """A TCP port."""

    name = "port"

    def __init__(self, least: int) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return ``value`` as a number from the least one to 65535; fail for anything else."""
        try:
            port = int(value)
        except ValueError:
            port = -1
        if not self._least <= port <= 65_535:
            sentence = _("{value} is not a port from {least} to 65535.")
            self.fail(sentence.format(value=value, least=self._least), param, ctx)
        return port


@click.group(
    "practice", invoke_without_command=True, help=_("Start a simulated Infor portal on this computer, for practice.")
)
@click.option("--port", type=Port(0), metavar="PORT", help=_("The port; 0 chooses a free one."))
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("FOLDER"),
    help=_("The folder for the data of the portal."),
)
@click.option(
    "--fault", "faults", multiple=True, metavar="NAME", help=_("Simulate a failure; use “help” to list them.")
)
@click.option("--tls", type=click.Choice(_TLS), is_flag=False, flag_value="good", help=_("Answer with https."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the address of the portal in one line, for programs."))
@click.option(
    "--attached", is_flag=True, help=_("End when standard input is closed, for programs that start the portal.")
)
@click.pass_context
def command(
    context: click.Context,
    port: int | None,
    home: Path | None,
    faults: tuple[str, ...],
    tls: str | None,
    as_json: bool,
    attached: bool,
) -> None:
    """Run the practice tenant until Ctrl-C or SIGTERM."""
    if context.invoked_subcommand:
        return
    _require_extra()
    from ionapi_tui.practice.home import PORT, RunningFile, default_home
    from ionapi_tui.practice.listener import TlsVariant
    from ionapi_tui.practice.server import PracticeTenant

    if "help" in faults:
        _list_faults()
        return
    home = home or default_home()
    # Werkzeug's thread serves; this one only waits for the end.
    ended = threading.Event()
    # A handler that sets an event would wait for itself when it interrupts the wait for that event.
    signals: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: signals.append(number))
    if attached:
        threading.Thread(target=_wait_for_end_of_input, args=[ended], daemon=True).start()
    variant = TlsVariant(tls) if tls else None
    with PracticeTenant(port=PORT if port is None else port, home=home, tls=variant) as tenant:
        for fault in faults:
            tenant.faults.on(fault)
        running = RunningFile(home)
        running.write(tenant.url)
        _announce(tenant, home, as_json)
        try:
            # Not one wait for ever: Windows hears Ctrl-C between two only, elsewhere one may come an instant too early.
            while not (signals or ended.wait(INTERRUPT_POLL_SECONDS)):
                pass
        finally:
            running.remove()
    words(_("Ended. Its files work again when it is started with the same folder and port."))


def _list_on_request(context: click.Context, _parameter: click.Parameter, variant: str) -> str:
    """Return ``variant``; for “help”, list all variants and end, because there is no FILE yet."""
    if variant == "help" and not context.resilient_parsing:
        _require_extra()
        _list_variants()
        context.exit()
    return variant


@command.command(
    "file",
    short_help=_("Write a valid .ionapi file for the portal."),
    epilog=examples("ionapi-tui practice file DocBits.ionapi"),
    help=_("Write a valid .ionapi file for the portal, without a browser."),
)
@click.argument("path", metavar=_("FILE"), type=click.Path(path_type=Path))
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("FOLDER"),
    help=_("The folder for the data of the portal."),
)
@click.option("--port", type=Port(1), metavar="PORT", help=_("The port of the portal; by default, the one it runs on."))
@click.option(
    "--variant",
    default="good",
    metavar="NAME",
    is_eager=True,
    callback=_list_on_request,
    help=_("Which file to write; use “help” to list them."),
)
@click.pass_context
def practice_file(context: click.Context, path: Path, home: Path | None, port: int | None, variant: str) -> None:
    """Write FILE for its owner only; an existing one stays."""
    _require_extra()
    from ionapi_tui.practice.home import default_home, write_variant
    from ionapi_tui.practice.ionapi_files import VARIANTS

    before = context.parent.params if context.parent else {}
    home, port = home or before.get("home") or default_home(), port or before.get("port")
    url = write_variant(path, variant, home, port)
    if variant == "good":
        written = _("Written. It works while the practice tenant runs at {url}: “{command}” starts it.")
        words(written.format(url=url, command=_command_at(url)))
    else:
        words(_("Written: {summary}.").format(summary=_(VARIANTS[variant].summary)))


def _command_at(url: str) -> str:
    """Return the command that starts the practice tenant at ``url``."""
    from urllib.parse import urlsplit

    from ionapi_tui.practice.home import PORT

    port = urlsplit(url).port
    return "ionapi-tui practice" if port in {None, PORT} else f"ionapi-tui practice --port {port}"


def _wait_for_end_of_input(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _announce(tenant: PracticeTenant, home: Path, as_json: bool) -> None:
    people = tenant.state.people.all()
    authority = str(tenant.ca_pem) if tenant.ca_pem else None
    if as_json:
        users = [{"user_name": user.user_name, "roles": sorted(user.roles)} for user in people]
        facts = {"url": tenant.url, "portal": f"{tenant.url}/portal/", "tenant": tenant.tenant, "home": str(home)}
        data(json.dumps({**facts, "authority": authority, "users": users}))
    else:
        data(
            _("Practice tenant {tenant}: open {url} in a browser.").format(
                tenant=tenant.tenant, url=f"{tenant.url}/portal/"
            )
        )
        data(_("Sign in there as one of these users, without a password:"))
        for user in people:
            data(f"  {user.user_name:<24}{', '.join(sorted(user.roles))}")
        if authority:
            data(_("Set SSL_CERT_FILE={path} for programs that should trust it").format(path=authority))
        data(_("A file without a browser: ionapi-tui practice file FILE"))
        words(_("Press Ctrl+C to stop it."))


def _list_faults() -> None:
    from ionapi_tui.practice.faults import FAULTS

    for fault in FAULTS.values():
        parameters = ",".join(f"{name}={value}" for name, value in fault.parameters.items())
        data(f"{fault.name}:{parameters}" if parameters else fault.name)
        data(f"    {_(fault.summary)}")


def _list_variants() -> None:
    from ionapi_tui.practice.ionapi_files import VARIANTS

    for name, variant in VARIANTS.items():
        data(f"{name:<20}{_(variant.summary)}")


def _require_extra() -> None:
    from importlib.util import find_spec

    if not all(find_spec(name) for name in ("authlib", "flask", "trustme")):
        raise UsageError(
            _("The practice tenant needs a few more packages: {command}").format(command=command_for("practice"))
        )
