"""Requests in plain words, ready to send to the person who can grant or mend something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Code, Finding, Severity, ok, worst
from ionapi_tui.domain.guide import Section
from ionapi_tui.domain.profile import Profile

_WARNINGS: Final = {
    Code.NO_REFRESH_TOKEN,
    Code.ROLE_MISSING,
    Code.USER_FORBIDDEN,
    Code.USER_INACTIVE,
    Code.IMS_CLIENT_UNKNOWN,
    Code.M3_ERROR,
}
"""Warnings about something that an administrator of the tenant can correct there."""

_ELSEWHERE: Final = {
    Code.DNS,
    Code.REFUSED,
    Code.TIMEOUT,
    Code.TLS,
    Code.PROXY,
    Code.NOT_A_GATEWAY,
    Code.REDIRECTED,
    Code.INSECURE_URL,
    Code.BAD_URL,
    Code.UNKNOWN_HOST,
    Code.ADDRESSES_CHANGED,
}
"""Errors of this computer, its network or the file. An administrator of the tenant can correct none of them."""


def request_for_roles(
    section: Section, assigned: Collection[str] = (), tenant: str = "", service_user: str = ""
) -> str:
    """Return a request to assign the security roles of ``section``.

    Args:
        section: the prerequisites of the guide.
        assigned: the ids of the roles that are ticked already, each ``<user>/<role>``; they are left out.
        tenant: where; empty if it is not known.
        service_user: the name of the service user; empty if it is not known.

    Returns:
        The text; empty if no role is missing.
    """
    ticks = {f"{user.id}/{role.canonical}" for user in section.topics for role in user.roles}
    if ticks <= set(assigned):
        return ""
    lines = [_("Hello,"), "", _("To connect DocBits with Infor, I need the security roles below in Infor OS.")]
    if tenant:
        lines.append(_("This is about the tenant {tenant}.").format(tenant=safe(tenant)))
    if service_user:
        lines.append(_("The service user for DocBits is {user}.").format(user=safe(service_user)))
    for user in section.topics:
        missing = [role for role in user.roles if f"{user.id}/{role.canonical}" not in assigned]
        if missing:
            lines += ["", f"{user.title}:"]
        for role in missing:
            name = role.name if role.name == role.canonical else f"{role.name} ({role.canonical})"
            lines.append(f"- {name}: {role.purpose}")
    lines += [
        "",
        _("Where: OS > Security > Manage > Users > the user > Security Roles > + (older portals: User Management)."),
        _("To assign them, you need the role IFSApplicationAdmin, UserAdmin or Infor-SystemAdministrator."),
        "",
        _("Please tell me the names of the users when it is done. Thank you!"),
    ]
    return "\n".join(lines)


def request_to_mend(profile: Profile, findings: Collection[Finding]) -> str:
    """Return a request to correct what a verification found; it names the app, and nothing secret.

    Args:
        profile: what was verified.
        findings: what was found. Errors are listed, and warnings that an administrator of the tenant can act on; not
            what concerns this computer or the practice tenant.

    Returns:
        The text; empty if an administrator of the tenant can correct none of the errors, or if there are none.
    """
    wanted = [one for one in worst(findings) if _is_wanted(one)]
    if ok(wanted):
        return ""
    lines = [
        _("Hello,"),
        "",
        _("DocBits cannot connect to Infor yet. This is the authorized app:"),
        _("- Tenant: {tenant}").format(tenant=safe(profile.tenant)),
        _("- Authorized app: {app}").format(app=safe(profile.app)),
        _("- Client ID: {client_id}").format(client_id=safe(profile.client_id)),
        "",
        _("Please correct the following:"),
    ]
    lines += _missing_roles([one for one in wanted if one.code is Code.ROLE_MISSING])
    for finding in wanted:
        if finding.code is not Code.ROLE_MISSING:
            lines += [f"- {finding.message}", f"  {finding.fix}"]
    return "\n".join([*lines, "", _("Please tell me when it is done. Thank you!")])


def _is_wanted(finding: Finding) -> bool:
    if finding.severity is Severity.WARNING:
        return finding.code in _WARNINGS
    return finding.severity is Severity.ERROR and finding.code not in _ELSEWHERE


def _missing_roles(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the missing roles of each user under one sentence."""
    roles: dict[str, list[str]] = {}
    for finding in findings:
        roles.setdefault(finding.values["user"], []).append(finding.field or "")
    for user, missing in roles.items():
        yield _("- Security roles of the user {user}: {roles}").format(user=user, roles=", ".join(missing))
        yield "  " + _(
            "Open OS > Security > Manage > Users, select the user, add the roles on the tab Security Roles, and save."
        )


def request_to_enable(tenant: str, app: str, service_user: str) -> str:
    """Return a request to enable a service account again; empty names are left out."""
    lines = [_("Hello,"), "", _("DocBits can no longer sign in to Infor. Please enable its service account again:")]
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
