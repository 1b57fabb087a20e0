"""What a mail program, a chat or a word processor does to a pasted file, undone where that is unambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ionapi_tui.domain.credentials import KNOWN_KEYS

_QUOTATION_MARKS: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u3000", " ") | dict.fromkeys("\u200b\u2060\ufeff"))
_HYPHENATION: Final = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff\u00a0\u202f"))
"""Invisible characters that mail programs put where a line may break."""
_LINE_END: Final = re.compile("\r\n|\r|\n")


def unwrapped(text: str) -> Iterator[str]:
    """Yield what may have been the JSON object inside a pasted message, the more careful guess first.

    Only marks of quoting and what stands before the first and after the last brace are taken away; whether that was
    right shows in the result being one JSON object.
    """
    inner = _cut(_without_quoting(text.translate(_SPACES)))
    if inner is not None:
        yield inner
        yield inner.translate(_QUOTATION_MARKS)


def mended(document: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return ``document`` with line breaks and hyphenation taken out of the values of its known keys.

    Returns:
        The document, and the keys whose values changed.
    """
    whole = {key: _mend(key, value) if key in KNOWN_KEYS else value for key, value in document.items()}
    return whole, tuple(key for key in whole if whole[key] != document[key])


def _without_quoting(text: str) -> str:
    lines = _LINE_END.split(text)
    braced = [number for number, line in enumerate(lines) if "{" in line or "}" in line]
    if not braced:
        return text
    block = lines[braced[0] : braced[-1] + 1]
    if not all(line.lstrip().startswith(">") for line in block if line.strip()):
        return text
    return "\n".join(line.lstrip("> \t") for line in block)


def _cut(text: str) -> str | None:
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start or text[:start].rstrip().endswith(("[", ",")):
        # A list that was cut off is no message around an object.
        return None
    return text[start : end + 1]


def _mend(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_mend(key, item) for item in value]
    if not isinstance(value, str):
        return value
    lines = _LINE_END.split(value.strip(" \t\r\n"))
    # Quoted-printable marks a line that goes on with "=", which no value of Infor's contains.
    first = [line.rstrip(" \t=") for line in lines[:-1]]
    joined = [*first, lines[-1]]
    if key == "cn":
        # The only value with spaces; lines are broken at those.
        return " ".join(line.strip(" \t>") for line in joined) if first else value
    return "".join([joined[0], *(line.lstrip("> \t") for line in joined[1:])]).translate(_HYPHENATION)
