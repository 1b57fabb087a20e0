"""``ionapi-tui completion``: what a shell needs to complete commands, options and the names of profiles."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.cli.output import data

SHELLS: Final = ("bash", "zsh", "fish", "powershell")


@click.command(
    "completion",
    help=_(
        "Write the completion of commands, options and the names of profiles for SHELL (bash, zsh, fish, "
        "powershell; by default the current one). The password store is not accessed. To enable it in every "
        "new shell:\n\n\b\n  bash  echo 'eval \"$(ionapi-tui completion bash)\"' >> ~/.bashrc\n  zsh   echo "
        "'eval \"$(ionapi-tui completion zsh)\"' >> ~/.zshrc   (after compinit)\n  fish  ionapi-tui completion "
        "fish > ~/.config/fish/completions/ionapi-tui.fish\n  powershell  Add-Content $PROFILE 'ionapi-tui "
        "completion powershell | Out-String | Invoke-Expression'"
    ),
)
@click.argument("shell", required=False, type=click.Choice(SHELLS), metavar="[SHELL]")
def command(shell: str | None) -> None:
    """Carry out ``completion``."""
    from click.shell_completion import get_completion_class

    from ionapi_tui.cli import powershell
    from ionapi_tui.cli.root import root

    powershell.register()
    name = shell or _shell_of(os.environ)
    kind = get_completion_class(name) if name in SHELLS else None
    if kind is None:
        raise UsageError(_("Which shell? Name one of: {shells}.").format(shells=", ".join(SHELLS)))
    data(kind(root, {}, "ionapi-tui", "_IONAPI_TUI_COMPLETE").source().strip())


def _shell_of(environ: Mapping[str, str], *, windows: bool = os.name == "nt") -> str:
    """Return the name of the shell the user is in, or probably is: Windows does not say."""
    name = PurePath(environ.get("SHELL", "")).name
    return {"pwsh": "powershell", "": "powershell" if windows else ""}.get(name, name)
