"""The catalogue of findings about what is stored on this machine: code, severity, cause, fix."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.domain.findings.codes import Code, Entry, Severity, Step

STORE_CODES: Final[dict[Code, Entry]] = {
    Code.ADDRESSES_CHANGED: Entry(
        Severity.ERROR,
        N_("{name} was changed outside ionapi-tui, so nothing was sent. Stored → found now: {changes}."),
        N_(
            "Run “ionapi-tui store restore”, or press b on the page of the profile: both show every change and restore "
            "the stored values. If the new values are correct, import the .ionapi file again with --replace. Find out "
            "who can write the folder of ionapi-tui."
        ),
    ),
    Code.ADDRESSES_BOUND: Entry(
        Severity.INFO,
        N_("The secrets of {name} are now bound to its addresses."),
        N_(
            "Nothing needs to be done. From now on they are not sent if the addresses, the tenant, the client ID, the "
            "confirmed hosts or the name of the profile are changed outside ionapi-tui."
        ),
    ),
    Code.TENANT_REFRESHED: Entry(
        Severity.WARNING,
        N_("The tenant {tenant} was probably refreshed: {count} profiles stopped working together ({names})."),
        N_(
            "Ask the administrator whether production was copied to it. If so, create the authorized app again, with "
            "its service account, the user and the roles, download the credentials, and replace those of each profile. "
            "If not, somebody deleted the apps or service accounts."
        ),
        Step.AUTHORIZED_APPS,
    ),
    Code.CREDENTIALS_OLD: Entry(
        Severity.INFO,
        N_("The credentials of {name} are {days} days old, more than {limit}."),
        N_(
            "Replace them: press p on the page of the profile, or download new ones and run “ionapi-tui import FILE "
            "--name {name} --replace”. {variable} sets the number of days; 0 turns this note off."
        ),
    ),
}
"""Cause and fix of each code about stored profiles."""
