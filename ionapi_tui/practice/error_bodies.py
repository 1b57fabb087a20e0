"""The bodies of errors that suites answer with status 200, for the suites and for the faults."""

from __future__ import annotations

from typing import Any, Final

UNKNOWN_CLIENT: Final = {"status": "FAIL", "code": 471, "errors": "Invalid client id provided"}
"""How ION's messaging service refuses a client id that no connection point holds (recorded)."""


def m3_error(message: str) -> dict[str, Any]:
    """Return a result in which a transaction of M3 failed; the shape is inferred."""
    return {"results": [{"transaction": "GetUserData", "errorMessage": message}], "nrOfFailedTransactions": 1}
