"""The cause of each finding in two or three words, for the list of profiles, where a sentence has no room."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings.codes import Code

LONGEST: Final = 25
"""The most columns that a verdict takes, in any language."""

_VERDICTS: Final[dict[str, str]] = {
    # The way to Infor
    Code.DNS: N_("host not found"),
    Code.REFUSED: N_("connection refused"),
    Code.TIMEOUT: N_("no answer"),
    Code.TLS: N_("insecure connection"),
    Code.PROXY: N_("blocked by proxy"),
    Code.NOT_A_GATEWAY: N_("not an Infor server"),
    Code.REDIRECTED: N_("redirected"),
    Code.CLOCK_SKEW: N_("clock is wrong"),
    # The authorization server
    Code.INVALID_CLIENT: N_("app not accepted"),
    Code.INVALID_GRANT: N_("account not accepted"),
    Code.UNAUTHORIZED_CLIENT: N_("wrong grant type"),
    Code.INVALID_SCOPE: N_("scope not granted"),
    Code.WRONG_TENANT: N_("wrong tenant"),
    Code.RATE_LIMITED: N_("too many requests"),
    Code.SERVER_ERROR: N_("server error"),
    Code.BAD_ANSWER: N_("unusable response"),
    Code.NO_REFRESH_TOKEN: N_("no refresh token"),
    # What the token states, and what it may do
    Code.WRONG_GATEWAY: N_("other gateway"),
    Code.NO_USER: N_("no service user"),
    Code.USER_INACTIVE: N_("user not active"),
    Code.USER_FORBIDDEN: N_("roles not readable"),
    Code.TOKEN_REJECTED: N_("token rejected"),
    Code.ROLE_MISSING: N_("role missing"),
    Code.SCOPE_MISSING: N_("scope missing"),
    Code.IDM_FORBIDDEN: N_("no access to IDM"),
    Code.IDM_NOT_PROVISIONED: N_("IDM not found"),
    Code.IMS_UNREACHABLE: N_("ION not reached"),
    Code.IMS_CLIENT_UNKNOWN: N_("client ID not in ION"),
    Code.M3_JWT_DISABLED: N_("M3 rejects tokens"),
    Code.M3_FORBIDDEN: N_("no access to M3"),
    Code.M3_NOT_PROVISIONED: N_("M3 not found"),
    Code.M3_ERROR: N_("M3 error"),
    # What is stored
    Code.ADDRESSES_CHANGED: N_("changed outside the app"),
    Code.TENANT_REFRESHED: N_("tenant refreshed"),
    Code.NO_SERVICE_ACCOUNT: N_("no service account"),
    Code.WRONG_APP_TYPE: N_("wrong app type"),
    Code.INSECURE_URL: N_("address without HTTPS"),
    Code.BAD_URL: N_("address not usable"),
    Code.UNKNOWN_HOST: N_("host not confirmed"),
    Code.TENANT_MISMATCH: N_("tenants differ"),
    Code.REGION_MISMATCH: N_("regions differ"),
    Code.CLIENT_PREFIX: N_("unusual client ID"),
}


def verdict(code: str) -> str:
    """Return the cause in a few words, in the language in use.

    Args:
        code: of a finding; one that is not known, or has no verdict, is fine.

    Returns:
        At most ``LONGEST`` columns; empty when there is no verdict for the code.
    """
    return _(_VERDICTS[code]) if code in _VERDICTS else ""
