"""``ionapi-tui`` itself: its commands, each imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Lazy(NamedTuple):
    """A command that is not imported yet."""

    module: str
    """The module of ``ionapi_tui.cli`` whose ``command`` it is."""
    help: str
    """What it does in one line, marked for translation."""


COMMANDS: Final = {
    "check": Lazy("check", N_("Inspect a file; store nothing.")),
    "import": Lazy("importing", N_("Inspect a file and store its credentials.")),
    "list": Lazy("listing", N_("List the stored profiles.")),
    "show": Lazy("show", N_("Show one profile, without its secrets.")),
    "remove": Lazy("remove", N_("Remove a profile and its secrets.")),
    "verify": Lazy("verify", N_("Prove live that profiles work.")),
    "token": Lazy("token", N_("Write an access token to stdout, for a program.")),
    "exec": Lazy("exec", N_("Run a program that finds a token in its environment.")),
    "export": Lazy("export", N_("Write the secrets of a profile for another program.")),
    "rename": Lazy("rename", N_("Give a profile another name.")),
    "scan": Lazy("scan", N_("Find secrets that lie around in plain text.")),
    "completion": Lazy("completion", N_("Write the completion of commands and profiles for a shell.")),
    "logout": Lazy("logout", N_("Revoke and forget the token of a profile.")),
    "guide": Lazy("guide", N_("Write the guide, or a page of it for somebody else.")),
    "store": Lazy("store", N_("Tell where secrets go, and change that.")),
    "doctor": Lazy("doctor", N_("Look at every layer of this machine; a report without secrets.")),
    "practice": Lazy("practice", N_("Start a stand-in for Infor on this machine, to rehearse on.")),
}
"""Every command, in the order of the help. A new one is a file and a line."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; None when there is none."""
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        command = import_module(f"ionapi_tui.cli.{lazy.module}").command
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin with ``incomplete``, without importing them, and the options."""
        from click.shell_completion import CompletionItem

        fitting = [
            CompletionItem(name, help=_(lazy.help)) for name, lazy in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*fitting, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(lazy.help)) for name, lazy in COMMANDS.items()])


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"ionapi-tui {__version__}")
        context.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Create an Infor ION API file step by step and keep its secrets safe. Without a command the app opens."),
)
@click.option("--plain", is_flag=True, help=_("Speak line by line, for screen readers and simple terminals."))
@click.option("--lang", metavar="CODE", help=_("The language, such as en or de; else the environment's."))
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help=_("The version.")
)
@click.pass_context
def root(context: click.Context, plain: bool, lang: str | None) -> int | None:  # noqa: ARG001 - read before anything is said
    """Open the app when no command is given."""
    if context.invoked_subcommand is not None:
        return None
    from ionapi_tui.cli.app import open_app

    return open_app(plain=plain)
