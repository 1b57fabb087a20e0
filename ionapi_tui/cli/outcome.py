"""Every way a command can end, as an exit code and at most one sentence on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ionapi_tui.base.errors import IonApiError, UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli import BROKEN_PIPE, INTERRUPTED
from ionapi_tui.cli.group import root
from ionapi_tui.cli.output import words


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
