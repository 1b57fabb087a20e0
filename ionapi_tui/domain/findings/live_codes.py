"""What the live checks can find, with cause, fix and the guide step to go back to.

Infor publishes no catalogue of errors for its authorization server. What a refusal means follows from its standard
OAuth code, from the few descriptions that were recorded, and from the results of the checks before it. Where two causes
look alike from here, both are named, the more likely one first.
"""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.domain.findings.codes import Code, Entry, Severity, Step

_WAY: Final[dict[Code, Entry]] = {
    Code.DNS: Entry(
        Severity.ERROR,
        N_("This computer cannot find the address {host}."),
        N_(
            "Check that you are online and that the VPN is connected if your company requires it: on-premises host "
            "names are often known only inside the company network. If other sites open, compare the address with a "
            "newly downloaded file; Infor's cloud gateways have names like mingle-ionapi.<region>.inforcloudsuite.com."
        ),
    ),
    Code.REFUSED: Entry(
        Severity.ERROR,
        N_("No connection to {host} on port {port}: {reason}."),
        N_(
            "Most likely a firewall blocks the connection: ask your network team to allow outgoing connections to "
            "{host} on port {port}. It is also possible that the port in the file is wrong (on-premises gateways "
            "mostly listen on 7443) or that the server is turned off."
        ),
    ),
    Code.TIMEOUT: Entry(
        Severity.ERROR,
        N_("{host} did not answer completely within {seconds} seconds."),
        N_(
            "Try again in a minute. If the error persists, a firewall may be blocking the connection, or the "
            "VPN may not be connected: ask your network team to allow outgoing HTTPS connections to {host}."
        ),
    ),
    Code.TLS: Entry(
        Severity.ERROR,
        N_("The secure connection to {host} was refused, nothing was sent: {reason}."),
        N_(
            "If your company or a security product issued the certificate, it inspects the connection, or a private "
            "certificate authority is in use: have its root certificate added to the trust store of the operating "
            "system, which ionapi-tui uses. If it is expired or not valid yet, check the clock of this computer "
            "first. If it belongs to another host, compare the address with a newly downloaded file. Certificate "
            "checks cannot be turned off."
        ),
    ),
    Code.PROXY: Entry(
        Severity.ERROR,
        N_("A proxy ({proxy}) blocks the connection to {host}: {reason}."),
        N_(
            "Compare HTTPS_PROXY with your browser's proxy settings. Code 407 means that the proxy requires a user "
            "name and a password (http://user:password@proxy:port). Otherwise ask your network team to allow {host}; "
            "a host inside the company usually belongs in NO_PROXY."
        ),
    ),
    Code.NOT_A_GATEWAY: Entry(
        Severity.ERROR,
        N_("Something answered at {host}, but it is not Infor ({said})."),
        N_(
            "Most likely the network requires you to sign in (hotel, guest or company network): open any page "
            "in the browser and follow the instructions. It is also possible that a proxy shows its own page "
            "(ask your network team to allow {host}) or that the address in the file is wrong: compare it with "
            "a newly downloaded file."
        ),
        Step.SAVE_FILE,
    ),
    Code.REDIRECTED: Entry(
        Severity.ERROR,
        N_(
            "{host} redirects to another address, {target}. The redirect was not followed: secrets are sent "
            "only to the address in the file."
        ),
        N_(
            "Most likely a network sign-in page or a proxy is in between: open any page in the browser, or ask "
            "your network team. It is also possible that Infor has changed the address: download the file "
            "again."
        ),
        Step.SAVE_FILE,
    ),
    Code.CLOCK_SKEW: Entry(
        Severity.WARNING,
        N_("This computer's clock is {difference} the clock of {host}."),
        N_(
            "Turn on automatic time in the settings of the operating system. With a wrong clock, certificates look "
            "expired, and tokens are renewed too late or too often."
        ),
    ),
}

