"""``ionapi-tui plan``: the tenants that are to get an ``.ionapi`` file, and how far each has come."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ionapi_tui.base import language
from ionapi_tui.base.errors import UnusableFile, UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.paths import assets
from ionapi_tui.base.text import safe
from ionapi_tui.cli.listing import write_table
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import Group, build_services, examples
from ionapi_tui.domain.plan_list import LARGEST, parse_plan
from ionapi_tui.domain.planned_tenant import PlanRow, Stage
from ionapi_tui.usecases.planning import added_in_words, plan_rows, tenant_of, unplan

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ionapi_tui.domain.guide import Front
    from ionapi_tui.domain.planned_tenant import PlannedTenant

_STAGES = [stage.value for stage in Stage]
_CUT_FIRST = (1, 2)
"""The columns of customers and contacts."""


@click.group(
    "plan",
    cls=Group,
    invoke_without_command=True,
    help=_(
        "Plan which tenants need an .ionapi file, and see how far each of them is. Without a command, the plan is "
        "listed.\n\n"
        "Each tenant has its own guide, request and hand-over page. Its stage is not started, prerequisites requested, "
        "waiting for the file, stored, verified or failing. It changes as you follow the guide of the tenant "
        "(“ionapi-tui start TENANT”), import its file and verify it. The plan contains no secrets."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Carry out ``plan``, which lists without a command of its own."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


def complete_tenant(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the planned tenants that begin with what was typed."""
    from click.shell_completion import CompletionItem

    names = (one.tenant for one in build_services().plan.load())
    return [CompletionItem(name) for name in names if name.startswith(incomplete.upper())]


@command.command(
    "add",
    short_help=_("Add tenants to the plan."),
    epilog=examples(
        "ionapi-tui plan add ACME_TST ACME_PRD --customer Acme --contact ann@acme.example",
        "ionapi-tui plan add --from tenants.csv",
        "ionapi-tui plan add https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST",
    ),
    help=_(
        "Add tenants to the plan. TENANT is a name, such as ACME_TST, or the address of a portal. With --from, they "
        "are read from a file: one tenant per line, or a table with the columns customer, tenant, contact and service "
        "user, separated by commas, semicolons or tabs. If a tenant is already in the plan, missing details are added."
    ),
)
@click.argument("tenants", nargs=-1, metavar="[TENANT]...")
@click.option("--from", "source", metavar=_("FILE"), help=_("Read a list of tenants from FILE; - is standard input."))
@click.option("--customer", metavar="NAME", default="", help=_("The customer that the tenants belong to."))
@click.option("--contact", metavar="TEXT", default="", help=_("Who to ask when something has to be done in Infor."))
@click.option(
    "--service-user", metavar=_("USER"), default="", help=_("The Infor user that the service accounts will act for.")
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: added, changed."))
def add(tenants: tuple[str, ...], source: str | None, json_wanted: bool, **texts: str) -> None:
    """Carry out ``plan add``."""
    if (source is None) is (not tenants):
        raise UsageError(_("Enter tenants, or a file with --from."))
    if source is not None and any(texts.values()):
        raise UsageError(_("With --from, the file says customer, contact and service user."))
    planned = _listed(tenants, **texts) if source is None else parse_plan(_read(source))
    services = build_services()
    added = services.plan.add(planned)
    if json_wanted:
        as_json({"added": list(added.new), "changed": list(added.changed)})
        return
    for tenant in added.new:
        data(tenant)
    words(added_in_words(services, added))


@command.command(
    "list",
    short_help=_("List the planned tenants with their stages."),
    epilog=examples("ionapi-tui plan list", "ionapi-tui plan list --stage waiting", "ionapi-tui plan list --json"),
    help=_("List the planned tenants with their stages. The password store is not accessed."),
)
@click.option("--stage", "stages", type=click.Choice(_STAGES), multiple=True, help=_("Only those at this stage."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of objects."))
def list_(stages: tuple[str, ...] = (), json_wanted: bool = False) -> None:
    """Carry out ``plan list``."""
    everything = plan_rows(build_services())
    rows = [row for row in everything if not stages or row.stage.value in stages]
    if json_wanted:
        as_json([row.as_json() for row in rows])
    elif rows:
        from ionapi_tui.domain.guide.front import peek

        front = peek(assets(), language.current())
        # Whoever waits wants to see the stage; names and addresses are known by their beginnings.
        write_table([_heading(), *(_cells(row, front) for row in rows)], _CUT_FIRST)
    elif everything:
        words(_("No planned tenant is at this stage."))
    else:
        words(_("The plan is empty. Add tenants with: ionapi-tui plan add TENANT"))


@command.command(
    "remove",
    short_help=_("Remove tenants from the plan."),
    epilog=examples("ionapi-tui plan remove ACME_TST", "ionapi-tui plan remove ACME_TST ACME_PRD"),
    help=_("Remove tenants from the plan, and discard their progress in the guide. Their profiles are kept."),
)
@click.argument("tenants", nargs=-1, required=True, metavar="TENANT...", shell_complete=complete_tenant)
def remove(tenants: tuple[str, ...]) -> None:
    """Carry out ``plan remove``."""
    services = build_services()
    names = list(dict.fromkeys(tenant_of(text).tenant for text in tenants))
    unplan(services, names)
    for name in names:
        data(name)
    words(n_("{n} tenant was removed from the plan.", "{n} tenants were removed from the plan.", len(names)))


def _listed(tenants: tuple[str, ...], customer: str, contact: str, service_user: str) -> tuple[PlannedTenant, ...]:
    """Return the tenants that were typed; each is checked like a line of a list."""
    import csv
    import io

    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("tenant", "customer", "contact", "service user"))
    for text in tenants:
        named = tenant_of(text)
        writer.writerow((named.portal or named.tenant, customer, contact, service_user))
    return parse_plan(table.getvalue())


def _read(source: str) -> str:
    """Return the text of a list.

    Raises:
        UnusableFile: it cannot be read, or is not text.
    """
    try:
        if source == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.read(LARGEST + 1)
    except OSError as error:
        sentence = _("The list {file} cannot be read: {why}.")
        raise UnusableFile(sentence.format(file=safe(source), why=safe(error.strerror or error))) from error
    for encoding in ("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableFile(_("The list {file} is not text.").format(file=safe(source)))


def _heading() -> tuple[str, ...]:
    return (_("TENANT"), _("CUSTOMER"), _("CONTACT"), _("STAGE"), _("PROFILE"))


def _cells(row: PlanRow, front: Front) -> tuple[str, ...]:
    planned, position = row.planned, row.position(front) if row.profile is None else ""
    return (
        planned.tenant,
        safe(planned.customer, 30),
        safe(planned.contact, 40),
        f"{row.stage_label} ({position})" if position else row.stage_label,
        row.profile.name if row.profile else "",
    )
