"""Passphrases: reading them from files and descriptors, and estimating their strength."""

from __future__ import annotations

import math
import os
import re
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
"""The path of a file whose first line is the passphrase. No variable contains the passphrase itself."""

DESCRIPTOR_VARIABLE: Final = "IONAPI_TUI_PASSPHRASE_FD"
"""The number of an open file descriptor from which the passphrase is read."""

SHORTEST: Final = 8
"""The fewest characters of a new passphrase."""

_LONGEST: Final = 10_000
"""The most bytes that are read of a passphrase file."""

_JUDGED: Final = 48
"""The most characters that are rated: each takes time, and these are enough."""

_NO_LETTERS: Final = str.maketrans("{[<|/&#+%", "}]>~?;:^*")
"""Symbols that rarely replace a letter, and the symbols that are rated in their place.

The library tries every combination of replacements, which takes many seconds for a passphrase with all of its symbols.
"""

_FAMILIAR: Final = (
    *("ionapi", "docbits", "infor", "keyring", "keepass", "passphrase", "letmein", "acme"),
    *("passwort", "kennwort", "geheim", "sommer", "winter", "herbst", "frühling", "hallo", "schatz", "firma"),
)
"""Words that are likely here, in addition to the word lists of the library."""


_WORD: Final = re.compile("[A-ZÄÖÜ]?[a-zäöüß]{3,}|[A-ZÄÖÜ]{4,}")
"""What looks like a word. The lists of the library are English; to it, other words are random letters."""
_WORD_BITS: Final = 17.0
"""The most that a word is worth: it is one of a hundred thousand."""


class Grade(Enum):
    """The resistance of a passphrase to somebody who has the file."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate of how hard a passphrase is to guess. It does not know whether the passphrase is used elsewhere."""

    bits: int

    @property
    def grade(self) -> Grade:
        """The grade, given that Argon2 makes each guess take a large part of a second."""
        return Grade.WEAK if self.bits < 45 else Grade.FAIR if self.bits < 65 else Grade.STRONG

    @property
    def words(self) -> str:
        """The grade and the number of bits, translated."""
        grades = {Grade.WEAK: _("weak"), Grade.FAIR: _("fair"), Grade.STRONG: _("strong")}
        return _("{grade}, about {bits} bits").format(grade=grades[self.grade], bits=self.bits)


def strength(passphrase: Secret) -> Strength:
    """Return the strength of ``passphrase`` as estimated by ``zxcvbn``.

    Common words, names, dates, keyboard rows and their usual variations add little; words of any language add no more
    than a word can.
    """
    text = passphrase.reveal()[:_JUDGED].translate(_NO_LETTERS)
    words = set(_WORD.findall(text))
    return Strength(round(min(_bits(text), len(words) * _WORD_BITS + _bits(_WORD.sub("", text)))))


def _bits(text: str) -> float:
    # Imported late: its word lists take time to load.
    from zxcvbn import zxcvbn

    return math.log2(max(float(zxcvbn(text, user_inputs=_FAMILIAR)["guesses"]), 1.0)) if text else 0.0


def check_new(passphrase: Secret) -> None:
    """Check that ``passphrase`` may be used for a vault.

    Raises:
        UsageError: it is too short.
    """
    if len(passphrase) < SHORTEST:
        sentence = _("A passphrase needs at least {shortest} characters; five or six unrelated words work well.")
        raise UsageError(sentence.format(shortest=SHORTEST))


def strength_words(passphrase: Secret) -> tuple[str, bool]:
    """Return the sentence about the strength of a new passphrase, and whether to ask before it is used."""
    found = strength(passphrase)
    return _("The passphrase is {strength}.").format(strength=found.words), found.grade is Grade.WEAK


def given(environ: Mapping[str, str] = os.environ) -> tuple[Secret, str] | None:
    """Return the passphrase that the environment refers to, and the name of the variable; None if there is none.

    A descriptor can be read once.

    Raises:
        VaultLocked: the passphrase cannot be read, or is empty.
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
    """Return the first line of a file descriptor, which is read to its end.

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
    sentence = _("The passphrase from {origin} cannot be read: {why}.")
    return VaultLocked(sentence.format(origin=safe(origin), why=safe(why or "?")))