_AUTHORIZATION_SERVER: Final[dict[Code, Entry]] = {
    Code.INVALID_CLIENT: Entry(
        Severity.ERROR,
        N_("Infor does not accept the client ID with this client secret ({said})."),
        N_(
            "If the file was edited or copied by hand, use the file as it was downloaded. Otherwise open Authorized "
            "Apps and look for the client ID {client}. Most likely the app was deleted, perhaps by a tenant refresh "
            "that copied another environment over this one: create it again. If the app still exists, its secret was "
            "changed: use Download Credentials again."
        ),
        Step.DOWNLOAD,
    ),
    Code.INVALID_GRANT: Entry(
        Severity.ERROR,
        N_("Infor accepts the app but not its service account ({said})."),
        N_(
            "If the file was edited or copied by hand, its keys may be damaged: use the file as it was downloaded. "
            "Otherwise open Service Accounts (OS > Security, or User Management in older portals). Most likely the "
            "account is disabled: enable it. Its user may be disabled, too. If the account was deleted or overwritten "
            "by a tenant refresh, use Download Credentials with Create Service Account again: its keys can be "
            "downloaded only once."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.UNAUTHORIZED_CLIENT: Entry(
        Severity.ERROR,
        N_("This authorized app may not sign in with a service account ({said})."),
        N_(
            "Open the app in Authorized Apps. Its type has to be Backend Service; where the form has a Grant Type, it "
            "has to be Password Credentials. The type of an existing app cannot be relied on to change: create a new "
            "one and download its credentials."
        ),
        Step.NEW_APP,
    ),
    Code.INVALID_SCOPE: Entry(
        Severity.ERROR,
        N_("Infor does not grant the scopes the file asks for: {scopes} ({said})."),
        N_(
            "Open the app in Authorized Apps and compare its Scopes, including capitalization. Most likely a "
            "scope was removed from the app after the download: add it again, or download the file again. It "
            "is also possible that a scope is written differently there."
        ),
        Step.NEW_APP,
    ),
    Code.WRONG_TENANT: Entry(
        Severity.ERROR,
        N_("The service account does not belong to the tenant {tenant} ({said})."),
        N_(
            "Most likely the file was edited, or put together from two downloads. It is also possible that the account "
            "was created in another tenant. Use Download Credentials in the tenant you need, and import the file "
            "unchanged."
        ),
        Step.SAVE_FILE,
    ),
    Code.RATE_LIMITED: Entry(
        Severity.ERROR,
        N_("{host} is rate-limiting requests. Waiting time: {wait} ({said})."),
        N_(
            "Wait, then verify again. Infor limits the tokens of a client (100 a day are documented for one edition) "
            "and the sign-ins of service accounts in a tenant (20 a minute there): look for a program that requests "
            "a new token at each call. DocBits uses the same client ID and the same budget."
        ),
    ),
    Code.SERVER_ERROR: Entry(
        Severity.ERROR,
        N_("{host} reports a server error ({said})."),
        N_(
            "Try again in a few minutes. If the error persists, compare the file with a newly downloaded one: people "
            "report that Infor also answers some mistakes of the client in this way. Then contact Infor Support, and "
            "give them this message and the time of your last attempt."
        ),
    ),
    Code.BAD_ANSWER: Entry(
        Severity.ERROR,
        N_("The answer of {host} cannot be used: {said}."),
        N_(
            "Most likely the tenant or an address in the file is wrong or outdated: compare it with a newly "
            "downloaded file. It is also possible that the network requires you to sign in first (open any "
            "page in the browser), or that something between this computer and Infor changes the responses: "
            "ask your network team."
        ),
        Step.SAVE_FILE,
    ),
    Code.NO_REFRESH_TOKEN: Entry(
        Severity.WARNING,
        N_("Infor issued an access token but no refresh token. DocBits asks for one; without it exports may fail."),
        N_(
            "Open the app in Authorized Apps, turn on Issue Refresh Tokens and save with the disk icon. The "
            "file stays valid, you do not need a new one."
        ),
        Step.NEW_APP,
    ),
}

_TOKEN: Final[dict[Code, Entry]] = {
    Code.WRONG_GATEWAY: Entry(
        Severity.WARNING,
        N_("The access token is issued for {other}, but the file names the gateway {gateway}."),
        N_(
            "Compare the gateway URL with a newly downloaded file. If the other checks pass, Infor accepts the "
            "token at this address and nothing needs to be done."
        ),
        Step.SAVE_FILE,
    ),
    Code.USER_INACTIVE: Entry(
        Severity.WARNING,
        N_("The user {user} is not active in Infor."),
        N_(
            "Somebody who manages users (role IFSApplicationAdmin, UserAdmin or Infor-SystemAdministrator) activates "
            "the user in OS > Security > Manage > Users. Until then Infor may stop issuing tokens for the service "
            "account at any time. No new file is needed."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.USER_FORBIDDEN: Entry(
        Severity.WARNING,
        N_("Infor does not let the service user read its own account ({said}), so its roles cannot be checked."),
        N_(
            "Check in OS > Security > Manage > Users that the user is active and has the roles listed in the "
            "prerequisites. If the IDM check passes, DocBits can still export."
        ),
        Step.PREREQUISITES,
    ),
    Code.NO_USER: Entry(
        Severity.ERROR,
        N_("The service account has no user assigned ({said}), so IDM and M3 reject its requests."),
        N_(
            "Very likely the user box was left blank in the dialog Download Credentials. Download again with Create "
            "Service Account turned on, and choose the service user in the box User Name (Full Name in some "
            "portals). Then disable the service account without a user."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.TOKEN_REJECTED: Entry(
        Severity.ERROR,
        N_("Infor issued a token, but {host} does not accept it ({said})."),
        N_(
            "Most likely the tenant was refreshed (production copied over test), which makes its tokens "
            "invalid: verify again later or download the file again. It is also possible that the file mixes "
            "two tenants: the authorization server must belong to {tenant} too."
        ),
        Step.SAVE_FILE,
    ),
    Code.ROLE_MISSING: Entry(
        Severity.ERROR,
        N_("The user {user} does not have the security role {field}."),
        N_(
            "Somebody who manages users (role IFSApplicationAdmin, UserAdmin or Infor-SystemAdministrator) opens the "
            "user in OS > Security > Manage > Users, adds {field} on the tab Security Roles and saves. No new file is "
            "needed."
        ),
        Step.PREREQUISITES,
    ),
    Code.SCOPE_MISSING: Entry(
        Severity.ERROR,
        N_("The token may not be used for {field} ({said})."),
        N_(
            "Scopes are enforced for this app. Add {field} to the Scopes of the app and to the scopes of its service "
            "account, then download new credentials, because the file has to request the scope too. Scopes are "
            "case-sensitive. If the scopes are right, the user may lack the role for it: see the prerequisites."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.IDM_FORBIDDEN: Entry(
        Severity.ERROR,
        N_("Infor Document Management rejects the user {user} ({said})."),
        N_(
            "Very likely the user lacks the security role IDM-AdvancedUser (IDM-User is the least that IDM asks for). "
            "Somebody who manages users adds it in OS > Security > Manage > Users, tab Security Roles. If the role is "
            "there already, the scope Infor-IDM may be missing on the app or on the service account."
        ),
        Step.PREREQUISITES,
    ),
    Code.IDM_NOT_PROVISIONED: Entry(
        Severity.ERROR,
        N_("Infor Document Management was not found in the tenant {tenant} ({said})."),
        N_(
            "Open API Gateway > Available APIs and look for Infor Document Management. Most likely IDM is not "
            "part of this tenant (ask whoever manages your Infor contract). It is also possible that the file "
            "belongs to another tenant, or that the service account has no user assigned."
        ),
    ),
    Code.IMS_UNREACHABLE: Entry(
        Severity.WARNING,
        N_(
            "The messaging service of ION did not answer as expected ({said}). Only exports of BODs through ION need "
            "it."
        ),
        N_(
            "If you export only to IDM, nothing needs to be done. Otherwise check in ION Desk that ION is part of "
            "this tenant, and that the connection point IMS via API Gateway holds the client ID {client}."
        ),
    ),
    Code.IMS_CLIENT_UNKNOWN: Entry(
        Severity.WARNING,
        N_(
            "ION does not know the client ID {client}: no connection point holds it, and exports through ION fail with "
            "“Invalid client id provided” (code 471)."
        ),
        N_(
            "In ION Desk open Connect > Connection Points, select the connection point IMS via API Gateway that "
            "DocBits uses, and enter this client ID. The same file can work elsewhere: only ION compares the ID."
        ),
    ),
}

_TARGETS: Final[dict[Code, Entry]] = {
    Code.M3_JWT_DISABLED: Entry(
        Severity.ERROR,
        N_("M3 does not accept access tokens of this kind ({said})."),
        N_(
            "Sign-in with JSON Web Tokens is turned off for M3 in this tenant. Ask whoever manages M3, or Infor "
            "Support, to turn it on for the M3 APIs. No new file is needed."
        ),
    ),
    Code.M3_FORBIDDEN: Entry(
        Severity.ERROR,
        N_("M3 does not let the user {user} call its APIs ({said})."),
        N_(
            "Most likely the service user has no M3 user, or that user lacks the rights: ask whoever manages M3 to "
            "check it in MNS150. It is also possible that the scope {field} is missing on the app or on the service "
            "account."
        ),
        Step.PREREQUISITES,
    ),
    Code.M3_NOT_PROVISIONED: Entry(
        Severity.ERROR,
        N_("The M3 APIs were not found in the tenant {tenant} ({said})."),
        N_(
            "Open API Gateway > Available APIs and look for M3. Most likely M3 is not part of this tenant (ask whoever "
            "manages your Infor contract). It is also possible that the file belongs to another tenant."
        ),
    ),
    Code.M3_ERROR: Entry(
        Severity.WARNING,
        N_("M3 was reached, but its API MNS150MI reports an error: {said}."),
        N_(
            "Ask whoever manages M3 to check in MNS150 that the service user has an M3 user, and that this user may "
            "call the APIs of the export. If it only lacks the right to MNS150MI, exports can still work."
        ),
        Step.PREREQUISITES,
    ),
    Code.LN_NOT_CHECKED: Entry(
        Severity.INFO,
        N_("LN itself was not checked: no call of LN is known that only reads."),
        N_("Everything else that an export to LN needs was checked. Test the export with one document in DocBits."),
    ),
}
"""Codes of the checks that only one kind of export has."""

LIVE_CODES: Final[dict[Code, Entry]] = {**_WAY, **_AUTHORIZATION_SERVER, **_TOKEN, **_TARGETS}
"""Code to cause and fix, for everything that only the network can tell."""

LIVE_VARIANTS: Final[dict[tuple[Code, str], Entry]] = {
    (Code.REFUSED, "practice"): Entry(
        Severity.ERROR,
        N_("The practice tenant that this file belongs to is not running ({host}, port {port}: {reason})."),
        N_(
            "Start the practice tenant again the way it was started then: in the app with Ctrl+R, or with the command "
            "ionapi-tui practice. Its files work again as soon as it runs at the same address. If it gets another "
            "address, because a program uses that one now, download a new file there."
        ),
    ),
    (Code.TOKEN_REJECTED, "other-tenant"): Entry(
        Severity.ERROR,
        N_("Infor issued a token, but {host} does not accept it ({said})."),
        N_(
            "The token is of another tenant than the file says, so the file mixes two tenants or was edited. Download "
            "it again in the tenant that you need, and use it unchanged."
        ),
        Step.SAVE_FILE,
    ),
    (Code.INVALID_SCOPE, "no-scopes"): Entry(
        Severity.ERROR,
        N_("Infor requires scopes for this app, but the file asks for none ({said})."),
        N_(
            "Open the app in Authorized Apps, add the scopes Infor-IDM, Infor-ION, Infor-Mingle and INFOR-IFS, and "
            "save. Then use Download Credentials again: the file states the scopes."
        ),
        Step.NEW_APP,
    ),
    (Code.UNAUTHORIZED_CLIENT, "grant-type"): Entry(
        Severity.ERROR,
        N_("The Grant Type of this authorized app is {grant}; DocBits needs Password Credentials ({said})."),
        N_(
            "Open the app in Authorized Apps and look at its Grant Type. If it cannot be changed to Password "
            "Credentials, create a new app of the type Backend Service with that Grant Type, and download its "
            "credentials."
        ),
        Step.NEW_APP,
    ),
    (Code.NO_USER, "m3"): Entry(
        Severity.ERROR,
        N_("M3 has no user for the service account ({said}), although Infor reports that it acts for {user}."),
        N_(
            "Ask whoever manages M3 to check in MNS150 that {user} has an M3 user. No new file is needed. If IDM "
            "access fails too, download new credentials and choose the service user in the user box."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    (Code.ROLE_MISSING, "group"): Entry(
        Severity.ERROR,
        N_(
            "The user {user} does not have the security role {field}. A distribution group of that name is assigned, "
            "but groups do not count."
        ),
        N_(
            "Somebody who manages users (role IFSApplicationAdmin, UserAdmin or Infor-SystemAdministrator) opens the "
            "user in OS > Security > Manage > Users, adds {field} on the tab Security Roles and saves. No new file is "
            "needed."
        ),
        Step.PREREQUISITES,
    ),
    (Code.WRONG_TENANT, "token"): Entry(
        Severity.WARNING,
        N_("The access token belongs to the tenant {other}, but the file names {tenant}."),
        N_(
            "The parts of the file come from two tenants: it was edited, or put together from two downloads. Download "
            "the file again from the tenant you need, and import it unchanged."
        ),
        Step.SAVE_FILE,
    ),
    (Code.IMS_CLIENT_UNKNOWN, "not-listed"): Entry(
        Severity.INFO,
        N_(
            "The list of connection points does not show the client ID {client}. Exports of BODs through ION need one "
            "that holds it."
        ),
        N_(
            "If you export only to IDM, nothing needs to be done. Otherwise open Connect > Connection Points in ION "
            "Desk, and compare the client ID in the connection point IMS via API Gateway that DocBits uses."
        ),
    ),
}
"""Cases within a code that need words of their own."""
