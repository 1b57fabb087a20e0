"""Reading the responses of the suites behind the gateway, for the checks that ask one."""

from __future__ import annotations

from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Run
from ionapi_tui.gateway.failures import transport_failure
from ionapi_tui.gateway.responses import Response


def refusal(run: Run, response: Response, scope: str, *, role_is_missing: bool = False) -> Finding | None:
    """Return what ``response`` means whichever suite it came from; None when the suite itself has to be asked.

    Args:
        run: the verification; it is marked when the token was rejected.
        response: what came back.
        scope: what opens the suite where scopes are enforced.
        role_is_missing: whether the user is known to lack the role that the suite asks for.
    """
    failure = transport_failure(response, run.credentials.gateway_url, "iu", run.secrets)
    if failure is not None:
        return failure.finding
    if response.status not in {401, 403}:
        return None
    said = response.said(run.secrets)
    if response.status == 401:
        run.token_rejected = True
        values = {"host": response.host, "tenant": run.credentials.tenant, "said": said}
        variant = "other-tenant" if run.has_token_of_other_tenant else ""
        return Finding(Code.TOKEN_REJECTED, "ti", values, variant=variant)
    if _is_about_scopes(run, response, scope, role_is_missing):
        return Finding(Code.SCOPE_MISSING, scope, {"said": said})
    return None


def unexpected(run: Run, response: Response) -> Finding:
    """Return the finding for a response that nothing here understands."""
    return Finding(Code.BAD_ANSWER, "iu", {"host": response.host, "said": response.said(run.secrets)})


def _is_about_scopes(run: Run, response: Response, scope: str, role_is_missing: bool) -> bool:
    """Return whether a 403 is about scopes rather than roles.

    The token states whether the gateway enforces scopes for the app. Where it does not say, the scopes that were
    granted and the shape of the response decide.
    """
    enforced = run.claims.enforces_scopes if run.claims is not None else None
    if enforced is False:
        return False
    if _is_withheld(run, scope):
        return True
    if enforced:
        return _is_the_gateways(response) or not response.is_data
    return not role_is_missing and _is_the_gateways(response)


def _is_withheld(run: Run, scope: str) -> bool:
    granted = run.granted.token.scopes if run.granted else None
    known = run.credentials.scopes if granted is None else granted
    return bool(known) and scope not in known


def _is_the_gateways(response: Response) -> bool:
    """Return whether the gateway refused, not the suite: it says ``{"error": "..."}``, a suite answers with an object
    of its own (inferred from one example of each)."""
    document = response.document()
    return document is not None and isinstance(document.get("error"), str)
