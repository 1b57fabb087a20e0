"""Making text from outside safe to show.

File contents, file names, server answers and host names may hold characters that move the cursor, write the
clipboard (OSC 52), reverse the reading direction or hide themselves. They pass through here once, at the boundary,
before a widget, a message or a log sees them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from ionapi_tui.base.secret import MASK

_INVISIBLE = frozenset(["Cf", "Zl", "Zp", "Zs", "Cs", "Co", "Cn"])
"""Unicode categories replaced whole: format (bidi, zero width), separators and odd spaces, lone surrogates, private
use, unassigned."""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that are drawn as nothing though Unicode counts them among letters, marks and symbols."""

_KEY = re.compile("[A-Za-z0-9_-]{72,}")

_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?")
"""A JSON Web Token: two parts or three that begin as the Base64 of ``{"`` does."""

_MARKS = frozenset(["Mn", "Me"])
_MOST_MARKS = 3
"""Combining marks on one character; a pile of them paints over the lines above."""


def _visible(char: str) -> str:
    point = ord(char)
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "␡"
    if 0x7F < point < 0xA0:
        return f"‹{point:02X}›"
    if point > 0x7F and (char in _BLANK or unicodedata.category(char) in _INVISIBLE):
        return f"‹{point:04X}›"
    return char


def _unpiled(text: str) -> str:
    kept: list[str] = []
    pile = 0
    for char in text:
        pile = pile + 1 if unicodedata.category(char) in _MARKS else 0
        kept.append(char if pile <= _MOST_MARKS else f"‹{ord(char):04X}›")
    return "".join(kept)


def safe(text: object, limit: int = 200) -> str:
    """Return ``text`` on one line with every control, bidi and invisible character made visible, cut to ``limit``.

    Args:
        text: anything with a ``str``; bytes are decoded as UTF-8 with replacement.
        limit: the most characters to return, ellipsis included; at least 1.
    """
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    # Cut first: nobody should pay for translating fifty megabytes that are never shown.
    cut = len(plain) > limit
    shown = plain[:limit]
    if not (shown.isascii() and shown.isprintable()):
        shown = _unpiled("".join(map(_visible, shown)))
    if cut or len(shown) > limit:
        shown = shown[: limit - 1] + "…"
    return shown


def safe_all(texts: Sequence[str], limit: int = 200) -> Sequence[str]:
    """Return ``safe`` of each of ``texts``; thousands of plain ones are looked at together, as one text."""
    together = "".join(texts)
    if together.isascii() and together.isprintable() and max(map(len, texts), default=0) <= limit:
        return texts
    return [safe(text, limit) for text in texts]


def without_keys(text: str) -> str:
    """Return ``text`` with the mask in place of everything that is long enough to be a secret key.

    In a damaged file a secret may stand where something harmless should, in the name of a field even. Infor's keys
    have 86 characters; the random part of a client id, which may be shown, has 43.
    """
    return _KEY.sub(MASK, without_tokens(text))


def without_tokens(text: str) -> str:
    """Return ``text`` with the mask in place of every JSON Web Token.

    Infor's contain the access key of the service account in clear text.
    """
    return _TOKEN.sub(MASK, text)


_PLAIN: Final = {
    **dict.fromkeys("“”„‟«»＂", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—─━", "-"),
    **dict.fromkeys("•●◐▤", "*"),
    **dict.fromkeys("▸›▶", ">"),
    **dict.fromkeys("│┃", "|"),
    "…": "...",
    "‹": "<",
    "✓": "+",
    "✕": "x",
    "→": "->",
    "↓": "v",
    "↑": "^",
    "·": "-",
    "⏎": "Enter",
    "\u00a0": " ",
    "ß": "ss",
    "€": "EUR",
}
"""What stands for a symbol where an encoding lacks it."""


def in_encoding(text: str, encoding: str) -> str:
    """Return ``text`` with a plain form of every character that ``encoding`` lacks.

    Symbols become similar ones of ASCII, letters lose their accents, and others become the number of their character,
    such as ``\\u0416``. A question mark would say nothing, and look like one.

    Args:
        text: what is to be written.
        encoding: the name of the encoding, such as ``cp437``; one that is not known is taken for ASCII.
    """
    try:
        text.encode(encoding)
    except LookupError:
        encoding = "ascii"
    except UnicodeEncodeError:
        pass
    else:
        return text
    return "".join(char if char.isascii() else _in_encoding(char, encoding) for char in text)


def _in_encoding(char: str, encoding: str) -> str:
    unaccented = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    for form in filter(None, (char, _PLAIN.get(char), unaccented)):
        with suppress(UnicodeEncodeError):
            form.encode(encoding)
            return form
    return char.encode("ascii", "backslashreplace").decode()


def scrub(text: str, secrets: tuple[str, ...]) -> str:
    """Return ``text`` with each of ``secrets`` (four characters or longer) replaced by the mask.

    Servers and proxies echo what they were sent, as it was or as a form encodes it; what they say is shown to people.
    """
    from urllib.parse import quote

    # The longest first: one secret may be part of another.
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= 4:
            text = text.replace(secret, MASK)
            # Encoding is slow, and an encoded form that differs has a percent sign.
            if "%" in text:
                for form in (quote(secret, safe=""), quote(secret, safe="").replace("~", "%7E")):
                    text = text.replace(form, MASK)
    return text
