"""Asking for the passphrase of a vault that is about to get one."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.cli.output import words
from ionapi_tui.secret_stores.vault.passphrases import (
    DESCRIPTOR_VARIABLE,
    FILE_VARIABLE,
    check_new,
    from_file,
    given,
    strength,
)


def new_passphrase(store: str, file: Path | None = None, *, from_environment: bool = True) -> Secret:
    """Return a new passphrase from a file, from where the environment leads, or from somebody who enters it twice.

    Args:
        store: what it is for.
        file: a file whose first line it is.
        from_environment: whether what the environment leads to is the new one.

    Raises:
        UsageError: it is too short, or nobody is there to enter one.
        VaultLocked: the file cannot be read.
    """
    found = given() if from_environment and file is None else None
    if file is not None:
        chosen = from_file(file, str(file))
    elif found is not None:
        chosen = found[0]
    else:
        chosen = _entered(store)
    check_new(chosen)
    words(_("The passphrase is {strength}.").format(strength=strength(chosen).words))
    return chosen


def _entered(store: str) -> Secret:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        sentence = _(
            "Without a terminal nobody can be asked for a passphrase. Let {file} name a file that holds it, or "
            "{descriptor} an open file descriptor."
        )
        raise UsageError(sentence.format(file=FILE_VARIABLE, descriptor=DESCRIPTOR_VARIABLE))
    words(
        _(
            "Choose a passphrase for {store}. It cannot be recovered: without it the secrets have to be downloaded "
            "anew. Five or six unrelated words are a good one. Nothing is shown while you type."
        ).format(store=store)
    )
    try:
        first = Secret(getpass.getpass(_("New passphrase: ")))
        check_new(first)
        second = Secret(getpass.getpass(_("The same again: ")))
    except EOFError:
        raise UsageError(_("No passphrase was entered.")) from None
    if first != second:
        raise UsageError(_("The two are not the same. Nothing was changed."))
    return first
