"""Check: the user may call the APIs of M3. It is part of a verification for exports to M3 only.

One API is called that only reads: the settings of the calling user, at most one record. M3 answers many errors with
status 200 and the error in the body. Known from public clients are ``results`` with ``records``, or with
``errorMessage`` and ``errorCode``; the error numbers 163 and 141 are known from their texts only. Where in a response
they stand is inferred, so every error text of the response is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped
from ionapi_tui.gateway.checks.suites import refusal, unexpected
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.responses import Response, redacted

PATH: Final = "M3/m3api-rest/v2/execute/MNS150MI/GetUserData?maxrecs=1"
SCOPE: Final = "Infor-M3"
"""Opens M3 where scopes are enforced (inferred from the names of the other suites' scopes)."""
_ENOUGH: Final = 65_536

_NO_USER: Final = re.compile(r"illegal impersonation attempt|\berror:\s*163\b", re.IGNORECASE)
_NO_JWT: Final = re.compile(r"\berror:\s*141\b", re.IGNORECASE)
_ERROR_KEYS: Final = ("errormessage", "terminationreason", "message", "error", "error_description", "detail")
"""Keys, in lower case, whose texts are about an error."""
_CODE_KEYS: Final = ("errorcode", "code")


async def _run(run: Run) -> Outcome:
    if run.token_rejected:
        return skipped(_("the gateway does not accept the token"))
    try:
        response = await run.ask(PATH, first=_ENOUGH)
    except NotReached as failure:
        return found(failure.finding)
    errors = list(_errors(response.json()))
    known = _known_error(run, response, errors)
    if known is not None:
        return found(known)
    finding = refusal(run, response, SCOPE)
    if finding is not None:
        return found(finding)
    if run.acts_for_nobody and response.status in {403, 404}:
        return skipped(_("M3 requires a user, but the service account has none assigned"))
    said = response.said(run.secrets)
    if response.status == 403:
        return found(Finding(Code.M3_FORBIDDEN, SCOPE, {"user": run.user.name if run.user else "?", "said": said}))
    if response.status == 404:
        return found(Finding(Code.M3_NOT_PROVISIONED, "ti", {"tenant": run.credentials.tenant, "said": said}))
    if errors:
        return found(Finding(Code.M3_ERROR, None, {"said": _shown(run, errors)}))
    document = response.document() or {}
    if document.get("nrOfFailedTransactions"):
        return found(Finding(Code.M3_ERROR, None, {"said": _("no reason given")}))
    if response.status == 200 and isinstance(document.get("results"), list):
        return passed(_("M3 returns the settings of the user"))
    return found(unexpected(run, response))


def _known_error(run: Run, response: Response, errors: list[str]) -> Finding | None:
    """Return the finding for an error whose number is known, whatever the status."""
    # An error that is not JSON is searched as a whole.
    texts = errors or ([] if response.status < 400 else [response.body.reveal()])
    said = _shown(run, errors) if errors else response.said(run.secrets)
    if any(_NO_USER.search(text) for text in texts):
        if run.user is None:
            return Finding(Code.NO_USER, "saak", {"said": said})
        # The user API names a user, so the user box was filled in.
        return Finding(Code.NO_USER, "saak", {"said": said, "user": run.user.name}, variant="m3")
    if any(_NO_JWT.search(text) for text in texts):
        return Finding(Code.M3_JWT_DISABLED, None, {"said": said})
    return None


def _shown(run: Run, errors: list[str]) -> str:
    return safe(redacted(errors[0], run.secrets), 160)


def _errors(value: Any, depth: int = 8) -> Iterator[str]:
    """Yield the error texts in ``value``, each with its code, however deep."""
    if depth and isinstance(value, dict):
        by_name = {str(key).lower(): one for key, one in value.items()}
        code = next((str(by_name[key]).strip() for key in _CODE_KEYS if isinstance(by_name.get(key), str | int)), "")
        for key in _ERROR_KEYS:
            text = by_name.get(key)
            if isinstance(text, str) and text.strip():
                yield f"{' '.join(text.split())} (error: {code})" if code else " ".join(text.split())
        for key, one in value.items():
            # What a record holds is data, not about an error.
            if str(key).lower() != "records":
                yield from _errors(one, depth - 1)
    elif depth and isinstance(value, list):
        for one in value:
            yield from _errors(one, depth - 1)


CHECK = Check("m3", N_("M3 API access"), _run, needs=("token",), only_for=ExportTarget.M3)
