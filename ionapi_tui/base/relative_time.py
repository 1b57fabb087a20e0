"""Relative times, such as “3 minutes ago”."""

from __future__ import annotations

from datetime import datetime

from ionapi_tui.base.language import _, n_


def ago(when: datetime, now: datetime) -> str:
    """Return in words how long before ``now`` ``when`` was; a time in the future counts as now."""
    seconds = max(0, int((now - when).total_seconds()))
    if seconds < 60:
        return _("just now")
    if seconds < 3600:
        return n_("{n} minute ago", "{n} minutes ago", seconds // 60)
    if seconds < 86_400:
        return n_("{n} hour ago", "{n} hours ago", seconds // 3600)
    if seconds < 172_800:
        return _("yesterday")
    return n_("{n} day ago", "{n} days ago", seconds // 86_400)
