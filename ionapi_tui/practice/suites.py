"""The suites behind the gateway: the user of a token (IFS), documents (IDM), messages (ION) and M3.

The response about a user is in the envelope of a recorded one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from flask import Response, jsonify, request

from ionapi_tui.practice.error_bodies import UNKNOWN_CLIENT, m3_error
from ionapi_tui.practice.gateway import Caller, refused
from ionapi_tui.practice.names import USES_IDM, Role
from ionapi_tui.practice.seed import SERVICE_USERS
from ionapi_tui.practice.state.people import User


def users(path: str, caller: Caller) -> Response:
    """Answer below ``ifsservice/``."""
    if path != "usermgt/v2/users/me":
        return refused(404, "Not Found")
    if caller.user is None:
        # That errors come with status 200 is known from one sample; that this is one of them is inferred. The sample
        # reads ``ErrorList``, the recorded success has ``errorlist``: this is the recorded one, the fault the other.
        errors = [{"Code": "IFS0001", "Message": "The user identity could not be determined."}]
        return jsonify(response=None, responsestatus="error", errorlist=errors)
    return jsonify(response={"userlist": [_user(caller.user)]}, responsestatus="success", errorlist=[])


def _user(user: User) -> dict[str, Any]:
    given, _, family = user.full_name.partition(" ")
    # Whether inherited roles are listed is unknown; here they are not.
    groups = [_group(role, "Security Role") for role in sorted(user.roles)]
    return {
        "id": user.id,
        "userName": user.user_name,
        "name": {"familyName": family, "givenName": given},
        "displayName": user.full_name,
        "emails": [{"value": _mail(user), "type": "work", "primary": True}],
        "title": "",
        "preferredLanguage": "en-US",
        "locale": "en-US",
        "timezone": "UTC",
        "active": user.enabled,
        "ifsPersonId": user.id,
        "userAlias": user.user_name,
        "upn": _mail(user),
        "emailVerified": True,
        "groups": [*groups, _group("Everyone", "Distribution Group")],
        "lastLogon": "2026-01-01T08:00:00Z",
        "profilePicture": {"cdnPath": ""},
        "isServiceUser": user.user_name in SERVICE_USERS,
        "joinDate": "2025-01-01T08:00:00Z",
    }


def _group(name: str, kind: str) -> dict[str, str]:
    return {"display": name, "value": str(uuid.uuid5(_GROUPS, name)).upper(), "type": kind}


_GROUPS = uuid.UUID("7d1c0c0e-5b0e-4a5e-8f35-2f6b3f1d9a10")
"""The namespace of the ids of groups, so that a group has the same id at every start."""


def _mail(user: User) -> str:
    return f"{user.user_name}@practice.invalid"


_ATTRIBUTES = {
    "MDS_File": ("MDS_Name", "MDS_Description"),
    "InforInvoice": ("MDS_DocumentNumber", "MDS_Supplier", "MDS_Amount"),
    "LN_SupplierInvoice": ("LN_Company", "LN_InvoiceNumber", "LN_Supplier"),
    "M3_SupplierInvoice": ("M3_Company", "M3_SupplierInvoiceNumber", "M3_Payee"),
}


def idm(path: str, caller: Caller) -> Response:
    """Answer below ``IDM/``."""
    if caller.user is None or not caller.user.may(USES_IDM):
        return _refusal(403, "Access denied", "The user lacks the role IDM-User.")
    if path == "api/datamodel/entities":
        return _formatted({"entities": {"entity": [_entity(name) for name in _ATTRIBUTES]}})
    if path == "api/items/count":
        # A string, as recorded. Nothing is stored here, so the number means nothing.
        return jsonify(count="0")
    return _refusal(404, "Not found", "There is no such resource.")


def _entity(name: str) -> dict[str, Any]:
    attributes = [{"name": attribute, "qual": attribute, "type": "1"} for attribute in _ATTRIBUTES[name]]
    return {"name": name, "desc": name.replace("_", " "), "attrs": {"attr": attributes}}


def _refusal(status: int, message: str, detail: str) -> Response:
    # The shape is from Infor's typed sample; codes and wording are unknown.
    error = {"code": str(status), "message": message, "detail": detail, "area": "IDM"}
    response = _formatted({"error": error})
    response.status_code = status
    return response


def _formatted(document: Mapping[str, Any]) -> Response:
    # Which of the two IDM prefers when the request does not say is unknown; XML is the older one.
    best = request.accept_mimetypes.best_match(["application/xml", "application/json"], "application/xml")
    if best == "application/json":
        return jsonify(document)
    ((name, content),) = document.items()
    return Response(ElementTree.tostring(_element(name, content), "unicode"), mimetype="application/xml")


def _element(name: str, content: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(content, Mapping):
        for key, value in content.items():
            element.extend(_element(key, item) for item in (value if isinstance(value, list) else [value]))
    else:
        element.text = str(content)
    return element


def ion(path: str, caller: Caller) -> Response:
    """Answer below ``IONSERVICES/``. Messages ask for no user: the messaging service verifies the client id.

    There is no ION Desk here. Every app is taken to be named in a connection point of its own; the fault
    ``no-connection-point`` removes it.
    """
    if path == "api/ion/messaging/service/ping":
        # The body is unknown; clients look at the status.
        return jsonify(status="OK")
    if path == "api/ion/messaging/service/v3/acceptedDocuments":
        if request.headers.get("X-ClientID") != caller.client_id:
            return jsonify(UNKNOWN_CLIENT)
        return jsonify(status="OK", documents=["Sync.CaptureDocument"])
    if path == "connect/model/v1/connectionpoints":
        # Who may read them is unknown; that the role of ION Desk is asked for is inferred, and so is the shape.
        if caller.user is None or not caller.user.may({Role.ION_DESK_ADMIN}):
            return refused(403, "Forbidden")
        return jsonify([{"name": "DocBits_Export", "type": "IMS", "properties": {"clientId": caller.client_id}}])
    return refused(404, "Not Found")


def m3(path: str, caller: Caller) -> Response:
    """Answer below ``M3/``. The shape is inferred; the text without a user is the one that people report."""
    if path != "m3api-rest/v2/execute/MNS150MI/GetUserData":
        return refused(404, "Not Found")
    if caller.user is None:
        return jsonify(m3_error("Illegal impersonation attempt (error: 163)"))
    record = {"USID": caller.user.user_name.rpartition(".")[2].upper(), "TX40": caller.user.full_name}
    return jsonify(results=[{"transaction": "GetUserData", "records": [record]}], nrOfFailedTransactions=0)
