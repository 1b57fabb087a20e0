"""IFS: who the token speaks for, with their security roles."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from ionapi_tui.practice.gateway import Caller, refused
from ionapi_tui.practice.state.people import User


def users(path: str, caller: Caller) -> Response:
    """Answer below ``ifsservice/``."""
    if path != "usermgt/v2/users/me":
        return refused(404, "Not Found")
    if caller.user is None:
        # That errors come with status 200 is known from one sample; that this is one of them is inferred.
        return jsonify(ErrorList=[{"Code": "IFS0001", "Message": "The user identity could not be determined."}])
    return jsonify(response={"userlist": [_user(caller.user)]})


def social(path: str, caller: Caller) -> Response:
    """Answer below ``Mingle/``: the older way to ask who one is; it knows no roles."""
    if path != "SocialService.Svc/User/Detail" or caller.user is None:
        return refused(404, "Not Found")
    given, _, family = caller.user.full_name.partition(" ")
    detail = {
        "FirstName": given,
        "LastName": family,
        "Email": _mail(caller.user),
        "Title": "",
        "UserGUID": caller.user.id,
    }
    return jsonify(UserDetailList=[detail], Status=0, ErrorList=None)


def _user(user: User) -> dict[str, Any]:
    given, _, family = user.full_name.partition(" ")
    # Whether inherited roles are listed is unknown; here they are not. The text of "type" is unconfirmed.
    groups = [
        {"display": role, "type": "Security Role", "value": str(number)}
        for number, role in enumerate(sorted(user.roles), 1)
    ]
    return {
        "id": user.id,
        "userName": user.user_name,
        "displayName": user.full_name,
        "name": {"givenName": given, "familyName": family},
        "title": "",
        "department": "",
        "emails": [{"value": _mail(user), "type": "work", "primary": True}],
        "groups": [*groups, {"display": "Everyone", "type": "Group", "value": "0"}],
    }


def _mail(user: User) -> str:
    return f"{user.user_name}@practice.invalid"
