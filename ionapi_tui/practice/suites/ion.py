"""ION: is the messaging service there?"""

from __future__ import annotations

from flask import Response, jsonify

from ionapi_tui.practice.gateway import Caller, refused


def ion(path: str, caller: Caller) -> Response:
    """Answer below ``IONSERVICES/``. It asks for no user: the messaging service verifies the client id."""
    if path == "api/ion/messaging/service/ping":
        # The body is unknown; clients look at the status.
        return jsonify(status="OK")
    if path == "api/ion/messaging/service/protocol":
        return jsonify(protocolVersions=["v3"], clientId=caller.client_id)
    return refused(404, "Not Found")
