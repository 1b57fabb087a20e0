"""What a shell may complete: the names of profiles. The secret store is not touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ionapi_tui.base.errors import IonApiError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def profile_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the profiles whose names begin with ``incomplete``, each with its tenant."""
    from click.shell_completion import CompletionItem

    from ionapi_tui.base.text import safe
    from ionapi_tui.cli.machine import Machine

    try:
        profiles = Machine().profiles.profiles()
    except IonApiError:
        # Nobody reads messages while a line is typed.
        return []
    fitting = (profile for profile in profiles if profile.name.startswith(incomplete))
    return [CompletionItem(one.name, help=safe(one.tenant, 40)) for one in sorted(fitting, key=lambda one: one.name)]


def name_argument(name: str = "name", **attributes: Any) -> Callable[[Any], Any]:
    """Give a command an argument that is the name of a profile.

    Args:
        name: the parameter.
        attributes: what else ``click.argument`` takes.
    """
    return click.argument(name, shell_complete=profile_names, **attributes)
