"""IDM: document types and search, as JSON or XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from flask import Response, jsonify, request

from ionapi_tui.practice.gateway import Caller
from ionapi_tui.practice.names import USES_IDM

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
    name = path.removeprefix("api/datamodel/entities/")
    if name in _ATTRIBUTES:
        return _formatted({"entity": _entity(name)})
    if path == "api/items/search":
        return _search()
    return _refusal(404, "Not found", "There is no such resource.")


def _search() -> Response:
    if missing := [name for name in ("$query", "$offset", "$limit") if name not in request.args]:
        return _refusal(400, "Missing parameter", ", ".join(missing))
    return _formatted({"items": {"item": [], "searchXQuery": request.args["$query"], "searchCount": 0}})


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
