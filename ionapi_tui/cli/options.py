"""What several commands have in common: options, the name of a profile, and the services they work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ionapi_tui.base.language import _
from ionapi_tui.cli.output import words
from ionapi_tui.usecases.services import COMMAND_TIMEOUT, Services

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ionapi_tui.base.secret import Secret
    from ionapi_tui.secret_stores.unlocking import Question


def build_services(store_timeout: float = COMMAND_TIMEOUT) -> Services:
    """Return what a command works with.

    Args:
        store_timeout: how many seconds one call to a secret store may take.
    """
    return Services(store_timeout=store_timeout, ask=_ask, announce=words)


def recover(services: Services) -> None:
    """Finish or undo what an earlier process left half done, and say so; for commands that change something."""
    for recovery in services.profiles.recover():
        words(recovery.message)


def store_timeout_option(function: Any) -> Any:
    """Give a command the option ``--store-timeout``."""
    return click.option(
        "--store-timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=COMMAND_TIMEOUT,
        show_default="30",
        metavar="SECONDS",
        help=_("How long to wait for the secret store, which may ask for a password."),
    )(function)


def trust_host_option(function: Any) -> Any:
    """Give a command the option ``--trust-host``."""
    return click.option(
        "--trust-host",
        "hosts",
        multiple=True,
        metavar="HOST",
        help=_(
            "Confirm that HOST, which is outside Infor's domains, may get the secrets. Remembered with the profile."
        ),
    )(function)


def name_argument(name: str = "name", **attributes: Any) -> Callable[[Any], Any]:
    """Give a command an argument that is the name of a profile.

    Args:
        name: the parameter.
        attributes: what else ``click.argument`` takes.
    """
    return click.argument(name, shell_complete=_profile_names, **attributes)


def _profile_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the profiles whose names begin with ``incomplete``, each with its tenant; no secret store is touched."""
    from click.shell_completion import CompletionItem

    from ionapi_tui.base.errors import IonApiError
    from ionapi_tui.base.text import safe

    try:
        profiles = build_services().profiles.profiles()
    except IonApiError:
        # Nobody reads messages while a line is typed.
        return []
    fitting = (profile for profile in profiles if profile.name.startswith(incomplete))
    return [CompletionItem(one.name, help=safe(one.tenant, 40)) for one in sorted(fitting, key=lambda one: one.name)]


def _ask(question: Question) -> Secret | None:
    from ionapi_tui.secret_stores.unlocking import ask_on_terminal

    return ask_on_terminal(question)
