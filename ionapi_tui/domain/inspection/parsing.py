"""From bytes to a JSON value: encodings, what mail programs did to a pasted file, and JSON itself.

``json`` is made strict where it is lenient, and bounded where it is not. What a mail program, a chat or a word
processor did is undone where that is unambiguous.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import KNOWN_KEYS
from ionapi_tui.domain.findings import Code, Finding

_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (codecs.BOM_UTF8, "utf-8", ""),
)


def decode(raw: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the text of ``raw``, and what is to be said about its encoding.

    Returns:
        The text without its byte order mark, or None when there is none (then the one finding says why).
    """
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return None, (Finding(Code.EMPTY),)
    encoding, name, mark = _encoding(raw)
    try:
        text = raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        # The position only: the exception itself holds the whole file.
        line = raw.count(b"\n", 0, len(mark) + error.start) + 1
        return None, (Finding(Code.ENCODING, values={"line": str(line)}),)
    if name:
        return text, (_repaired(_("it is encoded as {encoding} instead of UTF-8").format(encoding=name)),)
    return text, (_repaired(_("it begins with an invisible byte order mark")),) if mark else ()


def _encoding(raw: bytes) -> tuple[str, str, bytes]:
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            return encoding, name, mark
    # Without a mark: JSON begins with two ASCII characters, so the zero byte tells the order.
    if raw[1:2] == b"\0" and raw[:1] != b"\0":
        return "utf-16-le", "UTF-16", b""
    if raw[:1] == b"\0" and raw[1:2] != b"\0":
        return "utf-16-be", "UTF-16", b""
    return "utf-8", "", b""


def _repaired(what: str) -> Finding:
    return Finding(Code.REPAIRED, values={"what": what})


MAX_DEPTH: Final = 50
"""Levels of nesting that are read. Infor's files have two."""

_MAX_DIGITS: Final = 400

# Whole strings (closed or not, so that the scan stays linear) and, outside of them, what is looked for.
_STRING: Final = r'"(?:[^"\\]|\\.)*+"?'
_BRACKETS: Final = re.compile(rf"{_STRING}|[\[{{]|[\]}}]", re.DOTALL)
_CLOSED_STRING: Final = r'"(?:[^"\\]|\\.)*+"'
_ESCAPES: Final = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
_SPACES: Final = " \t\r\n"
"""What JSON allows between its parts."""
_BEFORE_A_VALUE: Final = ("{", "[", ",", ":", "")
_NUMBERS: Final = re.compile(
    rf"{_STRING}|(-?Infinity|NaN|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)", re.DOTALL
)


@dataclass(frozen=True)
class Parsed:
    """A JSON value and what plain dictionaries would have swallowed."""

    value: Any
    duplicates: dict[str, bool]
    """Keys that occur more than once in one object, and whether their values are all equal."""


class _BadNumber(Exception):
    """A number that JSON does not have, or that nobody writes."""


def parse(text: str) -> Parsed | Finding:
    """Return the JSON value of ``text``, or the finding that says why there is none.

    Control characters inside strings are let through: a line break in a value can be mended, and any other is better
    reported with the name of its field than as a syntax error.
    """
    if _depths(text)[0] > MAX_DEPTH:
        return Finding(Code.TOO_DEEP, values={"limit": str(MAX_DEPTH)})
    duplicates: dict[str, bool] = {}

    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in pairs:
            if key in result:
                duplicates[key] = duplicates.get(key, True) and _same(result[key], value)
            result[key] = value
        return result

    decoder = json.JSONDecoder(
        object_pairs_hook=as_object, parse_int=_integer, parse_float=_float, parse_constant=_constant, strict=False
    )
    try:
        return Parsed(decoder.decode(text), duplicates)
    except json.JSONDecodeError as error:
        return syntax_error(error)
    except _BadNumber:
        return _bad_number(text)


def syntax_error(error: json.JSONDecodeError) -> Finding:
    """Return the finding for what ``json`` could not read, the same in every version of Python.

    Where the mistake is, and what it is, are told by the text alone: versions differ in their words, and Python 3.13
    puts a comma too many where the comma is, earlier ones where the bracket behind it is.
    """
    text = error.doc
    return _not_json(text, *_mistake(text, _after_spaces(text, error.pos)))


def not_json_at_start(reason: str) -> Finding:
    """Return the finding for something that is no JSON from its first character on, for ``reason``."""
    return _not_json("", 0, reason)


def _depths(text: str) -> tuple[int, int]:
    """Return how deep ``text`` is nested at most, and at its end."""
    deepest = depth = 0
    for match in _BRACKETS.finditer(text):
        first = match[0][0]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest, depth


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise _BadNumber
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if len(digits) > _MAX_DIGITS or not math.isfinite(number):
        raise _BadNumber
    return number


