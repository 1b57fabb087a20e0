"""Typing the name of a profile once more, to be sure."""

from __future__ import annotations

import sys

import click

from ionapi_tui.errors import UsageError
from ionapi_tui.language import _
from ionapi_tui.profile import Profile


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
    return click.confirm(question, err=True)
