"""The suites behind the gateway: the user of a token (IFS), documents (IDM) and messages (ION)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from flask import Response, jsonify, request

from ionapi_tui.practice.gateway import Caller, refused
from ionapi_tui.practice.names import USES_IDM
from ionapi_tui.practice.state.people import User


def users(path: str, caller: Caller) -> Response:
    """Answer below ``ifsservice/``."""
    if path != "usermgt/v2/users/me":
        return refused(404, "Not Found")
    if caller.user is None:
        # That errors come with status 200 is known from one sample; that this is one of them is inferred.
        return jsonify(ErrorList=[{"Code": "IFS0001", "Message": "The user identity could not be determined."}])
    return jsonify(response={"userlist": [_user(caller.user)]})


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


def ion(path: str, _caller: Caller) -> Response:
    """Answer below ``IONSERVICES/``. It asks for no user: the messaging service verifies the client id."""
    if path == "api/ion/messaging/service/ping":
        # The body is unknown; clients look at the status.
        return jsonify(status="OK")
    return refused(404, "Not Found")
