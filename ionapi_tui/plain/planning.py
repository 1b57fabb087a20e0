"""The tenant plan: its list, one tenant of it, adding tenants, and the portal of the tenant whose guide this is."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.plan_list import parse_plan
from ionapi_tui.domain.planned_tenant import PlannedTenant, PlanRow
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.profile_store.progress import PRACTICE
from ionapi_tui.usecases.guides import named
from ionapi_tui.usecases.planning import added_in_words, plan_rows, portal_address, portal_for, tenant_of, unplan

PLAN: Final = "plan"
"""The id of this page."""


def plan(conversation: Conversation) -> str:
    """List the planned tenants, ask for one, and return the page to go to."""
    console = conversation.console
    console.title(_("Tenant plan"))
    try:
        rows = plan_rows(conversation.services)
    except IonApiError as error:
        conversation.say_error(error)
        return flow.WELCOME
    if not rows:
        console.say(_("No tenant is planned yet."))
        if console.choose(_("What next?"), Choice(_("Add tenants")), Choice(_("Main menu"))) == 1:
            return flow.WELCOME
        _add(conversation)
        return PLAN
    choices = [Choice(_("Main menu")), Choice(_("Add tenants"))]
    choices += [Choice(row.planned.tenant, _summary(conversation, row)) for row in rows]
    chosen = console.choose(_("Which tenant?"), *choices)
    if chosen == 0:
        return flow.WELCOME
    if chosen == 1:
        _add(conversation)
        return PLAN
    return _show(conversation, rows[chosen - 2])


def start_another(conversation: Conversation) -> str:
    """Ask for a tenant, and return the page that its guide was left on, or its beginning."""
    console = conversation.console
    answer = console.ask(_("Which tenant? Enter its name or any address of its portal, or press Enter to go back."))
    if not answer:
        return flow.WELCOME
    try:
        planned = tenant_of(answer)
        conversation.services.plan.add([planned])
    except IonApiError as error:
        conversation.say_error(error)
        return flow.WELCOME
    return start(conversation, planned.tenant)


def start(conversation: Conversation, tenant: str) -> str:
    """Go on in the guide of a tenant, and return the page that it was left on, or its beginning."""
    conversation.tenant = tenant
    return conversation.last_page or flow.PREREQUISITES


def open_portal(conversation: Conversation) -> None:
    """Open the portal of the tenant whose guide this is; ask for its address where it is not known."""
    console = conversation.console
    try:
        address = _address(conversation)
    except IonApiError as error:
        conversation.say_error(error)
        return
    if not address:
        return
    if conversation.services.open_address(address):
        console.say(_("The portal is opening in the browser: {url}").format(url=address))
    else:
        console.say(_("No browser was found. The address is {url}").format(url=address))


def _address(conversation: Conversation) -> str:
    services, tenant = conversation.services, conversation.tenant
    if tenant == PRACTICE:
        return conversation.practice.portal if conversation.practice else ""
    portal = portal_for(services, tenant) if tenant else None
    if portal is not None:
        return portal.address
    answer = conversation.console.ask(
        _("Where is the portal? Paste any of its addresses from the browser, or press Enter to go back.")
    )
    if not answer:
        return ""
    planned = portal_address(answer, tenant)
    services.plan.add([planned])
    if not tenant:
        conversation.tenant = named(services.progress, planned.tenant).tenant
    return planned.portal


def _summary(conversation: Conversation, row: PlanRow) -> str:
    facts = (row.stage_label, row.position(conversation.guide.front), safe(row.planned.customer, 60))
    return ", ".join(fact for fact in facts if fact)


def _show(conversation: Conversation, row: PlanRow) -> str:
    console, planned = conversation.console, row.planned
    console.title(planned.tenant)
    console.facts((label, safe(value)) for label, value in row.facts)
    chosen = console.choose(
        _("What next?"),
        Choice(_("Back to the list")),
        Choice(_("Open the guide"), row.position(conversation.guide.front)),
        Choice(_("Remove from the plan")),
    )
    if chosen == 1:
        return start(conversation, planned.tenant)
    if chosen == 2:
        _remove(conversation, planned)
    return PLAN


def _add(conversation: Conversation) -> None:
    console = conversation.console
    console.say(
        _(
            "One tenant a line: its name, or any address of its portal. Or a table: customer, tenant, contact, service"
            " user, separated by commas. An empty line ends the list."
        )
    )
    lines = []
    while line := console.ask(_("Tenant:")):
        lines.append(line)
    if not lines:
        return
    services = conversation.services
    try:
        console.say(added_in_words(services, services.plan.add(parse_plan("\n".join(lines)))))
    except IonApiError as error:
        conversation.say_error(error)


def _remove(conversation: Conversation, planned: PlannedTenant) -> None:
    console, services = conversation.console, conversation.services
    console.say(planned.removal_notice)
    question = _("Remove {name} from the plan?").format(name=planned.tenant)
    if not console.agrees(question, _("Remove"), _("Keep")):
        return
    try:
        unplan(services, [planned.tenant])
    except IonApiError as error:
        conversation.say_error(error)
    else:
        console.say(_("{tenant} is no longer planned.").format(tenant=planned.tenant))
