"""Who a token speaks for: the answer of ``users/me``, read defensively.

The shape is known from independent clients, not from documentation: an error may come with status 200 and an
``ErrorList``, and a group's ``type`` may be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ionapi_tui.base.text import safe

PATH = "ifsservice/usermgt/v2/users/me"


@dataclass(frozen=True)
class User:
    """The user a service account acts for."""

    id: str
    name: str
    """What people know the user by: the display name, else the user name."""
    roles: tuple[str, ...] | None
    """Names of the security roles as Infor writes them; None when the answer lists no groups at all."""


def user_in(document: dict[str, Any]) -> User | None:
    """Return the user in the answer of ``users/me``; None when it names none."""
    response = document.get("response")
    users = response.get("userlist") if isinstance(response, dict) else None
    if not isinstance(users, list) or not users or not isinstance(users[0], dict):
        return None
    first = users[0]
    name = _text(first.get("displayName")) or _text(first.get("userName"))
    identity = _text(first.get("id"))
    if not name and not identity:
        return None
    return User(identity, name or identity, _roles(first.get("groups")))


def _roles(groups: object) -> tuple[str, ...] | None:
    if not isinstance(groups, list):
        return None
    named = [group for group in groups if isinstance(group, dict) and _text(group.get("display"))]
    # What the type of a security role is called is not published. Where any type says "role", those are meant.
    typed = [group for group in named if "role" in _text(group.get("type")).casefold()]
    return tuple(_text(group["display"]) for group in (typed or named))


def _text(value: object) -> str:
    return safe(value, 120).strip() if isinstance(value, str) else ""
