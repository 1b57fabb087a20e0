"""``ionapi-tui start``: the guide of one tenant, where it was left."""

from __future__ import annotations

import click

from ionapi_tui.base.language import _
from ionapi_tui.cli.plan import complete_tenant
from ionapi_tui.cli.root import build_services


@click.command(
    "start",
    help=_(
        "Continue the guide of a tenant where you left off, or open it at the beginning. TENANT is its name, "
        "such as ACME_TST, or the address of its portal. A tenant that is not in the plan is added to it."
    ),
)
@click.argument("tenant", shell_complete=complete_tenant)
@click.option("--plain", is_flag=True, help=_("Use line-by-line prompts (for screen readers and basic terminals)."))
def command(tenant: str, plain: bool) -> int:
    """Carry out ``start``."""
    from ionapi_tui.cli.app import open_app
    from ionapi_tui.usecases.planning import refuse_misspelt, tenant_of

    planned, services = tenant_of(tenant), build_services()
    refuse_misspelt(services, planned)
    added = services.plan.add([planned])
    notice = _("{tenant} was added to the tenant plan.").format(tenant=planned.tenant) if added.new else ""
    return open_app(plain=plain, tenant=planned.tenant, notice=notice)
