"""Check: the user has the security roles of the prerequisites."""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed, skipped
from ionapi_tui.gateway.users import User, missing_roles, relevant_roles


async def _run(run: Run) -> Outcome:
    user = run.user
    if user is None:
        return skipped(_("the user could not be read"))
    if user.roles is None:
        return skipped(_("Infor's answer does not list the roles"))
    gaps = missing_roles(user.roles)
    if gaps:
        return found(
            *(_missing(user, role).with_severity(severity) for role, severity in gaps),
            detail=_("missing: {roles}").format(roles=", ".join(role for role, _severity in gaps)),
        )
    return passed(", ".join(relevant_roles(user.roles)))


def _missing(user: User, role: str) -> Finding:
    variant = "group" if role in user.distribution_groups else ""
    return Finding(Code.ROLE_MISSING, role, {"user": user.name}, variant=variant)


CHECK = Check("roles", N_("Security roles"), _run, needs=("user",))
