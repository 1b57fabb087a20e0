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
    if _depth(text) > MAX_DEPTH:
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
        return _not_json(text, error.pos, _reason(text, error.pos, error.msg))
    except _BadNumber:
        return _bad_number(text)


def not_json_at_start(reason: str) -> Finding:
    """Return the finding for something that is no JSON from its first character on, for ``reason``."""
    return _not_json("", 0, reason)


def _depth(text: str) -> int:
    deepest = depth = 0
    for match in _BRACKETS.finditer(text):
        first = match[0][0]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest


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


def _reason(text: str, position: int, technical: str) -> str:
    """Return why ``text`` is no JSON from ``position`` on, in plain words."""
    rest = text[position : position + 1]
    if text.lstrip().startswith("<"):
        return _("it is a web page, perhaps a log-in page that was saved in place of the file")
    if not text[position:].strip() or technical.startswith("Unterminated"):
        return _("the file ends too early, as after an interrupted download")
    if technical.startswith("Extra"):
        return _("more text follows after the end of the JSON object")
    if rest == "'":
        return _("JSON has double quotation marks, not single ones")
    if rest in "}]" and text[:position].rstrip().endswith(","):
        return _("the comma before “{character}” is one too many").format(character=rest)
    return _("“{character}” does not belong there").format(character=safe(rest))
