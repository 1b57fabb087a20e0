"""The table of faults.

The order counts when several are on: the first in the table is the outermost, so that a late answer can also be wrong.
Deleted apps, disabled accounts, missing roles and the like can also be brought about in the portal, for good; here
they are switched on and off.
"""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.practice.error_bodies import UNKNOWN_CLIENT, m3_error
from ionapi_tui.practice.faults import effects as do
from ionapi_tui.practice.faults.fault import Fault, Surface

_PORTAL_PAGE = """<!doctype html><html><head><title>Welcome to the guest network</title></head>
<body><h1>Please accept the terms of use</h1><form><button>Accept</button></form></body></html>"""

WRONG_KINDS: Final = {
    "html": ("text/html", "<!doctype html><html><body>Signed in</body></html>"),
    "empty": ("application/json", ""),
    "not-json": ("application/json", '{"access_token": '),
    "list": ("application/json", "[]"),
    "number": ("application/json", "42"),
    "no-token": ("application/json", '{"token_type": "Bearer", "expires_in": 7200}'),
    "null-token": ("application/json", '{"access_token": null, "token_type": "Bearer", "expires_in": 7200}'),
    "odd-token": ("application/json", '{"access_token": "two\\r\\nlines", "token_type": "Bearer", "expires_in": 7200}'),
    "deep": ("application/json", "[" * 100_000),
    "binary": ("application/json", "\x00\x01\x02"),
}
"""What ``bad-answer:kind=...`` can be."""

_ESCAPES = (
    "\x1b[2J\x1b]52;c;aGVsbG8=\x07\x1b]8;;http://practice.invalid\x07link \u202eesrever [/] [@click=app.quit]x[/]"
)

_IDM_REFUSAL = {"error": {"code": "403", "message": "Access denied", "detail": "Practice fault", "area": "IDM"}}

