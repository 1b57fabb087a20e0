"""What the live checks can find, with cause, fix and the guide step to go back to.

Infor publishes no catalogue of errors for its authorization server, so what a refusal means is told by its standard
OAuth code and by what the checks before it have shown. Where two causes look alike from here, both are named, the
likelier one first.
"""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.domain.findings.codes import Code, Entry, Severity, Step

_WAY: Final[dict[Code, Entry]] = {
    Code.DNS: Entry(
        Severity.ERROR,
        N_("This machine cannot find the address {host}."),
        N_(
            "Check that you are online and, where your company needs it, that the VPN is connected: on-premises names "
            "are often known inside the company network only. If other sites open, compare the address with a newly "
            "downloaded file; Infor's cloud gateways are called like mingle-ionapi.eu1.inforcloudsuite.com."
        ),
    ),
    Code.REFUSED: Entry(
        Severity.ERROR,
        N_("No connection to {host} on port {port}: {reason}."),
        N_(
            "Likelier first: a firewall closes the way (ask your network team to allow outgoing connections to {host} "
            "on port {port}); or the port in the file is not right (on-premises gateways mostly listen on 7443); or "
            "the server is switched off."
        ),
    ),
    Code.TIMEOUT: Entry(
        Severity.ERROR,
        N_("{host} did not answer completely within {seconds} seconds."),
        N_(
            "Try again in a minute. If it stays like this, a firewall may swallow the packets, or the VPN may not be "
            "connected: ask your network team to allow outgoing HTTPS connections to {host}."
        ),
    ),
    Code.TLS: Entry(
        Severity.ERROR,
        N_("The secure connection to {host} was refused, nothing was sent: {reason}."),
        N_(
            "If your company or a security product issued the certificate, it inspects the connection, or a private "
            "authority is in use: have its root certificate added to the trust store of this machine's operating "
            "system, which is the one that counts here. If it is expired or not valid yet, look at this machine's "
            "clock first. If it belongs to another host, compare the address with a newly downloaded file. Checking "
            "cannot be switched off."
        ),
    ),
    Code.PROXY: Entry(
        Severity.ERROR,
        N_("A proxy ({proxy}) does not let the connection to {host} through: {reason}."),
        N_(
            "Compare HTTPS_PROXY with your browser's proxy settings. Code 407 means that the proxy wants a user name "
            "and a password (http://user:password@proxy:port). Otherwise ask your network team to allow {host}; a host "
            "inside the company usually belongs in NO_PROXY."
        ),
    ),
    Code.NOT_A_GATEWAY: Entry(
        Severity.ERROR,
        N_("Something answered at {host}, but it is not Infor ({said})."),
        N_(
            "Likelier first: the network wants you to log in (hotel, guest or company network: open any page in the "
            "browser and follow it); or a proxy shows its own page (ask your network team to allow {host}); or the "
            "address in the file is not the one it should be: compare it with a newly downloaded file."
        ),
        Step.SAVE_FILE,
    ),
    Code.REDIRECTED: Entry(
        Severity.ERROR,
        N_(
            "{host} points to another address, {target}. That is not followed: secrets go to no address but the file's."
        ),
        N_(
            "Likelier first: a network log-in page or a proxy in between (open any page in the browser, or ask your "
            "network team); or Infor has moved the address: download the file again."
        ),
        Step.SAVE_FILE,
    ),
    Code.CLOCK_SKEW: Entry(
        Severity.WARNING,
        N_("This machine's clock is {difference} the clock of {host}."),
        N_(
            "Switch on automatic time in the settings of the operating system. With a wrong clock certificates look "
            "expired, and tokens are renewed too late or too often."
        ),
    ),
}

