"""Unlocking a vault with a passphrase from the environment or from a prompt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.vault.errors import VaultLocked
from ionapi_tui.secret_stores.vault.passphrases import DESCRIPTOR_VARIABLE, FILE_VARIABLE, given
from ionapi_tui.secret_stores.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt for a passphrase."""

    store: str
    """The display name of the vault."""
    complaint: str = ""
    """Why the previous passphrase was rejected; empty for the first prompt."""


Ask = Callable[[Question], Secret | None]
"""Returns the passphrase; None if the program is unattended or the prompt was cancelled."""

Agree = Callable[[str], bool]
"""Asks whether the vault with that display name, which was created for slower computers, is to be encrypted anew."""

_TRIES: Final = 3


def unlock(vault: Vault, ask: Ask, environ: Mapping[str, str] = os.environ, *, agree: Agree | None = None) -> None:
    """Unlock ``vault`` for the lifetime of this process, if it is locked.

    Args:
        vault: the vault.
        ask: called if the environment refers to no passphrase.
        environ: the environment.
        agree: called when somebody has entered the passphrase of a vault whose key is derived too quickly; None
            leaves the vault as it is.

    Raises:
        VaultLocked: there was no passphrase, or it was wrong.
        VaultMissing, VaultFailed: it does not exist, or cannot be read.
    """
    if not vault.locked:
        return
    found = given(environ)
    if found is not None:
        passphrase, origin = found
        try:
            vault.unlock(passphrase)
        except VaultLocked as error:
            raise VaultLocked(_("{why} It came from {origin}.").format(why=error, origin=origin)) from None
        return
    _ask_until_open(vault, ask)
    if agree is not None and vault.is_cheap and agree(vault.label):
        # Whoever cannot write it now is asked again next time.
        with suppress(StoreError):
            vault.raise_cost()


def how_to_unlock_vault() -> str:
    """Return what to do about a vault that is locked and whose passphrase nobody was asked for."""
    sentence = _(
        "Run this in a terminal and enter the passphrase, or set {file} to a file that contains it, or {descriptor} "
        "to an open file descriptor."
    )
    return sentence.format(file=FILE_VARIABLE, descriptor=DESCRIPTOR_VARIABLE)


def ask_on_terminal(question: Question) -> Secret | None:
    """Prompt on the terminal; return None if stderr is not one."""
    if not (sys.stderr and sys.stderr.isatty()):
        return None
    import getpass

    if question.complaint:
        sys.stderr.write(f"{question.complaint}\n")
    try:
        return Secret(getpass.getpass(_("Passphrase of {store}: ").format(store=question.store)))
    except EOFError:
        return None


def agree_on_terminal(store: str) -> bool:
    """Ask on the terminal whether to encrypt a vault anew; Enter alone means yes.

    Nobody is asked when the input is no terminal: it is the content of a file then, or belongs to another program.
    """
    if not (sys.stderr and sys.stderr.isatty() and sys.stdin and sys.stdin.isatty()):
        return False
    words = _(
        "{store} was created for slower computers: passphrases can be guessed faster than with a new vault. Encrypt it "
        "again now? The passphrase stays the same."
    ).format(store=store)
    yes, no = _("Yes").lower(), _("No").lower()
    sys.stderr.write(f"{words} [{yes[0].upper()}/{no[0]}]: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    return bool(line) and line.strip().lower() in {"", yes, yes[0], "yes", "y"}


def _ask_until_open(vault: Vault, ask: Ask) -> None:
    question = Question(vault.label)
    vault.check()
    for _attempt in range(_TRIES):
        passphrase = ask(question)
        if passphrase is None:
            break
        try:
            vault.unlock(passphrase)
        except VaultLocked as error:
            question = Question(vault.label, str(error))
        else:
            return
    raise _still_locked(question)


def _still_locked(question: Question) -> VaultLocked:
    if question.complaint:
        return VaultLocked(question.complaint)
    locked = _("{store} is locked.").format(store=question.store)
    return VaultLocked(f"{locked} {how_to_unlock_vault()}")
