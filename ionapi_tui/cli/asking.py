"""Questions at the terminal: a confirmation, and a new passphrase. Without a terminal, options answer them."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Final

import click

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.terminal import typed
from ionapi_tui.cli.output import words
from ionapi_tui.domain.profile import Profile

_LONGEST_ANSWER: Final = 4096
"""Bytes that a terminal returns at most at once."""


def is_confirmed(profile: Profile, confirm: str | None, question: str) -> bool:
    """Return whether the user confirms: by ``--confirm``, else by answering ``question`` at the terminal.

    Args:
        profile: what it is about.
        confirm: the option's value.
        question: a finished sentence, answered with yes or no.

    Raises:
        UsageError: ``--confirm`` names another profile, or is missing where nobody can be asked.
    """
    if confirm is not None:
        if confirm != profile.name:
            raise UsageError(_("--confirm must repeat the profile name: {name}.").format(name=profile.name))
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            _("Cannot ask for confirmation without a terminal. Use --confirm {name}.").format(name=profile.name)
        )
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


def new_passphrase(store: str, file: Path | None = None, *, from_environment: bool = True) -> Secret:
    """Return a new passphrase from a file, from what the environment names, or from the user, who enters it twice.

    Args:
        store: what it is for.
        file: a file whose first line it is.
        from_environment: whether the environment may name it.

    Raises:
        UsageError: it is too short, or there is no terminal to enter it.
        VaultLocked: the file cannot be read.
    """
    from ionapi_tui.secret_stores.vault.passphrases import check_new, from_file, given, strength_words

    found = given() if from_environment and file is None else None
    is_entered = file is None and found is None
    while True:
        if file is not None:
            chosen = from_file(file, str(file))
        elif found is not None:
            chosen = found[0]
        else:
            chosen = _entered(store)
        check_new(chosen)
        sentence, is_weak = strength_words(chosen)
        words(sentence)
        if not (is_entered and is_weak) or _agrees(_("Use it anyway?")):
            return chosen


def _entered(store: str) -> Secret:
    from ionapi_tui.secret_stores.vault.passphrases import DESCRIPTOR_VARIABLE, FILE_VARIABLE, check_new

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        sentence = _(
            "Cannot ask for a passphrase without a terminal. Set {file} to a file that contains it, or {descriptor} "
            "to an open file descriptor."
        )
        raise UsageError(sentence.format(file=FILE_VARIABLE, descriptor=DESCRIPTOR_VARIABLE))
    words(
        _(
            "Choose a passphrase for {store}. It cannot be recovered: without it, you have to create new credentials "
            "in Infor. Five or six unrelated words work well. Nothing is shown while you type."
        ).format(store=store)
    )
    try:
        first = Secret(getpass.getpass(_("New passphrase: ")))
        check_new(first)
        second = Secret(getpass.getpass(_("Repeat passphrase: ")))
    except EOFError:
        raise UsageError(_("No passphrase was entered.")) from None
    if first != second:
        raise UsageError(_("The passphrases do not match. Nothing was changed."))
    return first
