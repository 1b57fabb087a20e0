"""Is there a service account, and is the app of the type that may use one?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.domain.credentials import label_of
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.inspection.values import is_text

BACKEND_SERVICE: Final = "12"
"""The only app type whose code is known."""

_KEYS: Final = ("saak", "sask")


def check_service_account(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield why ``document`` has no usable service account.

    A file without both keys has one of three causes: the switch was off, the app is of another type (then it usually
    has a redirect address), or its grant type is Client Credentials.
    """
    spelled = {key.lower() for key in document}
    missing = [key for key in _KEYS if key not in spelled]
    reason = _other_type(document)
    if reason is not None:
        finding = Finding(Code.WRONG_APP_TYPE, "ru" if is_text(document, "ru") else "dt", {"reason": reason})
        # A code for the type is a guess as long as the file has what is needed.
        yield finding if missing else finding.with_severity(Severity.WARNING)
    elif len(missing) == len(_KEYS):
        yield Finding(Code.NO_SERVICE_ACCOUNT, "saak")
    if len(missing) == 1:
        hint = _("The other key of the service account is there, so the file was cut or edited.")
        yield Finding(Code.MISSING_FIELD, missing[0], {"label": label_of(missing[0]), "hint": hint})


def _other_type(document: Mapping[str, Any]) -> str | None:
    kind = document.get("dt")
    if isinstance(kind, str | int) and str(kind).strip() not in ("", BACKEND_SERVICE):
        return _("its type code is {code}, and 12 stands for Backend Service").format(code=str(kind)[:20])
    if is_text(document, "ru"):
        return _("it has a redirect address, which only web and mobile apps have")
    return None
