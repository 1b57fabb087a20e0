"""Being sure: an option that repeats the name of a profile, or a question at the terminal."""

from __future__ import annotations

import sys
from typing import Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.terminal import typed
from ionapi_tui.cli.output import words
from ionapi_tui.domain.profile import Profile

_LONGEST_ANSWER: Final = 4096
"""Bytes: the most a terminal hands over at once."""


def is_confirmed(profile: Profile, confirm: str | None, question: str) -> bool:
    """Return whether the user is sure: by ``--confirm``, else by answering ``question`` at the terminal.

    Args:
        profile: what it is about.
        confirm: the option's value.
        question: a finished sentence, answered with yes or no.

    Raises:
        UsageError: ``--confirm`` names another profile, or is missing where nobody can be asked.
    """
    if confirm is not None:
        if confirm != profile.name:
            raise UsageError(_("--confirm has to repeat the name of the profile, {name}.").format(name=profile.name))
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(_("Without a terminal nobody can be asked. Add --confirm {name}.").format(name=profile.name))
    return _agrees(question)


def _agrees(question: str) -> bool:
    """Ask ``question`` on stderr until it is answered; Enter alone means no.

    Raises:
        EOFError: the input has ended.
    """
    yes, no = _("Yes").lower(), _("No").lower()
    while True:
        click.echo(f"{question} [{yes[0]}/{no[0].upper()}]: ", nl=False, err=True)
        line = typed(sys.stdin, _LONGEST_ANSWER)
        if not line:
            raise EOFError
        answer = line.decode(errors="replace").strip().lower()
        if answer in {yes, yes[0], "yes", "y"}:
            return True
        if answer in {no, no[0], ""}:
            return False
        words(_("Please answer {yes} or {no}.").format(yes=yes, no=no))