_TABLE: Final = (
    # The way there and back
    Fault("timeout", Surface.ALL, N_("Answers only after a minute."), do.late, {"seconds": 60.0}),
    Fault("latency", Surface.ALL, N_("Answers a little late."), do.late, {"seconds": 2.0}),
    Fault("slow", Surface.ALL, N_("Sends its answers one byte a second."), do.drip, {"seconds": 1.0}),
    Fault("cut-off", Surface.ALL, N_("Drops the connection in the middle of a response."), do.cut),
    Fault("huge-body", Surface.ALL, N_("Answers with 50 MB."), do.huge, {"megabytes": 50.0}),
    Fault("clock-skew", Surface.ALL, N_("The server's clock is off."), do.skewed, {"seconds": 900.0}),
    Fault("proxy", Surface.ALL, N_("A proxy requires a user name and password."), do.refuse_proxy),
    Fault(
        "not-a-gateway",
        Surface.ALL,
        N_("A page of a guest network instead of Infor."),
        do.page(_PORTAL_PAGE),
        {"status": 200},
    ),
    # The answer of the authorization server, changed
    Fault(
        "no-refresh-token",
        Surface.TOKEN,
        N_("No refresh token in the response."),
        do.edits(do.without("refresh_token")),
    ),
    Fault(
        "expires-in",
        Surface.TOKEN,
        N_("An odd lifetime in the answer; a value in JSON, text, or “missing”."),
        do.edits(do.expires_in),
        {"value": "abc"},
    ),
    Fault("no-token-type", Surface.TOKEN, N_("No token type in the response."), do.edits(do.without("token_type"))),
    Fault("opaque", Surface.TOKEN, N_("Opaque access tokens, as an on-premises server issues them."), do.opaque_token),
    # The authorization server refuses
    Fault(
        "invalid-client",
        Surface.TOKEN,
        N_("The app was deleted, or its secret changed."),
        do.oauth_error("invalid_client", "Invalid client or client credentials.", 401),
    ),
    Fault(
        "invalid-grant",
        Surface.TOKEN,
        N_("The service account was disabled or deleted."),
        do.oauth_error("invalid_grant", "Invalid username or password."),
    ),
    Fault(
        "account-not-authorised",
        Surface.TOKEN,
        N_("The service account was disabled or deleted (other wording of the cloud)."),
        # Code and description were recorded; the status is that of the standard.
        do.oauth_error("invalid_request", "Account not authorised"),
    ),
    Fault(
        "foreign-account",
        Surface.TOKEN,
        N_("The service account belongs to another tenant."),
        # The description was recorded; code and status are inferred.
        do.oauth_error("invalid_request", "Username does not match request tenant"),
    ),
    Fault(
        "refresh-dead",
        Surface.TOKEN,
        N_("The refresh token is invalid; shows when a token expires, not in verify."),
        do.refuse_refresh("Invalid refresh_token"),
    ),
    Fault(
        "refresh-expired",
        Surface.TOKEN,
        N_("The refresh token has expired; shows when a token expires, not in verify."),
        do.refuse_refresh("expired refresh token"),
    ),
    Fault(
        "wrong-grant",
        Surface.TOKEN,
        N_("The app has another Grant Type."),
        do.refuse_grant,
        {"grant": "client_credentials"},
    ),
    Fault(
        "temporarily-unavailable",
        Surface.TOKEN,
        N_("A short outage of the authorization server."),
        # The description was recorded; code and status are inferred.
        do.oauth_error("invalid_request", "service temporarily unavailable"),
    ),
    Fault(
        "unauthorized-client",
        Surface.TOKEN,
        N_("The app may not sign in this way."),
        do.oauth_error("unauthorized_client", "The client may not use this grant type."),
    ),
    Fault(
        "invalid-scope",
        Surface.TOKEN,
        N_("A scope is not allowed or has the wrong case."),
        do.oauth_error("invalid_scope", "The requested scope is invalid."),
    ),
    Fault(
        "rate-limited",
        Surface.TOKEN,
        N_("Too many requests; the response says when to try again: in seconds, as a date, or not at all (“none”)."),
        do.rate_limited,
        {"retry-after": "2"},
    ),
    Fault(
        "server-error",
        Surface.TOKEN,
        N_("A server error, with an error page."),
        do.unavailable,
        {"status": 500, "retry-after": "none"},
    ),
    Fault(
        "bad-answer",
        Surface.TOKEN,
        N_("Success, but nothing usable in it."),
        do.wrong_kind(WRONG_KINDS),
        {"kind": "html"},
    ),
    Fault(
        "redirected",
        Surface.TOKEN,
        N_("Sends the request to another address."),
        do.redirect,
        {"status": 302, "to": "http://127.0.0.1:9/elsewhere"},
    ),
    Fault("echo-secret", Surface.TOKEN, N_("An error that repeats the secrets it was sent."), do.echo),
    Fault(
        "escape-codes",
        Surface.TOKEN,
        N_("An error with terminal control codes in its text."),
        do.says(400, {"error": "invalid_request", "error_description": _ESCAPES}),
    ),
    # What the token may do
    Fault("token-rejected", Surface.SUITES, N_("The token is not accepted."), do.says(401, {"error": "Unauthorized"})),
    Fault(
        "role-missing",
        Surface.USERS,
        N_("The service user lacks a security role."),
        do.edits(do.without_role),
        {"role": "IDM-AdvancedUser"},
    ),
    Fault(
        "distribution-group",
        Surface.USERS,
        N_("A distribution group with the name of a security role, instead of the role."),
        do.edits(do.as_distribution_group),
        {"role": "IDM-AdvancedUser"},
    ),
    Fault(
        "portal-user",
        Surface.USERS,
        N_("The newer portal's role PORTAL-User instead of Infor-SuiteUser."),
        do.edits(do.with_portal_role),
    ),
    Fault("user-inactive", Surface.USERS, N_("The service user is not active."), do.edits(do.inactive)),
    Fault(
        "user-forbidden",
        Surface.USERS,
        N_("The service user may not read its own account."),
        do.says(403, {"error": "Forbidden"}),
    ),
    Fault(
        "no-user",
        Surface.USERS,
        N_("The service account has no user."),
        do.says(200, {"ErrorList": [{"Code": "IFS0001", "Message": "The user identity could not be determined."}]}),
    ),
    Fault(
        "empty-userlist",
        Surface.USERS,
        N_("The service account has no user (other wording)."),
        do.says(200, {"response": {"userlist": []}}),
    ),
    Fault(
        "scope-missing", Surface.TOKEN | Surface.IDM, N_("The IDM scope is missing at the gateway."), do.scope_missing
    ),
    Fault("idm-forbidden", Surface.IDM, N_("IDM itself rejects the user."), do.says(403, _IDM_REFUSAL)),
    Fault("idm-not-provisioned", Surface.IDM, N_("The tenant has no IDM."), do.says(404, {"error": "Not Found"})),
    Fault(
        "ims-unreachable",
        Surface.IMS,
        N_("ION's messaging service does not answer."),
        do.says(503, {"error": "Service Unavailable"}),
        {"status": 503},
    ),
    Fault(
        "ims-client-unknown",
        Surface.IMS,
        N_("No connection point in ION holds the client ID."),
        # Recorded for messages only; that a ping says so too is a case for clients to be ready for.
        do.says(200, UNKNOWN_CLIENT),
    ),
    Fault(
        "no-connection-point",
        Surface.IMS,
        N_("No connection point in ION holds the client ID, and a ping does not show it."),
        do.no_connection_point,
    ),
    Fault(
        "m3-no-user",
        Surface.M3,
        N_("M3 cannot tell which user the service account acts for."),
        do.says(200, m3_error("Illegal impersonation attempt (error: 163)")),
    ),
    Fault(
        "m3-jwt-off",
        Surface.M3,
        N_("M3 does not accept access tokens."),
        # The number is reported; the text before it is inferred.
        do.says(200, m3_error("JWT is not enabled (error: 141)")),
    ),
)

FAULTS: Final = {fault.name: fault for fault in _TABLE}
"""Every fault by its name."""