_AUTHORIZATION_SERVER: Final[dict[Code, Entry]] = {
    Code.INVALID_CLIENT: Entry(
        Severity.ERROR,
        N_("Infor does not accept the client ID with this client secret ({said})."),
        N_(
            "Open Authorized Apps and look for the client ID {client}. Likelier first: the app was deleted, perhaps by "
            "a tenant refresh that copied another environment over this one (create it again, step 2); or the app "
            "still exists and its secret was changed (use Download Credentials again)."
        ),
        Step.DOWNLOAD,
    ),
    Code.INVALID_GRANT: Entry(
        Severity.ERROR,
        N_("Infor accepts the app but not its service account ({said})."),
        N_(
            "Open Service Accounts (OS > Security, or User Management in older portals). Likelier first: the account "
            "is disabled (enable it); or it was deleted, or overwritten by a tenant refresh (use Download Credentials "
            "with Create Service Account again: its keys can be downloaded only once); or its user is disabled."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.UNAUTHORIZED_CLIENT: Entry(
        Severity.ERROR,
        N_("This authorized app may not log in with a service account ({said})."),
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
            "Open the app in Authorized Apps and compare its Scopes, capital letters included. Likelier first: a scope "
            "was taken from the app after the download (add it again, or download the file again); or a scope is "
            "written differently there."
        ),
        Step.NEW_APP,
    ),
    Code.RATE_LIMITED: Entry(
        Severity.ERROR,
        N_("{host} has had too many requests and asks for patience: {wait} ({said})."),
        N_(
            "Wait, then verify again. Infor limits the tokens of a client (100 a day are documented for one edition) "
            "and the service account log-ins of a tenant (20 a minute there): look for a program that asks for a new "
            "token at each call. DocBits uses the same client ID and the same budget."
        ),
    ),
    Code.SERVER_ERROR: Entry(
        Severity.ERROR,
        N_("{host} reports an error of its own ({said})."),
        N_(
            "Try again in a few minutes. If it stays like this, Infor's side is likelier, but people report that Infor "
            "answers some mistakes of the client in this way too: compare the file with a newly downloaded one, then "
            "ask Infor Support and give them the time and the code."
        ),
    ),
    Code.BAD_ANSWER: Entry(
        Severity.ERROR,
        N_("The answer of {host} cannot be used: {said}."),
        N_(
            "Likelier first: the tenant or an address in the file is not right (any more), so compare it with a newly "
            "downloaded file; or the network wants you to log in first (open any page in the browser); or something "
            "between here and Infor changes the answers: ask your network team."
        ),
        Step.SAVE_FILE,
    ),
    Code.NO_REFRESH_TOKEN: Entry(
        Severity.WARNING,
        N_("Infor issued an access token but no refresh token. DocBits asks for one; without it exports may fail."),
        N_(
            "Open the app in Authorized Apps, switch on Issue Refresh Tokens and save with the disk icon. The file "
            "stays valid, you need no new one."
        ),
        Step.NEW_APP,
    ),
}

_TOKEN: Final[dict[Code, Entry]] = {
    Code.NO_USER: Entry(
        Severity.ERROR,
        N_("The service account acts for no user ({said}), so IDM and M3 cannot tell who is asking."),
        N_(
            "Very likely the user box was left blank in the dialog Download Credentials. Download again with Create "
            "Service Account switched on, and choose the service user in the box User Name (Full Name in some "
            "portals). Then disable the service account without a user."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.TOKEN_REJECTED: Entry(
        Severity.ERROR,
        N_("Infor issued a token, but {host} does not accept it ({said})."),
        N_(
            "Likelier first: the tenant was refreshed (production copied over test), which makes its tokens invalid: "
            "verify again later or download the file again; or the file mixes two tenants: {tenant} has to be the one "
            "of the authorization server too."
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
            "account, then download the credentials again, because the file has to ask for the scope too. Capital "
            "letters count. If the scopes are right, the user may lack the role for it: see the prerequisites."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.IDM_FORBIDDEN: Entry(
        Severity.ERROR,
        N_("Infor Document Management turns the user {user} away ({said})."),
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
            "Open API Gateway > Available APIs and look for Infor Document Management. Likelier first: IDM is not part "
            "of this tenant (ask whoever manages your Infor contract); or the file belongs to another tenant; or the "
            "service account acts for no user."
        ),
    ),
    Code.IMS_UNREACHABLE: Entry(
        Severity.WARNING,
        N_(
            "The messaging service of ION did not answer as expected ({said}). Only exports of BODs through ION need "
            "it."
        ),
        N_(
            "If you export to IDM alone, nothing is to be done. Otherwise check in ION Desk that ION is part of this "
            "tenant, and that the connection point IMS via API Gateway holds the client ID {client}."
        ),
    ),
}

LIVE_CODES: Final[dict[Code, Entry]] = {**_WAY, **_AUTHORIZATION_SERVER, **_TOKEN}
"""Code to cause and fix, for everything that only the network can tell."""
