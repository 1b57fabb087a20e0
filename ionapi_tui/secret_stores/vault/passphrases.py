"""Passphrases: where they come from, and how strong they are."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.vault.errors import VaultLocked

FILE_VARIABLE: Final = "IONAPI_TUI_PASSPHRASE_FILE"
"""Names a file whose first line is the passphrase. No variable ever holds the passphrase itself."""

DESCRIPTOR_VARIABLE: Final = "IONAPI_TUI_PASSPHRASE_FD"
"""The number of an open file descriptor to read the passphrase from."""

SHORTEST: Final = 8
"""The fewest characters of a new passphrase."""

_LONGEST: Final = 10_000
"""Bytes that are read of a passphrase file; a larger one is something else."""

_JUDGED: Final = 48
"""Characters that are judged: judging takes longer with each, and so many are enough."""

_NO_LETTERS: Final = str.maketrans("{[<|/&#+%", "}]>~?;:^*")
"""Signs that hardly anybody writes for a letter, and what is judged in their place.

The library tries every combination of readings: with all of its signs in one passphrase that takes it many seconds.
"""

_FAMILIAR: Final = (
    *("ionapi", "docbits", "infor", "keyring", "keepass", "passphrase", "letmein", "acme"),
    *("passwort", "kennwort", "geheim", "sommer", "winter", "herbst", "frühling", "hallo", "schatz", "firma"),
)
"""What somebody tries first here, besides the words and names that the library knows."""


class Grade(Enum):
    """How long a passphrase withstands somebody who has the file."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate, and a kind one: a passphrase that is written on a note or used elsewhere is weak."""

    bits: int

    @property
    def grade(self) -> Grade:
        """What that means behind Argon2, where each guess costs a good part of a second."""
        return Grade.WEAK if self.bits < 45 else Grade.FAIR if self.bits < 65 else Grade.STRONG

    @property
    def words(self) -> str:
        """The grade and the number in the language in use."""
        grades = {Grade.WEAK: _("weak"), Grade.FAIR: _("fair"), Grade.STRONG: _("strong")}
        return _("{grade}, about {bits} bits").format(grade=grades[self.grade], bits=self.bits)


def strength(passphrase: Secret) -> Strength:
    """Return how hard ``passphrase`` is to guess, as the library ``zxcvbn`` estimates it: common words, names, dates,
    keyboard rows and the usual ways to disguise them are worth little."""
    # Its lists of words take time to load.
    from zxcvbn import zxcvbn

    text = passphrase.reveal()[:_JUDGED].translate(_NO_LETTERS)
    guesses = float(zxcvbn(text, user_inputs=_FAMILIAR)["guesses"]) if text else 1.0
    return Strength(round(math.log2(max(guesses, 1.0))))


def check_new(passphrase: Secret) -> None:
    """Make sure that a vault may be given ``passphrase``.

    Raises:
        UsageError: it is too short.
    """
    if len(passphrase) < SHORTEST:
        sentence = _("A passphrase needs {shortest} characters at least; five or six unrelated words are a good one.")
        raise UsageError(sentence.format(shortest=SHORTEST))


def given(environ: Mapping[str, str] = os.environ) -> tuple[Secret, str] | None:
    """Return the passphrase that the environment leads to, and what leads there; None when nothing does.

    A descriptor gives its content once: whoever asks again gets nothing.

    Raises:
        VaultLocked: what it leads to cannot be read, or is empty.
    """
    if environ.get(FILE_VARIABLE):
        return from_file(Path(environ[FILE_VARIABLE]).expanduser(), FILE_VARIABLE), FILE_VARIABLE
    if environ.get(DESCRIPTOR_VARIABLE):
        return from_descriptor(environ[DESCRIPTOR_VARIABLE], DESCRIPTOR_VARIABLE), DESCRIPTOR_VARIABLE
    return None


def from_file(path: Path, origin: str) -> Secret:
    """Return the first line of a file.

    Raises:
        VaultLocked: it cannot be read, or the line is empty.
    """
    try:
        with path.open("rb") as file:
            return _first_line(file.read(_LONGEST), origin)
    except OSError as error:
        raise _unreadable(origin, error.strerror) from error


def from_descriptor(number: str, origin: str) -> Secret:
    """Return the first line of what a file descriptor gives until its end.

    Raises:
        VaultLocked: it cannot be read, or the line is empty.
    """
    try:
        with open(int(number), "rb") as file:  # noqa: PTH123 - a descriptor has no path
            return _first_line(file.read(_LONGEST), origin)
    except ValueError:
        raise _unreadable(origin, _("it is not a number")) from None
    except OSError as error:
        raise _unreadable(origin, error.strerror) from error


def _first_line(data: bytes, origin: str) -> Secret:
    try:
        line = data.decode("utf-8-sig").partition("\n")[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise _unreadable(origin, _("it is not UTF-8 text")) from None
    if not line:
        raise _unreadable(origin, _("it is empty"))
    return Secret(line)


def _unreadable(origin: str, why: str | None) -> VaultLocked:
    sentence = _("The passphrase that {origin} leads to cannot be read: {why}.")
    return VaultLocked(sentence.format(origin=safe(origin), why=safe(why or "?")))
