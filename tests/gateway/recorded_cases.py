"""What live tenants were recorded to answer, and what has to be said about it.

The function, the command and the screen are tested against this one table, each time at a tenant that answers so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.domain.findings import Code, Severity
from tests.gateway.recorded_tenant import (
    FORBIDDEN,
    GROUPS,
    USER_ID,
    Answer,
    RecordedTenant,
    group,
    user_answer,
)

ME: Final = "ifsservice/usermgt/v2/users/me"
IDM: Final = "IDM/api/datamodel/entities"
PING: Final = "IONSERVICES/api/ion/messaging/service/ping"
POINTS: Final = "IONSERVICES/connect/model/v1/connectionpoints"

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def refused(error: str, description: str = "") -> Answer:
    """Return a refusal of the authorization server."""
    return Answer(400, {"error": error} | ({"error_description": description} if description else {}))


@dataclass(frozen=True)
class RecordedCase:
    """One thing that was recorded."""

    id: str
    tenant: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """How the tenant differs from a healthy one."""
    findings: tuple[tuple[Code, Severity], ...] = ()
    """What has to be found, besides that the file leads to this computer."""
    words: tuple[str, ...] = ()
    """What a person has to read, in the findings, the checks or the facts."""

    @property
    def works(self) -> bool:
        """Whether the credentials have to be called good."""
        return all(severity is not ERROR for _code, severity in self.findings)

    def arranged(self) -> RecordedTenant:
        """Return the tenant that answers so."""
        return RecordedTenant(**self.tenant)


CASES: Final = (
    RecordedCase(
        "a healthy tenant",
        words=("DocBits Service", "service user", USER_ID, "Scopes enforced", "no", "120 minutes"),
    ),
    RecordedCase("an opaque token, as on premises", {"opaque": True}, words=("opaque",)),
    RecordedCase("a client ID of another prefix", {"claims": {"client_id": "infor~abc_OIDC"}}),
    RecordedCase(
        "no user in the token, and 403",
        {"claims": {"Identity2": None}, "answers": {ME: FORBIDDEN, IDM: FORBIDDEN}},
        ((Code.NO_USER, ERROR),),
        ("user box", "the access token names no user"),
    ),
    RecordedCase(
        "no user in the token, and nonsense",
        {"claims": {"Identity2": None}, "answers": {ME: Answer(200, "<html><title>Oops</title>")}},
        ((Code.NO_USER, ERROR),),
        ("none: the user box was left blank",),
    ),
    RecordedCase(
        "no user in the token, and a 500",
        {"claims": {"Identity2": None}, "answers": {ME: Answer(500, "")}},
        ((Code.NO_USER, ERROR),),
    ),
    RecordedCase(
        "a user in the response, whatever the token says",
        {"claims": {"Identity2": None}},
        words=("DocBits Service",),
    ),
    RecordedCase(
        "an error list in a response with 200",
        {"claims": {"ServiceAccount": None}, "answers": {ME: Answer(200, {"ErrorList": [{"Message": "No identity"}]})}},
        ((Code.NO_USER, ERROR),),
        ("No identity",),
    ),
    RecordedCase(
        "an error list in lower case",
        {
            "claims": {"ServiceAccount": None},
            "answers": {
                ME: Answer(
                    200,
                    {
                        "response": {"userlist": []},
                        "responsestatus": "error",
                        "errorlist": [{"code": "IFS1", "message": "No identity"}],
                    },
                )
            },
        },
        ((Code.NO_USER, ERROR),),
        ("IFS1, No identity",),
    ),
    RecordedCase(
        "a 403 while scopes are not enforced",
        {"claims": {"EnforceScopesForClient": "0"}, "answers": {IDM: FORBIDDEN}},
        ((Code.IDM_FORBIDDEN, ERROR),),
        ("IDM-AdvancedUser",),
    ),
    RecordedCase(
        "a 403 while scopes are enforced",
        {"claims": {"EnforceScopesForClient": "1"}, "answers": {IDM: FORBIDDEN}},
        ((Code.SCOPE_MISSING, ERROR),),
        ("Scopes enforced", "yes", "Infor-IDM"),
    ),
    RecordedCase(
        "a 403 of the user API while scopes are not enforced",
        {"answers": {ME: FORBIDDEN}},
        ((Code.USER_FORBIDDEN, WARNING),),
        ("roles cannot be checked",),
    ),
    RecordedCase(
        "a token of another tenant that the gateway takes",
        {"claims": {"Tenant": "ACME_PRD"}},
        ((Code.WRONG_TENANT, WARNING),),
        ("ACME_PRD",),
    ),
    RecordedCase(
        "a token for another gateway",
        {"claims": {"aud": "https://mingle-ionapi.eu1.inforcloudsuite.com"}},
        ((Code.WRONG_GATEWAY, WARNING),),
        ("mingle-ionapi.eu1.inforcloudsuite.com",),
    ),
    RecordedCase(
        "a distribution group with the name of a role",
        {
            "answers": {
                ME: Answer(200, user_answer(group("IDM-AdvancedUser", "Distribution Group"), *GROUPS[1:])),
                IDM: FORBIDDEN,
            }
        },
        ((Code.IDM_FORBIDDEN, ERROR), (Code.ROLE_MISSING, ERROR)),
        ("does not have the security role IDM-AdvancedUser", "groups do not count"),
    ),
    RecordedCase(
        "the newer portal's role instead of the older one",
        {"answers": {ME: Answer(200, user_answer(GROUPS[0], group("PORTAL-User"), group("MingleEnterprise")))}},
    ),
    RecordedCase(
        "neither role of the portal",
        {"answers": {ME: Answer(200, user_answer(GROUPS[0]))}},
        ((Code.ROLE_MISSING, WARNING), (Code.ROLE_MISSING, WARNING)),
        ("Infor-SuiteUser", "MingleEnterprise"),
    ),
    RecordedCase(
        "a user that is not active",
        {"answers": {ME: Answer(200, user_answer(active=False))}},
        ((Code.USER_INACTIVE, WARNING),),
        ("is not active in Infor",),
    ),
    RecordedCase(
        "a user who can sign in",
        {"answers": {ME: Answer(200, user_answer(isServiceUser=False))}},
        words=("user who can sign in",),
    ),
    RecordedCase(
        "a service account that is not authorised",
        {"answers": {"password": refused("invalid_request", "Account not authorised")}},
        ((Code.INVALID_GRANT, ERROR),),
        ("Service Accounts", "Account not authorised"),
    ),
    RecordedCase(
        "a service account of another tenant",
        {"answers": {"password": refused("invalid_request", "Username does not match request tenant")}},
        ((Code.WRONG_TENANT, ERROR),),
        ("two downloads",),
    ),
    RecordedCase(
        "a service account of another tenant, with the standard's code",
        {"answers": {"password": refused("invalid_grant", "Username does not match request tenant")}},
        ((Code.WRONG_TENANT, ERROR),),
    ),
    RecordedCase(
        "an app with another grant type",
        {
            "answers": {
                "password": refused(
                    "unsupported_grant_type", "Unsupported grant type password. Expected one of client_credentials"
                )
            }
        },
        ((Code.UNAUTHORIZED_CLIENT, ERROR),),
        ("The Grant Type of this authorized app is client_credentials", "Password Credentials"),
    ),
    RecordedCase(
        "scopes refused that the file does not ask for",
        {"answers": {"password": refused("invalid_scope", "scope required")}},
        ((Code.INVALID_SCOPE, ERROR),),
        ("the file asks for none", "Infor-IDM, Infor-ION, Infor-Mingle and INFOR-IFS"),
    ),
    RecordedCase(
        "a short outage",
        {"answers": {"password": refused("invalid_request", "service temporarily unavailable")}},
        ((Code.SERVER_ERROR, ERROR),),
        ("service temporarily unavailable",),
    ),
    RecordedCase(
        "any other invalid request",
        {"answers": {"password": refused("invalid_request", "Something else")}},
        ((Code.BAD_ANSWER, ERROR),),
        ("invalid_request, Something else",),
    ),
    RecordedCase(
        "a client ID that no connection point holds",
        {"answers": {PING: Answer(200, {"status": "FAIL", "code": 471, "errors": "Invalid client id provided"})}},
        ((Code.IMS_CLIENT_UNKNOWN, WARNING),),
        ("471", "Connection Points"),
    ),
    RecordedCase(
        "connection points that do not show the client ID",
        {"answers": {POINTS: Answer(200, [{"name": "Other", "properties": [{"value": "someone~else"}]}])}},
        ((Code.IMS_CLIENT_UNKNOWN, INFO),),
        ("does not show the client ID",),
    ),
    RecordedCase(
        "connection points that cannot be read", words=("Connection point", "cannot be read with these credentials")
    ),
    RecordedCase("a gateway that does not state the time", {"date": False}, words=("s of 127.0.0.1",)),
)
"""Everything that was recorded."""
