"""What M3 may answer, and what has to be said then; the function and the command are tested against this one table.

The shapes ``results``, ``records``, ``errorMessage`` and ``errorCode`` are those that public clients read. Where the
numbers 163 and 141 stand in a response is inferred, so several places are tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.domain.findings import Code, Severity
from tests.gateway.recorded_tenant import FORBIDDEN, UNAUTHORIZED, Answer

M3: Final = "M3/m3api-rest/v2/execute/MNS150MI/GetUserData"


def result(**values: Any) -> dict[str, Any]:
    """Return a response of one transaction."""
    failed = int("errorMessage" in values)
    counts = {"wasTerminated": False, "nrOfSuccessfullTransactions": 1 - failed, "nrOfFailedTransactions": failed}
    return {"results": [{"transaction": "GetUserData", **values}], **counts}


GOOD: Final = Answer(200, result(records=[{"USID": "DOCBITS", "NAME": "error: 163", "message": "error: 141"}]))
"""M3 is well; what a record holds must not be taken for an error."""


@dataclass(frozen=True)
class M3Case:
    """One answer of M3, and the finding it has to lead to."""

    id: str
    answer: Answer
    code: Code
    severity: Severity = Severity.ERROR
    words: str = ""
    """What its message has to repeat."""


CASES: Final = (
    M3Case(
        "no user, in the result",
        Answer(200, result(errorMessage="Illegal impersonation attempt (error: 163)")),
        Code.NO_USER,
        words="Illegal impersonation attempt",
    ),
    M3Case("no user, by its number", Answer(200, result(errorMessage="Refused", errorCode="163")), Code.NO_USER),
    M3Case("no user, on top", Answer(500, {"message": "Illegal impersonation attempt (error: 163)"}), Code.NO_USER),
    M3Case("no user, in text", Answer(401, "Illegal impersonation attempt (error: 163)"), Code.NO_USER),
    M3Case("no JWT", Answer(401, {"error": "JWT not enabled (error: 141)"}), Code.M3_JWT_DISABLED, words="error: 141"),
    M3Case("no JWT, by its number", Answer(200, result(errorMessage="No", errorCode=141)), Code.M3_JWT_DISABLED),
    M3Case("a rejected token", UNAUTHORIZED, Code.TOKEN_REJECTED),
    M3Case("forbidden", FORBIDDEN, Code.M3_FORBIDDEN),
    M3Case("no M3", Answer(404, ""), Code.M3_NOT_PROVISIONED),
    M3Case(
        "an error of its own",
        Answer(200, result(errorMessage="User  has no\nauthority", errorCode="XAU0014")),
        Code.M3_ERROR,
        Severity.WARNING,
        "User has no authority (error: XAU0014)",
    ),
    M3Case(
        "a failure without a reason",
        Answer(200, {"results": [{}], "nrOfFailedTransactions": 1}),
        Code.M3_ERROR,
        Severity.WARNING,
        "no reason given",
    ),
    M3Case("nonsense", Answer(200, {"pong": 1}), Code.BAD_ANSWER),
    M3Case("a page", Answer(200, "<html><title>Illegal impersonation attempt</title>"), Code.NOT_A_GATEWAY),
    M3Case("out of order", Answer(502, ""), Code.SERVER_ERROR),
)
