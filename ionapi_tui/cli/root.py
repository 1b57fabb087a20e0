"""``ionapi-tui`` itself: its commands, each imported when it is called, what they share, and every way they can end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from ionapi_tui.base import language
from ionapi_tui.base.errors import IonApiError, StoreError, UnusableFile
from ionapi_tui.base.language import N_, _, n_
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
    "verify": Lazy("verify", N_("Test profiles against Infor.")),
    "compare": Lazy("compare", N_("Compare two profiles.")),
    "report": Lazy("report", N_("Write a printable report of a profile.")),
    "token": Lazy("token", N_("Write an access token to stdout, for a program.")),
    "exec": Lazy("exec", N_("Run a program that finds a token in its environment.")),
    "api": Lazy("api", N_("Send a request to the APIs of a tenant.")),
    "export": Lazy("export", N_("Write the secrets of a profile for another program.")),
    "note": Lazy("note", N_("Save notes about a profile, such as its contact.")),
    "plan": Lazy("plan", N_("Plan the tenants that need a file.")),
    "start": Lazy("start", N_("Continue the guide of a tenant.")),
    "lend": Lazy("lend", N_("Write the file for an upload, and delete it afterwards.")),
    "rename": Lazy("rename", N_("Give a profile another name.")),
    "scan": Lazy("scan", N_("Find plain-text secrets on this computer.")),
    "completion": Lazy("completion", N_("Write the completion of commands and profiles for a shell.")),
    "logout": Lazy("logout", N_("Revoke and forget the token of a profile.")),
    "guide": Lazy("guide", N_("Write the guide, or a page of it for someone else.")),
    "store": Lazy("store", N_("Show the password store in use, or choose another one.")),
    "doctor": Lazy("doctor", N_("Check this computer and print a report without secrets.")),
    "practice": Lazy("practice", N_("Start a simulated Infor portal on this computer, for practice.")),
}
"""Every command, in the order of the help. A new one is a file and a line."""

EXAMPLES: Final = {
    "check": ("ionapi-tui check ~/Downloads/DocBits.ionapi", "ionapi-tui check - < DocBits.ionapi"),
    "import": ("ionapi-tui import ~/Downloads/DocBits.ionapi --verify --delete-file", "ionapi-tui import ~/Downloads"),
    "list": ("ionapi-tui list", "ionapi-tui list --json"),
    "show": ("ionapi-tui show acme-tst",),
    "remove": ("ionapi-tui remove acme-tst", "ionapi-tui remove acme-prd --confirm acme-prd"),
    "verify": ("ionapi-tui verify acme-tst --for m3", "ionapi-tui verify --all --json"),
    "compare": ("ionapi-tui compare acme-tst acme-prd", "ionapi-tui compare acme-tst acme-prd --verify --different"),
    "report": (
        "ionapi-tui report acme-prd --output reports",
        "ionapi-tui report --all --output reports --format md --lang de",
    ),
    "note": ("ionapi-tui note acme-tst --contact ann@acme.example --ticket OPS-42", "ionapi-tui note acme-tst"),
    "plan": ("ionapi-tui plan add ACME_TST ACME_PRD --customer Acme", "ionapi-tui plan list"),
    "start": ("ionapi-tui start ACME_TST", "ionapi-tui start ACME_TST --plain"),
    "lend": ("ionapi-tui lend acme-tst", "ionapi-tui lend acme-prd --confirm acme-prd --minutes 5"),
    "export": (
        "ionapi-tui export acme-tst --output DocBits.ionapi",
        "ionapi-tui export acme-tst --format env --output .env",
        "ionapi-tui export --all --output profiles.age",
    ),
    "rename": ("ionapi-tui rename acme-tst acme-test",),
    "completion": ("ionapi-tui completion bash",),
    "logout": ("ionapi-tui logout acme-tst",),
    "guide": ("ionapi-tui guide --for Acme --tenant ACME_PRD", "ionapi-tui guide --plain"),
    "store": ("ionapi-tui store", "ionapi-tui store use vault", "ionapi-tui store move keyring acme-tst"),
    "doctor": ("ionapi-tui doctor", "ionapi-tui doctor --json"),
    "practice": ("ionapi-tui practice", "ionapi-tui practice --port 0 --fault help"),
}
"""What is shown below the help of a command, as it can be typed; others have examples in their help."""


class Group(click.Group):
    """A group that says which of its commands is like one that is not there."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that ``args`` begin with; of one that is not there, say which one is like it.

        Raises:
            UsageError: there is none of that name.
        """
        name, names = args[0], self.list_commands(ctx)
        if name in names or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from ionapi_tui.cli.failures import no_such_command

        group = "" if ctx.parent is None else f"{ctx.info_name} "
        raise click.UsageError(no_such_command(name, names, group), ctx)


class LazyGroup(Group):
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
        if cmd_name in EXAMPLES:
            command.epilog = examples(*EXAMPLES[cmd_name])
        _name_what_follows(command)
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


def _name_what_follows(command: click.Command) -> None:
    """Let the usage of ``command``, and of its commands, name options and arguments in the language in use."""
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("[COMMAND] [ARGS]...")
        for part in command.commands.values():
            _name_what_follows(part)


def examples(*lines: str) -> str:
    """Return what stands below the options in the help of a command: ``lines`` as they can be typed."""
    # Click keeps the lines of a paragraph that begins with this character.
    return "\n".join(("\b", n_("Example:", "Examples:", len(lines)), *(f"  {line}" for line in lines)))


class Seconds(click.ParamType):  # type: ignore[type-arg]  # older versions: not generic
    """A time limit."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return ``value`` as seconds above 0; fail for anything else."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        # A comparison with NaN is never true.
        if not 0 < seconds < float("inf"):
            self.fail(_("{value} is not a number of seconds above 0.").format(value=value), param, ctx)
        return seconds


