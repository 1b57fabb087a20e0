"""The names of profiles, as shells complete them."""

from __future__ import annotations

from click.shell_completion import CompletionItem

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.text import safe
from ionapi_tui.usecases.services import Services


def profile_names(services: Services, incomplete: str) -> list[CompletionItem]:
    """Return the profiles whose names begin with ``incomplete``, each with its tenant; no secret store is touched."""
    try:
        profiles = services.profiles.profiles()
    except IonApiError:
        # Nobody reads messages while a line is typed.
        return []
    fitting = (profile for profile in profiles if profile.name.startswith(incomplete))
    return [CompletionItem(one.name, help=safe(one.tenant, 40)) for one in sorted(fitting, key=lambda one: one.name)]