def _constant(_name: str) -> float:
    raise _BadNumber


def _is_bad(number: str) -> bool:
    if number[-1] in "yN" or len(number) > _MAX_DIGITS:
        return True
    return not number.lstrip("-").isdecimal() and not math.isfinite(float(number))


def _bad_number(text: str) -> Finding:
    found = next(match for match in _NUMBERS.finditer(text) if match[1] and _is_bad(match[1]))
    reason = _("“{number}” is not a valid JSON number").format(number=safe(found[1], 20))
    return _not_json(text, found.start(), reason)


def _not_json(text: str, position: int, reason: str) -> Finding:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return Finding(Code.NOT_JSON, values={"line": str(line), "column": str(column), "reason": reason})


def _after_spaces(text: str, position: int) -> int:
    return len(text) - len(text[position:].lstrip(_SPACES))


def _mistake(text: str, position: int) -> tuple[int, str]:
    """Return where ``text`` stops to be JSON, and why in plain words, given where ``json`` noticed it."""
    if text.lstrip().startswith("<"):
        return position, _("it is a web page, perhaps a sign-in page that was saved instead of the file")
    start = _open_string(text, position)
    if start is not None or position == len(text):
        return position if start is None else start, _("the file ends too early, as after an interrupted download")
    before, character = text[:position].rstrip(_SPACES), text[position]
    if before and _depths(before)[1] == 0:
        return position, _("more text follows after the end of the JSON object")
    if character == "'":
        return position, _("JSON has double quotation marks, not single ones")
    bracket = text[position + 1 :].lstrip(_SPACES)[:1]
    if character == "," and bracket in ("}", "]") and not before.endswith(":"):
        return position, _("there is an extra comma before “{character}”").format(character=bracket)
    if character in "}]" and before.endswith(","):
        return len(before) - 1, _("there is an extra comma before “{character}”").format(character=character)
    if character == '"' and _is_value_before(text, before):
        return position, _("a comma is missing before it")
    escape = _bad_escape(text, position)
    position = position if escape is None else escape
    return position, _("“{character}” does not belong there").format(character=safe(text[position]))


def _is_value_before(text: str, before: str) -> bool:
    """Return whether ``before``, the beginning of ``text``, ends with a value, and not with the key of one."""
    string = _string_at(text, len(before) - 1)
    if string is not None:
        return text[: string.start()].rstrip(_SPACES).endswith(":")
    return before[-1:] not in _BEFORE_A_VALUE


def _string_at(text: str, position: int) -> re.Match[str] | None:
    """Return the string that begins at ``position`` or goes beyond it; None outside of strings."""
    strings = re.finditer(_STRING, text, re.DOTALL)
    return next((match for match in strings if match.start() <= position < match.end()), None)


def _open_string(text: str, position: int) -> int | None:
    """Return where the string at ``position`` begins, when it has no end; else None."""
    match = _string_at(text, position)
    return match.start() if match and not re.fullmatch(_CLOSED_STRING, match[0], re.DOTALL) else None


def _bad_escape(text: str, position: int) -> int | None:
    """Return where the sequence is that no string of JSON has, when ``position`` is inside a string with one."""
    match = _string_at(text, position)
    if match is None or match.start() == position:
        return None
    escapes = (found for found in _ESCAPES.finditer(match[0]) if not found[1])
    return next((match.start() + found.start() for found in escapes), None)


_QUOTATION_MARKS: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ODD_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u3000", " ") | dict.fromkeys("\u200b\u2060\ufeff"))
_HYPHENATION: Final = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff\u00a0\u202f"))
"""Invisible characters that mail programs put where a line may break."""
_LINE_END: Final = re.compile("\r\n|\r|\n")


def unwrapped(text: str) -> Iterator[str]:
    """Yield what may have been the JSON object inside a pasted message, the more careful guess first.

    Only marks of quoting and what stands before the first and after the last brace are taken away; whether that was
    right shows in the result being one JSON object.
    """
    inner = _cut(_without_quoting(text.translate(_ODD_SPACES)))
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
    if start < 0 or end < start or _is_cut_list(text[:start]):
        return None
    return text[start : end + 1]


def _is_cut_list(before: str) -> bool:
    """Return whether what stands before an object is a list that was cut off, and no message that begins “Hello,”."""
    before = before.rstrip()
    if not before.endswith(","):
        return before.endswith("[")
    value = before[:-1].rstrip()
    return not value or value[-1].isdecimal() or value[-1] in '"]}'


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
