"""Which security roles the service user needs, and whether the ones it has will do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from ionapi_tui.domain.findings import Severity

REQUIRED: Final = (
    ("IDM-AdvancedUser", Severity.ERROR),
    ("Infor-SuiteUser", Severity.ERROR),
    # Newer portals no longer list this one among their roles.
    ("MingleEnterprise", Severity.WARNING),
)
"""The roles of the service user, each with how bad it is when it is missing."""

_IMPLIED: Final = {
    "IDM-Administrator": "IDM-AdvancedUser",
    "IDM-AdvancedUser": "IDM-User",
    "IDM-SuperUser": "IDM-User",
}
"""Infor's inheritance among the roles of IDM; whether ``users/me`` lists inherited roles is not published."""

_IN_OTHER_WORDS: Final = {
    "idmadmin": "IDM-Administrator",
    "idmadministrator": "IDM-Administrator",
    "ionapiadmin": "IONAPI-Administrator",
    "ionapiadministrator": "IONAPI-Administrator",
    "iondeskadmin": "IONDeskAdmin",
}

_SEEN_ALL: Final = "IDM-SuperUser"


def missing(roles: Iterable[str]) -> tuple[tuple[str, Severity], ...]:
    """Return the required roles that ``roles`` do not contain, with how bad that is.

    Names are compared whole, without regard to case, spaces, underscores and the kind of dash.
    """
    present = _with_implied(roles)
    gaps = [(role, severity) for role, severity in REQUIRED if _key(role) not in present]
    # A super user sees every document, so that most of it works without the role that is asked for.
    softened = Severity.WARNING if _key(_SEEN_ALL) in present else Severity.ERROR
    return tuple((role, softened if role == "IDM-AdvancedUser" else severity) for role, severity in gaps)


def may_use_idm(roles: Iterable[str]) -> bool:
    """Return whether ``roles`` contain or imply the least that IDM asks for."""
    return _key("IDM-User") in _with_implied(roles)


def that_count(roles: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``roles`` that matter to this program, in their order."""
    names = {_key(role) for role, _severity in REQUIRED} | {_key(name) for pair in _IMPLIED.items() for name in pair}
    names |= set(_IN_OTHER_WORDS)
    return tuple(role for role in roles if _key(role) in names)


def _with_implied(roles: Iterable[str]) -> set[str]:
    present = {_key(_IN_OTHER_WORDS.get(_key(role), role)) for role in roles}
    # The chain has three links; each round adds one.
    for _round in _IMPLIED:
        present |= {_key(lesser) for greater, lesser in _IMPLIED.items() if _key(greater) in present}
    return present


def _key(role: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", role)).casefold()
