"""``ionapi-tui lend``: write the file of a profile for an upload, and take it back."""

from __future__ import annotations

import signal
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.terminal import INTERRUPT_POLL_SECONDS
from ionapi_tui.base.text import safe
from ionapi_tui.cli import INTERRUPTED
from ionapi_tui.cli.asking import is_confirmed
from ionapi_tui.cli.output import as_json, words
from ionapi_tui.cli.root import build_services, name_argument, recover, store_timeout_option
from ionapi_tui.usecases.lending import MINUTES, Lent, lend

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services


class Minutes(click.ParamType):  # type: ignore[type-arg]  # older versions: not generic
    """How long a file is lent."""

    name = "minutes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return ``value`` as minutes above 0, up to a day; fail for anything else."""
        try:
            minutes = float(value)
        except ValueError:
            minutes = 0.0
        # A comparison with NaN is never true.
        if not 0 < minutes <= _DAY:
            self.fail(
                _("{value} is not a number of minutes above 0, up to {day}.").format(value=value, day=_DAY), param, ctx
            )
        return minutes


_DAY: Final = 1440


@click.command(
    "lend",
    help=_(
        "Write the .ionapi file of the profile NAME to the Downloads folder, in plain text, so that you can upload it "
        "to DocBits. It is deleted when you press Enter or Ctrl+C, and at the latest when the time is up. If the "
        "program or the computer crashes, the next start of ionapi-tui deletes it. If you change or move the file, it "
        "is not deleted, and a message says so."
    ),
)
@name_argument()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("FOLDER"),
    help=_("The folder for the file; by default, Downloads."),
)
@click.option(
    "--minutes",
    type=Minutes(),
    default=MINUTES,
    metavar=_("NUMBER"),
    help=_("Delete the file after this many minutes at the latest; by default, {minutes}.").format(minutes=MINUTES),
)
@click.option(
    "--browser/--no-browser",
    default=True,
    help=_("Open the documentation of DocBits, or not; by default, it is opened."),
)
@click.option("--confirm", metavar="NAME", help=_("Repeat NAME to confirm; required for production tenants."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: the file, and how it was deleted."))
@store_timeout_option
def command(
    name: str,
    output: Path | None,
    minutes: float,
    browser: bool,
    confirm: str | None,
    json_wanted: bool,
    store_timeout: float,
) -> int:
    """Carry out ``lend``."""
    services = build_services(store_timeout)
    recover(services)
    profile = services.profiles.profile(name)
    if profile.is_production or confirm is not None:
        question = _("{name} belongs to the production tenant {tenant}. Write its secrets in plain text?")
        if not is_confirmed(profile, confirm, question.format(name=name, tenant=safe(profile.tenant, 40))):
            words(_("Nothing was written."))
            return 1
    # Before the file is there: a signal that comes early ends the waiting as well.
    signals: list[int] = []
    for number in _ENDING:
        signal.signal(number, lambda number, _frame: signals.append(number))
    with lend(services, profile, output or services.paths.downloads) as lent:
        _tell(lent, minutes)
        if browser:
            _open_page(services)
        _wait(signals, minutes * 60)
        returned = lent.take_back()
    if json_wanted:
        as_json({"name": name, "file": returned.loan.path, "returned": returned.how.value})
    words(returned.message)
    if signals:
        return INTERRUPTED if signals[0] == signal.SIGINT else 128 + signals[0]
    return 0 if returned.ok else 1


_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""The signals that end the loan."""


def _tell(lent: Lent, minutes: float) -> None:
    if lent.is_private:
        words(_("Written to {file}. Only you can read it.").format(file=safe(lent.path, 300)))
    else:
        words(_("Written to {file}. Other accounts may be able to read it.").format(file=safe(lent.path, 300)))
    if lent.warning:
        words(lent.warning)
    if sys.stdin.isatty():
        ends = _("Upload it to DocBits, then press Enter to delete it. It is deleted at {time} at the latest.")
    else:
        ends = _("It is deleted at {time}, or when this command is interrupted.")
    words(ends.format(time=f"{datetime.now().astimezone() + timedelta(minutes=minutes):%H:%M:%S}"))


def _open_page(services: Services) -> None:
    from ionapi_tui.usecases.lending import upload_page

    address = upload_page(services)
    if not services.open_address(address):
        words(_("The documentation of DocBits: {address}").format(address=address))


def _wait(signals: list[int], seconds: float) -> None:
    """Wait for Enter, a signal, or the end of the time; without a terminal not for Enter."""
    entered = threading.Event()
    if sys.stdin.isatty():
        threading.Thread(target=_wait_for_line, args=[entered], daemon=True).start()
    end = time.monotonic() + seconds
    # Not one long wait: Windows hears Ctrl-C between two only.
    while not signals and time.monotonic() < end and not entered.wait(INTERRUPT_POLL_SECONDS):
        pass


def _wait_for_line(entered: threading.Event) -> None:
    sys.stdin.readline()
    entered.set()
