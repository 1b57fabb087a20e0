"""What ``ionapi-tui api`` sends: headers, fields of a JSON body, and a body from a file or standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.api_request import ApiRequest

_LARGEST_BODY: Final = 64 * 1_048_576
"""Bytes of a body that is sent; it is kept in memory, to be sent again after a 401."""
_WORDS: Final = {"true": True, "false": False, "null": None}


def request_of(
    path: str,
    method: str | None,
    headers: Iterable[str],
    texts: Iterable[str],
    typed: Iterable[str],
    source: str | None,
) -> ApiRequest:
    """Return the request that the options describe.

    Args:
        path: the path, with its query.
        method: the method; None for GET, or POST when there is a body.
        headers: each ``Name: value``.
        texts: each ``name=value``, a string.
        typed: each ``name=value``, whose value may be a number, true, false, null, or ``@FILE``.
        source: a file with the body, or a dash; None for none.

    Raises:
        UsageError: an option cannot be understood, or a file cannot be read.
    """
    fields = _fields(texts, typed)
    pairs = tuple(_header(text) for text in headers)
    if source is not None:
        if fields:
            raise UsageError(_("The body is either what --input names or the fields of -f and -F. Leave one out."))
        return ApiRequest(path, (method or "POST").upper(), pairs, _content(source))
    if not fields:
        return ApiRequest(path, (method or "GET").upper(), pairs)
    verb = (method or "POST").upper()
    if verb in {"GET", "HEAD"}:
        pairs_of_query = [(name, _as_text(value)) for name, value in fields.items()]
        query = urlencode(pairs_of_query, safe="$/", errors="surrogateescape", quote_via=quote)
        return ApiRequest(f"{path}{'&' if '?' in path else '?'}{query}", verb, pairs)
    return ApiRequest(path, verb, pairs, json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogateescape"))


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise UsageError(_("A header has the form 'Name: value', not {text}.").format(text=safe(text, 40)))
    return name.strip(), value.strip()


def _fields(texts: Iterable[str], typed: Iterable[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for pairs, value_of in ((texts, str), (typed, _value)):
        for pair in pairs:
            name, equals, text = pair.partition("=")
            if not equals or not name:
                raise UsageError(_("A field is written as name=value, not as {text}.").format(text=safe(pair, 40)))
            if "[" in name:
                raise UsageError(_("Fields inside fields are not supported. Send such a body with --input."))
            if name in fields:
                raise UsageError(_("The field {name} is given twice.").format(name=safe(name, 40)))
            fields[name] = value_of(text)
    return fields


def _value(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if text.startswith("@"):
        try:
            return _content(text[1:]).decode("utf-8")
        except UnicodeDecodeError:
            raise UsageError(_("{file} is not text in UTF-8.").format(file=safe(text[1:]))) from None
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 18 and (digits == "0" or digits[0] != "0"):
        return int(text)
    return text


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _content(source: str) -> bytes:
    try:
        if source == "-":
            content = sys.stdin.buffer.read(_LARGEST_BODY + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(_LARGEST_BODY + 1)
    except (OSError, ValueError) as error:
        sentence = _("{file} cannot be read: {why}.")
        why = getattr(error, "strerror", None) or type(error).__name__
        raise UsageError(sentence.format(file=safe(source), why=safe(why))) from None
    if len(content) > _LARGEST_BODY:
        raise UsageError(_("{file} is longer than {size} MiB.").format(file=safe(source), size=_LARGEST_BODY >> 20))
    return content
