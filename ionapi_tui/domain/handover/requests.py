"""Requests in plain words, ready to send to the person who can grant or mend something."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Finding, Severity
from ionapi_tui.domain.guide import Section
from ionapi_tui.domain.profile import Profile


def request_for_roles(section: Section) -> str:
    """Return a request to grant the roles of ``section``."""
    lines = [_("Hello,"), "", _("to connect DocBits with Infor I need two users in InforOS with these security roles:")]
    for user in section.topics:
        lines += ["", f"{user.title}:"]
        for role in user.roles:
            name = role.name if role.name == role.canonical else f"{role.name} ({role.canonical})"
            lines.append(f"- {name}: {role.purpose}")
    lines += [
        "",
        _("Where: OS > Security > Manage > Users > the user > Security Roles > + (older portals: User Management)."),
        _("Granting them takes the role IFSApplicationAdmin, UserAdmin or Infor-SystemAdministrator."),
        "",
        _("Please tell me the names of both users when it is done. Thank you!"),
    ]
    return "\n".join(lines)


def request_to_mend(profile: Profile, findings: Iterable[Finding]) -> str:
    """Return a request to mend what a verification found; it names the app, and nothing secret."""
    lines = [
        _("Hello,"),
        "",
        _("the connection of DocBits with Infor does not work yet. It is this authorized app:"),
        _("- Tenant: {tenant}").format(tenant=safe(profile.tenant)),
        _("- Authorized app: {app}").format(app=safe(profile.app)),
        _("- Client ID: {client_id}").format(client_id=safe(profile.client_id)),
        "",
        _("What was found, and what would help:"),
    ]
    for finding in findings:
        if finding.severity is not Severity.INFO:
            lines += [f"- {finding.message}", f"  {finding.fix}"]
    return "\n".join([*lines, "", _("Please tell me when it is done. Thank you!")])


def request_to_enable(tenant: str, app: str, service_user: str) -> str:
    """Return a request to switch a service account on again; empty names are left out."""
    lines = [_("Hello,"), "", _("DocBits can no longer log in to Infor. Please switch its service account on again:")]
    facts = (
        (_("- Tenant: {tenant}"), tenant),
        (_("- Authorized app: {app}"), app),
        (_("- Service user: {user}"), service_user),
    )
    lines += [sentence.format(tenant=safe(name), app=safe(name), user=safe(name)) for sentence, name in facts if name]
    lines += [
        "",
        _("Where: OS > Security > Manage > Service Accounts (older portals: User Management)."),
        _("Please check there that the account is enabled, and under Users that the service user is enabled too."),
        "",
        _("Please tell me when it is done. Thank you!"),
    ]
    return "\n".join(lines)
