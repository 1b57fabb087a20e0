"""The age of credentials: in words, as a limit somebody types, and the finding that it is time to replace them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile

if TYPE_CHECKING:
    from ionapi_tui.domain.findings import Finding

VARIABLE: Final = "IONAPI_TUI_AGE_DAYS"
"""The environment variable with the days after which the age of credentials is a finding; 0 for never."""
DEFAULT_DAYS: Final = 365

_DAYS: Final = {"d": 1, "w": 7, "y": 365}
_SPAN: Final = re.compile(r"(\d{1,5})([dwy])", re.ASCII)


def days_of(text: str) -> int:
    """Return the days of a span such as ``180d``, ``26w`` or ``1y`` (365 days).

    Raises:
        UsageError: it is no such span.
    """
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None:
        sentence = _("{text} is not an age. Enter days, weeks or years, such as 180d, 26w or 1y.")
        raise UsageError(sentence.format(text=safe(text, 40) or "“”"))
    return int(match[1]) * _DAYS[match[2]]


def in_words(days: int | None) -> str:
    """Return an age in the shortest form: “today”, then days, from 60 days on months, from two years on years."""
    if days is None:
        return ""
    if days < 1:
        return _("today")
    if days < 60:
        return _("{n} d").format(n=days)
    if days < 2 * 365:
        return _("{n} mo").format(n=days * 12 // 365)
    return _("{n} y").format(n=days // 365)


def limit(environ: Mapping[str, str] | None = None) -> int:
    """Return after how many days the age of credentials is a finding; 0 for never.

    Args:
        environ: the environment; by default that of this process. What is not a number there counts as not set.
    """
    text = (os.environ if environ is None else environ).get(VARIABLE, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else DEFAULT_DAYS


def findings_of(profile: Profile, now: datetime, most: int | None = None) -> tuple[Finding, ...]:
    """Return the finding that the credentials of ``profile`` are old; nothing for a practice tenant.

    Args:
        profile: it.
        now: the time it is.
        most: the days after which they are; 0 for never, None for the setting of this machine.
    """
    most, days = limit() if most is None else most, profile.age(now)
    if not most or days is None or days <= most or profile.is_practice:
        return ()
    # The list needs only words, and has to be quick.
    from ionapi_tui.domain.findings import Code, Finding

    values = {"name": profile.name, "days": str(days), "limit": str(most), "variable": VARIABLE}
    return (Finding(Code.CREDENTIALS_OLD, None, values),)
