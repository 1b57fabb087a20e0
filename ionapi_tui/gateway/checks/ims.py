"""Check: the messaging service of ION (IMS) responds, and a connection point holds the client ID.

Exports of BODs need both. A ping proves that the service is there and that the token may use it; IMS refuses the client
later, with code 471, when no connection point holds its ID. Who may read the connection points, and what exactly their
list contains, is not documented: it is searched for the client ID, and what cannot be read is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped
from ionapi_tui.gateway.checks.suites import refusal
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.responses import Response

PATH = "IONSERVICES/api/ion/messaging/service/ping"
CONNECTION_POINTS = "IONSERVICES/connect/model/v1/connectionpoints"
SCOPE = "Infor-ION"
_ENOUGH = 16_384
_UNKNOWN_CLIENT = 471
"""The code of IMS for a client ID that no connection point holds (recorded)."""


async def _run(run: Run) -> Outcome:
    if run.token_rejected:
        return skipped(_("the gateway does not accept the token"))
    try:
        response = await run.ask(PATH, first=_ENOUGH)
    except NotReached as failure:
        return found(failure.finding.with_severity(Severity.WARNING))
    if _refuses_client(response):
        return found(Finding(Code.IMS_CLIENT_UNKNOWN, "ci", {"client": run.credentials.client_id}))
    if 200 <= response.status < 300 and not response.is_html:
        return await _connection_point(run)
    finding = refusal(run, response, SCOPE)
    if finding is not None and finding.code in {Code.TOKEN_REJECTED, Code.SCOPE_MISSING, Code.RATE_LIMITED}:
        return found(finding.with_severity(Severity.WARNING))
    values = {"said": response.said(run.secrets), "client": run.credentials.client_id}
    return found(Finding(Code.IMS_UNREACHABLE, "ci", values))


async def _connection_point(run: Run) -> Outcome:
    """Return the outcome when IMS responds, and note which connection point holds the client ID, if any can be read."""
    run.connection_point = _("cannot be read with these credentials")
    try:
        response = await run.ask(CONNECTION_POINTS)
    except NotReached:
        return passed(_("IMS responds"))
    listed = response.json() if response.status == 200 else None
    if not isinstance(listed, list | dict) or not listed:
        return passed(_("IMS responds"))
    name = next(_holders(listed, run.credentials.client_id), None)
    if name is not None:
        run.connection_point, run.is_connection_point_found = name, True
        return passed(_("IMS responds"))
    # A list without the client ID anywhere may leave that property out; so this is worth a look and no verdict.
    run.connection_point = _("none in ION's list shows this client ID")
    values = {"client": run.credentials.client_id}
    return found(Finding(Code.IMS_CLIENT_UNKNOWN, "ci", values, variant="not-listed"), detail=_("IMS responds"))


def _refuses_client(response: Response) -> bool:
    document = response.document() or {}
    return str(document.get("code")) == str(_UNKNOWN_CLIENT)


def _holders(value: Any, client_id: str, name: str = "", depth: int = 12) -> Iterator[str]:
    """Yield the names of the connection points in ``value`` that contain ``client_id``, however deep.

    A connection point is taken to be an element of the outermost list.
    """
    if depth and isinstance(value, dict):
        for one in value.values():
            yield from _holders(one, client_id, name, depth - 1)
    elif depth and isinstance(value, list):
        for one in value:
            yield from _holders(one, client_id, name or _name_of(one), depth - 1)
    elif value == client_id:
        yield name or "?"


def _name_of(element: Any) -> str:
    names = (element.get(key) for key in ("name", "Name")) if isinstance(element, dict) else iter(())
    return next((safe(name, 60) for name in names if isinstance(name, str) and name), "?")


CHECK = Check("ims", N_("ION messaging service (IMS)"), _run, needs=("token",))
