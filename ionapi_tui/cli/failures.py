"""How a command ends that failed: one sentence for people, or one JSON object for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

from ionapi_tui.base.errors import IonApiError, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, words


def report_failure(error: click.ClickException | IonApiError, arguments: Sequence[str]) -> int:
    """Write why a command failed, and return the exit code.

    Args:
        error: what was raised.
        arguments: of the program; with ``--json`` among them the error is JSON on stdout: an object with ``error``,
            which has ``message`` and ``exit_code``.
    """
    code = UsageError.exit_code if isinstance(error, click.UsageError) else error.exit_code
    message = error.format_message() if isinstance(error, click.ClickException) else str(error)
    if isinstance(error, click.ClickException):
        # The message repeats what was typed.
        message = in_our_quotes(" ".join(safe(line, 300) for line in message.splitlines()))
    if is_json_wanted(arguments):
        as_json({"error": {"message": message, "exit_code": code}})
        return code
    if isinstance(error, click.UsageError) and error.ctx is not None:
        words(error.ctx.get_usage(), wrapped=False)
        words(_("Try “{command} --help”.").format(command=error.ctx.command_path))
    words(_("Error: {what}").format(what=message))
    return code


def in_our_quotes(message: str) -> str:
    """Return a message of Click with the quotation marks of the language in use around what it names."""
    name = _("“{name}”")
    return re.sub(r"(?<!\w)'([^']+)'(?!\w)", lambda found: name.format(name=found[1]), message)


def is_json_wanted(arguments: Sequence[str]) -> bool:
    """Return whether a command was asked to write JSON; ``--json`` of a program that ``exec`` runs is not ours."""
    own = list(arguments)
    own = own[: own.index("--")] if "--" in own else own
    return "--json" in own and "exec" not in own[: own.index("--json")]


def no_such_command(name: str, commands: Iterable[str], group: str = "") -> str:
    """Return what to say about a command that is not there, with the one that is like it.

    Args:
        name: what was typed.
        commands: those that are there.
        group: what stands before the command, with a space; empty for ``ionapi-tui`` itself.
    """
    from difflib import get_close_matches

    message = _("There is no command {name}.").format(name=group + safe(name, 60))
    similar = get_close_matches(name, commands, 1)
    return f"{message} {_('Did you mean {command}?').format(command=group + similar[0])}" if similar else message
