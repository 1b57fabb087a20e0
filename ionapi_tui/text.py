"""Text that is not ours, made safe to draw.

File contents, file names, server answers and host names may hold characters that move the cursor, write the
clipboard (OSC 52), reverse the reading direction or hide themselves. They pass through here once, at the boundary,
before a widget, a message or a log sees them.
"""

from __future__ import annotations

import unicodedata

_INVISIBLE = frozenset(["Cf", "Zl", "Zp", "Cs", "Co", "Cn"])
"""Unicode categories replaced whole: format (bidi, zero width), line and paragraph separators, lone surrogates,
private use, unassigned."""


def _visible(char: str) -> str:
    point = ord(char)
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "␡"
    if point < 0xA0:
        return f"‹{point:02X}›"
    if unicodedata.category(char) in _INVISIBLE:
        return f"‹{point:04X}›"
    return char


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
        shown = "".join(map(_visible, shown))
    if cut or len(shown) > limit:
        shown = shown[: limit - 1] + "…"
    return shown


def scrub(text: str, secrets: tuple[str, ...]) -> str:
    """Return ``text`` with each of ``secrets`` (four characters or longer) replaced by the mask.

    Servers and proxies echo what they were sent; what they say is shown to people.
    """
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, "••••••••")
    return text
