"""From bytes to text: byte order marks and the encodings that editors and mail programs make of a file."""

from __future__ import annotations

import codecs
from typing import Final

from ionapi_tui.base.language import _
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
