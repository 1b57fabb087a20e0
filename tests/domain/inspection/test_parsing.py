"""What is wrong with JSON is said in our own words and at the same place, whatever the version of Python."""

from __future__ import annotations

import json

import pytest

from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.inspection.parsing import not_json_at_start, parse, syntax_error

PROPERTY = "Expecting property name enclosed in double quotes"
VALUE, COMMA, COLON = "Expecting value", "Expecting ',' delimiter", "Expecting ':' delimiter"
OBJECT, ARRAY = "Illegal trailing comma before end of object", "Illegal trailing comma before end of array"
UNCLOSED, ESCAPE = "Unterminated string starting at", "Invalid \\escape"

TOO_MANY = "there is an extra comma before “{}”"
MISSING = "a comma is missing before it"
TOO_EARLY = "the file ends too early, as after an interrupted download"
MORE = "more text follows after the end of the JSON object"
SINGLE = "JSON has double quotation marks, not single ones"
PAGE = "it is a web page, perhaps a sign-in page that was saved instead of the file"
ALIEN = "“{}” does not belong there"

MISTAKES = [
    # The text; what Python up to 3.12 and since 3.13 says of it; line, column and reason.
    ('{"a":1,}', [(PROPERTY, 7), (OBJECT, 6)], 1, 7, TOO_MANY.format("}")),
    ('{"a":1,\n }', [(PROPERTY, 9), (OBJECT, 6)], 1, 7, TOO_MANY.format("}")),
    ('{"a":1\n ,\n}', [(PROPERTY, 10), (OBJECT, 8)], 2, 2, TOO_MANY.format("}")),
    ("[1,]", [(VALUE, 3), (ARRAY, 2)], 1, 3, TOO_MANY.format("]")),
    ('{"a":["b" ,\n]}', [(VALUE, 12), (ARRAY, 10)], 1, 11, TOO_MANY.format("]")),
    ('{"a":1,,}', [(PROPERTY, 7)], 1, 8, TOO_MANY.format("}")),
    ('{"a":"x"\n"b":2}', [(COMMA, 9)], 2, 1, MISSING),
    ('{"a":{} "b":2}', [(COMMA, 8)], 1, 9, MISSING),
    ('{"a":1 "b":2}', [(COMMA, 7)], 1, 8, MISSING),
    ('{"a" "b"}', [(COLON, 5)], 1, 6, ALIEN.format('"')),
    ('{"a":"b"c"}', [(COMMA, 8)], 1, 9, ALIEN.format("c")),
    ('{"a":,}', [(VALUE, 5)], 1, 6, ALIEN.format(",")),
    ("{a:1}", [(PROPERTY, 1)], 1, 2, ALIEN.format("a")),
    ("ti=ACME", [(VALUE, 0)], 1, 1, ALIEN.format("t")),
    ('{"a":"\\x"}', [(ESCAPE, 6), (ESCAPE, 7)], 1, 7, ALIEN.format("\\")),
    ('{"a":"\\u12"}', [("Invalid \\uXXXX escape", 7), ("Invalid \\uXXXX escape", 6)], 1, 7, ALIEN.format("\\")),
    ("{'a':1}", [(PROPERTY, 1)], 1, 2, SINGLE),
    ('{"a":1}\n}', [("Extra data", 8)], 2, 1, MORE),
    ('{"a":1} {"a":1}', [("Extra data", 8)], 1, 9, MORE),
    ('{"a":"x', [(UNCLOSED, 5)], 1, 6, TOO_EARLY),
    ('{"a":"\\u12', [("Invalid \\uXXXX escape", 7)], 1, 6, TOO_EARLY),
    ('{"a":1,', [(PROPERTY, 7)], 1, 8, TOO_EARLY),
    ('{"a":1,\n', [(PROPERTY, 8), (PROPERTY, 7)], 2, 1, TOO_EARLY),
    ('{"a":', [(VALUE, 5)], 1, 6, TOO_EARLY),
    ("{", [(PROPERTY, 1)], 1, 2, TOO_EARLY),
    ("\n<html>", [(VALUE, 1)], 2, 1, PAGE),
]


def said(finding: object) -> tuple[Code, str, str, str]:
    assert isinstance(finding, Finding)
    return finding.code, finding.values["line"], finding.values["column"], finding.values["reason"]


@pytest.mark.parametrize(
    ("text", "errors", "line", "column", "reason"), MISTAKES, ids=[repr(row[0]) for row in MISTAKES]
)
def test_a_mistake_is_found_at_the_same_place_in_the_same_words(
    text: str, errors: list[tuple[str, int]], line: int, column: int, reason: str
) -> None:
    expected = (Code.NOT_JSON, str(line), str(column), reason)
    assert said(parse(text)) == expected, "by the Python that runs this test"
    for message, position in errors:
        assert said(syntax_error(json.JSONDecodeError(message, text, position))) == expected
        assert said(syntax_error(json.JSONDecodeError("In other words", text, position))) == expected


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1" * 401, "-" + "1" * 400])
def test_a_number_that_is_none_is_found_behind_those_that_are(number: str) -> None:
    before = '{"NaN": 1, "a": -12, "b": [1.5, -2e3, "Infinity"],\n "c": '
    shown = number if len(number) < 20 else said(parse(f"{before}{number}}}"))[3].split("”")[0].removeprefix("“")
    assert number.startswith(shown.rstrip("…"))
    expected = (Code.NOT_JSON, "2", "7", f"“{shown}” is not a valid JSON number")
    assert said(parse(f"{before}{number}}}")) == expected


@pytest.mark.parametrize("number", ["1" * 400, "0." + "1" * 398, "-" + "1" * 399])
def test_a_number_may_be_long(number: str) -> None:
    behind = parse(f'{{"a": {number}, "b": NaN}}')
    assert said(behind)[2] == str(len('{"a": , "b": ') + len(number) + 1)
    assert not isinstance(parse(f'{{"a": {number}}}'), Finding)


def test_what_is_no_json_from_its_beginning_on_is_said_of_its_beginning() -> None:
    assert said(not_json_at_start("a picture")) == (Code.NOT_JSON, "1", "1", "a picture")
