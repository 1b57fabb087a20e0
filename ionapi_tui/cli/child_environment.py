"""What a program that ``exec`` starts finds in its environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

if TYPE_CHECKING:
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.usecases.services import Access

PROFILE: Final = "IONAPI_PROFILE"
"""The variable with the name of the profile a program runs under."""

_PREFIX: Final = "IONAPI_"
_SETTINGS: Final = "IONAPI_TUI_"
"""Our own settings, which hold no credentials; the program may call us in turn."""


def refuse_nesting(name: str, environ: Mapping[str, str]) -> None:
    """Make sure that no program runs under two profiles.

    Raises:
        UsageError: this process runs under another profile than ``name``.
    """
    outer = environ.get(PROFILE)
    if outer is not None and outer != name:
        sentence = _(
            "This runs under the profile {outer} already. A program under two profiles would sooner or later write "
            "to the wrong tenant: start {name} from a shell of its own, or unset {variable} first."
        )
        raise UsageError(sentence.format(outer=safe(outer, 60), name=safe(name, 60), variable=PROFILE))


def without_inherited(environ: Mapping[str, str]) -> dict[str, str]:
    """Return ``environ`` without the variables that may belong to another profile."""
    return {
        name: value
        for name, value in environ.items()
        if name.startswith(_SETTINGS) or not name.upper().startswith(_PREFIX)
    }


def of_access(name: str, access: Access) -> dict[str, str]:
    """Return the variables of a profile that do for a few hours."""
    return {
        PROFILE: name,
        "IONAPI_TOKEN": access.token.reveal(),
        "IONAPI_EXPIRES_AT": access.expires_at,
        "IONAPI_BASE_URL": access.base_url,
        "IONAPI_TENANT": access.tenant,
    }


def of_credentials(credentials: Credentials) -> dict[str, str]:
    """Return the variables with the secrets that do until somebody disables them in Infor, for programs that log in
    themselves."""
    from ionapi_tui.domain.export import variables

    return {name: value.reveal() for name, value in variables(credentials).items()}
