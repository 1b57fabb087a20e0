"""The user that a token acts for, as ``users/me`` responds, and the security roles that user needs.

The shape is known from a recorded response and from independent clients, not from documentation: an error may come
with status 200 and an ``ErrorList``, and a group's ``type`` may be missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Severity

PATH = "ifsservice/usermgt/v2/users/me"


@dataclass(frozen=True)
class User:
    """The user a service account acts for."""

    id: str
    name: str
    """What people know the user by: the display name, else the user name."""
    roles: tuple[str, ...] | None
    """Names of the security roles as Infor writes them; None when the response lists no groups at all."""
    is_service_user: bool | None = None
    """Whether it is a user for programs that cannot sign in to the portal; None when the response does not say."""
    is_active: bool = True
    """Whether Infor lets it work; True when the response does not say."""
    distribution_groups: tuple[str, ...] = ()
    """Names of its distribution groups, which are no roles."""


def user_in(document: dict[str, Any]) -> User | None:
    """Return the user in the response of ``users/me``; None when it names none."""
    response = document.get("response")
    users = response.get("userlist") if isinstance(response, dict) else None
    if not isinstance(users, list) or not users or not isinstance(users[0], dict):
        return None
    first = users[0]
    name = _text(first.get("displayName")) or _text(first.get("userName"))
    identity = _text(first.get("id"))
    if not name and not identity:
        return None
    is_service_user = first.get("isServiceUser")
    return User(
        identity,
        name or identity,
        _roles(first.get("groups")),
        is_service_user if isinstance(is_service_user, bool) else None,
        first.get("active") is not False,
        _distribution_groups(first.get("groups")),
    )


def _roles(groups: object) -> tuple[str, ...] | None:
    if not isinstance(groups, list):
        return None
    named = [group for group in groups if isinstance(group, dict) and _text(group.get("display"))]
    typed = [group for group in named if _is_role(group)]
    untyped = [group for group in named if not _text(group.get("type"))]
    # A distribution group is no role, even when its name is one.
    return tuple(_text(group["display"]) for group in (typed or untyped))


def _distribution_groups(groups: object) -> tuple[str, ...]:
    named = [group for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
    return tuple(
        _text(group.get("display")) for group in named if "distribution" in _text(group.get("type")).casefold()
    )


def _is_role(group: dict[str, Any]) -> bool:
    return "role" in _text(group.get("type")).casefold()


def _text(value: object) -> str:
    return safe(value, 120).strip() if isinstance(value, str) else ""


REQUIRED: Final = (
    ("IDM-AdvancedUser", Severity.ERROR),
    # A recorded administrator works without these two.
    ("Infor-SuiteUser", Severity.WARNING),
    ("MingleEnterprise", Severity.WARNING),
)
"""The roles of the service user, each with how bad it is when it is missing."""

_IMPLIED: Final = {
    "IDM-Administrator": "IDM-AdvancedUser",
    "IDM-AdvancedUser": "IDM-User",
    "IDM-SuperUser": "IDM-User",
    "PORTAL-User": "Infor-SuiteUser",
}
"""Roles that include another: Infor's inheritance among those of IDM (whether ``users/me`` lists inherited roles is
not published), and the newer portal's role that stands in for the older one."""

_IN_OTHER_WORDS: Final = {
    "idmadmin": "IDM-Administrator",
    "idmadministrator": "IDM-Administrator",
    "ionapiadmin": "IONAPI-Administrator",
    "ionapiadministrator": "IONAPI-Administrator",
    "iondeskadmin": "IONDeskAdmin",
}

_SEEN_ALL: Final = "IDM-SuperUser"


def missing_roles(roles: Iterable[str]) -> tuple[tuple[str, Severity], ...]:
    """Return the required roles that ``roles`` do not contain, with how bad that is.

    Names are compared whole, without regard to case, spaces, underscores and the kind of dash.
    """
    present = _with_implied(roles)
    gaps = [(role, severity) for role, severity in REQUIRED if _role_key(role) not in present]
    # A super user sees every document, so that most of it works without the role that is asked for.
    softened = Severity.WARNING if _role_key(_SEEN_ALL) in present else Severity.ERROR
    return tuple((role, softened if role == "IDM-AdvancedUser" else severity) for role, severity in gaps)


def may_use_idm(roles: Iterable[str]) -> bool:
    """Return whether ``roles`` contain or imply the least that IDM asks for."""
    return _role_key("IDM-User") in _with_implied(roles)


def relevant_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``roles`` that matter to this program, in their order."""
    names = {_role_key(role) for role, _severity in REQUIRED} | {
        _role_key(name) for pair in _IMPLIED.items() for name in pair
    }
    names |= set(_IN_OTHER_WORDS)
    return tuple(role for role in roles if _role_key(role) in names)


def _with_implied(roles: Iterable[str]) -> set[str]:
    present = {_role_key(_IN_OTHER_WORDS.get(_role_key(role), role)) for role in roles}
    # The chain has three links; each round adds one.
    for _round in _IMPLIED:
        present |= {_role_key(lesser) for greater, lesser in _IMPLIED.items() if _role_key(greater) in present}
    return present


@lru_cache(maxsize=512)
def _role_key(role: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", role)).casefold()