class Renamed(click.Option):
    """An option whose first name is shown; scripts may go on using the others."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of the help, with the first name alone."""
        names, self.opts = self.opts, self.opts[:1]
        try:
            return super().get_help_record(ctx)
        finally:
            self.opts = names


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from ionapi_tui.base.version import __version__

        click.echo(f"ionapi-tui {__version__}")
        context.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("[COMMAND] [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Create an Infor ION API file step by step and keep its secrets safe. Without a command, the app opens."),
)
@click.option("--plain", is_flag=True, help=_("Use line-by-line prompts (for screen readers and basic terminals)."))
@click.option(
    "--lang",
    metavar="CODE",
    help=_("The language, such as en or de. By default, that of the environment; the app remembers the last choice."),
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help=_("Show the version and exit."),
)
@click.pass_context
def root(context: click.Context, plain: bool, lang: str | None) -> int | None:
    """Open the app when no command is given."""
    # It was read before the first sentence was made, wherever it stood.
    if lang is not None and language.wanted(lang) not in language.known():
        sentence = _("There is no language {code}. Choose one of: {known}.")
        raise click.UsageError(sentence.format(code=lang, known=", ".join(language.known())), context)
    if context.invoked_subcommand is not None:
        return None
    from ionapi_tui.cli.app import open_app

    return open_app(plain=plain, language_given=lang is not None)


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
    except (click.ClickException, IonApiError) as error:
        from ionapi_tui.cli.failures import report_failure

        return report_failure(error, arguments)
    return code if isinstance(code, int) else 0


def build_services(store_timeout: float = COMMAND_TIMEOUT) -> Services:
    """Return what a command works with.

    Args:
        store_timeout: how many seconds one call to a secret store may take.
    """
    return Services(store_timeout=store_timeout, ask=_ask, agree=_agree, announce=words)


def recover(services: Services) -> None:
    """Finish or undo what an earlier process left half done, and say so; for commands that change something."""
    from ionapi_tui.usecases import recovering

    for sentence in recovering.recover(services):
        words(sentence)


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
        type=Seconds(),
        default=f"{COMMAND_TIMEOUT:g}",
        show_default=True,
        metavar=_("SECONDS"),
        help=_("How long to wait for the password store, which may ask for a password."),
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


def file_options(function: Any) -> Any:
    """Give a command the options ``--file`` and ``--trust-host``, for credentials that are not stored."""
    file = click.option(
        "--file",
        metavar=_("FILE"),
        shell_complete=_file_names,
        help=_(
            "Use an .ionapi file instead of a profile: its name, - for standard input, or env:NAME for an environment "
            "variable with the file or Base64 of it. Nothing is stored, and no password store is needed."
        ),
    )
    hosts = click.option(
        "--trust-host",
        "hosts",
        multiple=True,
        metavar="HOST",
        help=_("With --file: confirm that HOST, which is outside Infor's domains, may get the secrets."),
    )
    return file(hosts(function))


def _file_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def name_argument(name: str = "name", **attributes: Any) -> Callable[[Any], Any]:
    """Give a command an argument that is the name of a profile.

    Args:
        name: the parameter.
        attributes: what else ``click.argument`` takes.
    """
    return click.argument(name, shell_complete=_profile_names, **attributes)


def _profile_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from ionapi_tui.cli.profile_names import profile_names

    return profile_names(build_services(), incomplete)


def _ask(question: Question) -> Secret | None:
    from ionapi_tui.secret_stores.vault.unlocking import ask_on_terminal

    return ask_on_terminal(question)


def _agree(store: str) -> bool:
    from ionapi_tui.secret_stores.vault.unlocking import agree_on_terminal

    return agree_on_terminal(store)
