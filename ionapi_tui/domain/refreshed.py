"""Tenants that were probably refreshed: several profiles of one were refused for the first time at the same time.

When production is copied to another tenant, that tenant's authorized apps and service accounts are overwritten, and all
its credentials stop working together. That is inferred from what was verified; Infor tells nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.profile import Profile

CODES: Final = frozenset({Code.INVALID_CLIENT, Code.INVALID_GRANT})
"""What a profile of such a tenant is refused with."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A tenant, or one environment of a customer, that was probably refreshed."""

    profiles: tuple[Profile, ...]
    """Those that stopped working together, by name."""

    @property
    def finding(self) -> Finding:
        """What to say about it."""
        tenants = dict.fromkeys(profile.tenant for profile in self.profiles)
        names = [profile.name for profile in self.profiles]
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        values = {"tenant": ", ".join(tenants), "count": str(len(names)), "names": shown}
        return Finding(Code.TENANT_REFRESHED, None, values)


@dataclass(frozen=True, slots=True)
class _Refused:
    """A profile that worked, and is refused now."""

    profile: Profile
    worked: str
    """When it last worked, in ISO 8601."""
    since: str
    """When it was first refused after that."""


def refreshed(profiles: Iterable[Profile]) -> tuple[Refreshed, ...]:
    """Return the tenants among ``profiles`` that were probably refreshed.

    Profiles belong together that have the same gateway and the same tenant, or tenants of one environment whose names
    begin with the same customer (``ACME_TST`` and ``ACME_EU_TST``). At least two of them worked until some moment and
    are refused since. Those whose tenant another profile still works with since then do not count.
    """
    groups: dict[tuple[str, str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        groups[_group(profile)].append(profile)
    found = (_together(group) for group in groups.values() if len(group) > 1)
    return tuple(Refreshed(together) for together in found if len(together) > 1)


def finding_about(profile: Profile, profiles: Iterable[Profile]) -> Finding | None:
    """Return the finding that the tenant of ``profile`` was probably refreshed; None if nothing suggests that."""
    if profile.checked is None or profile.checked.code not in CODES:
        return None
    group = _group(profile)
    found = refreshed(one for one in profiles if _group(one) == group)
    return next((one.finding for one in found if profile.id in {each.id for each in one.profiles}), None)


def _group(profile: Profile) -> tuple[str, str, str]:
    host, tenant, environment = urlsplit(profile.gateway).netloc.lower(), profile.tenant.upper(), profile.environment
    return host, tenant.partition("_")[0] if environment else tenant, environment


def _together(group: Sequence[Profile]) -> tuple[Profile, ...]:
    refused = [one for one in map(_refused, group) if one is not None and not _contradicted(one, group)]
    if not refused:
        return ()
    # The one that was noticed last; the others count if they can have stopped at the same moment.
    last = max(refused, key=lambda one: one.since)
    together = [one.profile for one in refused if one.worked < last.since and last.worked < one.since]
    return tuple(sorted(together, key=lambda profile: profile.name))


def _refused(profile: Profile) -> _Refused | None:
    checks = () if profile.checked is None else (profile.checked, *profile.earlier)
    since = ""
    for one in checks:
        if one.ok:
            return _Refused(profile, one.at, since) if since else None
        if one is profile.checked and one.code not in CODES:
            return None
        since = one.at
    return None


def _contradicted(refused: _Refused, group: Iterable[Profile]) -> bool:
    """Return whether another profile of the same tenant has worked since."""
    return any(
        one.checked is not None and one.checked.ok and one.checked.at >= refused.since
        for one in group
        if one.tenant.upper() == refused.profile.tenant.upper()
    )
