"""How ``ionapi-tui api`` shows a body on a terminal: JSON with indentation, other text as it is, all of it harmless."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.gateway.responses import redacted

_CHARSET: Final = re.compile(r"""charset\s*=\s*"?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_TOKEN: Final = re.compile(r"""("(?:[^"\\]|\\.)*")|([\[{])|([\]}])|(,)|(:)|([^\s\[\]{},:"]+)""")
_INDENT: Final = "  "


def lines_of(body: bytes, content_type: str, secrets: Sequence[Secret]) -> list[str] | None:
    """Return the lines of ``body`` for a terminal, without control characters and known secrets.

    Args:
        body: what the server sent.
        content_type: what it said that is.
        secrets: what must not be shown.

    Returns:
        The lines; None if it is not text.
    """
    text = _text(body, content_type)
    if text is None:
        return None
    text = redacted(text, secrets)
    pretty = _indented(text)
    shown = text.replace("\r\n", "\n").removesuffix("\n") if pretty is None else pretty
    return [safe(line.expandtabs(4), max(1, 8 * len(line))) for line in shown.split("\n")]


def _text(body: bytes, content_type: str) -> str | None:
    if b"\0" in body[:1024]:
        return None
    named = _CHARSET.search(content_type)
    for encoding in ("utf-8-sig", *([named[1]] if named else [])):
        try:
            return body.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return None


def _indented(text: str) -> str | None:
    """Return JSON with a line for each value, digits and order kept as they are; None if it is none."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    return "".join(_pieces(text)).strip()


def _pieces(text: str) -> Iterator[str]:
    depth, is_empty = 0, False
    for match in _TOKEN.finditer(text):
        word, kind = match[0], match.lastindex
        if kind == 3:
            depth -= 1
            yield word if is_empty else f"\n{_INDENT * depth}{word}"
            is_empty = False
            continue
        if is_empty:
            yield f"\n{_INDENT * depth}"
        is_empty = kind == 2
        if kind == 2:
            depth += 1
            yield word
        elif kind == 4:
            yield f",\n{_INDENT * depth}"
        else:
            yield ": " if kind == 5 else word
