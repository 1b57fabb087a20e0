"""A script that sets variables in PowerShell."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import Format, variables

_QUOTES: Final = "'‘’‚‛"
"""What PowerShell takes for a single quote; doubled, each stands for itself."""


def render(credentials: Credentials, _name: str) -> Secret:
    """Return lines of ``$env:NAME = 'value'``, to be dot-sourced: ``. ./acme-tst.ps1``.

    Inside single quotes everything stands for itself but the quotes. The file begins with a byte order mark, without
    which Windows PowerShell 5.1 takes it for the system's code page.
    """
    lines = (f"$env:{name} = '{_escaped(value)}'\n" for name, value in variables(credentials).items())
    return Secret("\ufeff" + "".join(lines))


def _escaped(value: Secret) -> str:
    return "".join(char * 2 if char in _QUOTES else char for char in value.reveal())


FORMAT: Final = Format("powershell", N_("PowerShell"), ".ps1", render, rank=25, note_id=N_("variables of a session"))
