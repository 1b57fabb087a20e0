"""``ionapi-tui`` itself: its commands, each imported when it is called, what they share, and every way they can end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from ionapi_tui.base.errors import IonApiError, StoreError, UnusableFile, UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.cli import BROKEN_PIPE, INTERRUPTED
from ionapi_tui.cli.output import words
from ionapi_tui.usecases.services import COMMAND_TIMEOUT, Services

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ionapi_tui.base.secret import Secret
    from ionapi_tui.secret_stores.vault.unlocking import Question


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
        from ionapi_tui.base.version import __version__

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


def outcome_of(arguments: Sequence[str]) -> int:
    """Carry out ``arguments``, explain what is raised, and return the exit code.

    A command returns its exit code, or None for success.
    """
    stdout = sys.stdout
    try:
        code = root.main(list(arguments), "ionapi-tui", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except SystemExit:
        if sys.stdout is stdout:
            raise
        # Click exchanges stdout and ends the program when nobody reads it any more.
        return BROKEN_PIPE
    except click.exceptions.Abort:
        # Ctrl-C, or the end of input, at a question.
        words(_("Interrupted."))
        return INTERRUPTED
    except click.UsageError as error:
        _explain(error)
        return UsageError.exit_code
    except click.ClickException as error:
        _tell(error.format_message())
        return error.exit_code
    except IonApiError as error:
        words(_("Error: {what}").format(what=error))
        return error.exit_code
    return code if isinstance(code, int) else 0


def _explain(error: click.UsageError) -> None:
    if error.ctx is not None:
        words(error.ctx.get_usage(), wrapped=False)
        words(_("Try “{command} --help”.").format(command=error.ctx.command_path))
    _tell(error.format_message())


def _tell(message: str) -> None:
    # The message repeats what was typed.
    what = " ".join(safe(line, 300) for line in message.splitlines())
    words(_("Error: {what}").format(what=what))


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


def exit_code_of(codes: Iterable[int]) -> int:
    """Return the exit code of a command with several outcomes; 0 when all of them, or none, are 0.

    A store that failed says more than a file, and a file more than a name.
    """
    found = set(codes)
    first = (code for code in (StoreError.exit_code, UnusableFile.exit_code) if code in found)
    return next(first, max(found, default=0))


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

    try:
        profiles = build_services().profiles.profiles()
    except IonApiError:
        # Nobody reads messages while a line is typed.
        return []
    fitting = (profile for profile in profiles if profile.name.startswith(incomplete))
    return [CompletionItem(one.name, help=safe(one.tenant, 40)) for one in sorted(fitting, key=lambda one: one.name)]


def _ask(question: Question) -> Secret | None:
    from ionapi_tui.secret_stores.vault.unlocking import ask_on_terminal

    return ask_on_terminal(question)
