"""What refusals of a suite behind the gateway have in common."""

from __future__ import annotations

from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Run
from ionapi_tui.gateway.refusals import of_the_way
from ionapi_tui.gateway.responses import Answer


def refusal(run: Run, answer: Answer, scope: str, *, role_is_missing: bool = False) -> Finding | None:
    """Return what ``answer`` means whichever suite it came from; None when the suite itself has to be asked.

    Args:
        run: the walk up the ladder; it is told when the token was turned away.
        answer: what came back.
        scope: what opens the suite where scopes are enforced.
        role_is_missing: whether the user is known to lack the role that the suite asks for.
    """
    way = of_the_way(answer, run.credentials.gateway_url, "iu", run.secrets)
    if way is not None:
        return way.finding
    if answer.status not in {401, 403}:
        return None
    said = answer.said(run.secrets)
    if answer.status == 401:
        run.token_rejected = True
        values = {"host": answer.host, "tenant": run.credentials.tenant, "said": said}
        return Finding(Code.TOKEN_REJECTED, "ti", values)
    if _is_withheld(run, scope) or (not role_is_missing and _is_the_gateways(answer)):
        return Finding(Code.SCOPE_MISSING, scope, {"said": said})
    return None


def unexpected(run: Run, answer: Answer) -> Finding:
    """Return the finding for an answer that nothing here understands."""
    return Finding(Code.BAD_ANSWER, "iu", {"host": answer.host, "said": answer.said(run.secrets)})


def _is_withheld(run: Run, scope: str) -> bool:
    granted = run.granted.token.scopes if run.granted else None
    known = run.credentials.scopes if granted is None else granted
    return bool(known) and scope not in known


def _is_the_gateways(answer: Answer) -> bool:
    """Return whether the gateway refused, not the suite: it says ``{"error": "..."}``, a suite answers with an object
    of its own (inferred from one example of each)."""
    document = answer.document()
    return document is not None and isinstance(document.get("error"), str)
