"""From text to a JSON value: strict where ``json`` is lenient, and bounded where it is not."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Code, Finding

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
    reason = _("“{number}” is not a number that JSON has").format(number=safe(found[1], 20))
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
        return position, _("it is a web page, perhaps a log-in page that was saved in place of the file")
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
        return position, _("the comma before “{character}” is one too many").format(character=bracket)
    if character in "}]" and before.endswith(","):
        return len(before) - 1, _("the comma before “{character}” is one too many").format(character=character)
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
