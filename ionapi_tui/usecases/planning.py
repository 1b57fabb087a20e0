"""The tenant plan: what has become of each tenant, and opening the guide of one."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.handover.requests import request_for_roles
from ionapi_tui.domain.planned_tenant import PlannedTenant, PlanRow, row_of
from ionapi_tui.domain.portal import Portal, portal_in, portal_of, tenant_in
from ionapi_tui.domain.profile import Profile, timestamp
from ionapi_tui.domain.similar_tenant import similar_tenant
from ionapi_tui.profile_store.progress import Progress

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Section
    from ionapi_tui.domain.handover.page import Customer
    from ionapi_tui.profile_store.plan_file import Added
    from ionapi_tui.profile_store.progress import Progress
    from ionapi_tui.usecases.services import Services


def plan_rows(services: Services) -> tuple[PlanRow, ...]:
    """Return the tenant plan with what has become of each tenant, in the order in which they were added.

    Raises:
        RegistryError: the plan or the list of profiles cannot be read.
    """
    planned = services.plan.load()
    return rows_of(planned, services.progress.all(), services.profiles.profiles()) if planned else ()


def rows_of(
    planned: Iterable[PlannedTenant], guides: Iterable[Progress], profiles: Iterable[Profile]
) -> tuple[PlanRow, ...]:
    """Return ``planned`` with what has become of each tenant; of several profiles of one tenant the newest counts.

    Args:
        planned: the plan.
        guides: the progress of every guide that was started.
        profiles: everything that is stored.
    """
    begun = {progress.tenant: progress for progress in guides}
    newest = newest_by_tenant(profiles)

    def row(one: PlannedTenant) -> PlanRow:
        progress = begun.get(one.tenant, Progress())
        return row_of(one, progress.step, newest.get(one.tenant), ticked=bool(progress.done))

    return tuple(map(row, planned))


def newest_by_tenant(profiles: Iterable[Profile]) -> Mapping[str, Profile]:
    """Return the profile of each tenant that was stored last; tenants go by their names in capital letters."""
    return {one.tenant.upper(): one for one in sorted(profiles, key=lambda profile: profile.created)}


def tenant_of(text: str) -> PlannedTenant:
    """Return the tenant that somebody means by its name, or by an address of its portal.

    Raises:
        UsageError: ``text`` is neither.
    """
    portal = portal_in(text)
    if portal is not None:
        return PlannedTenant(portal.tenant, portal=portal.address)
    tenant = tenant_in(text)
    if not tenant:
        sentence = _("“{text}” is neither a tenant, such as ACME_TST, nor the address of its portal.")
        raise UsageError(sentence.format(text=safe(text.strip(), 40)))
    return PlannedTenant(tenant)


def refuse_misspelt(services: Services, planned: PlannedTenant) -> None:
    """Make sure that a tenant is no misspelling of one that is planned or stored; it may be planned itself.

    Raises:
        UsageError: it probably is one.
        RegistryError: the plan or the list of profiles cannot be read.
    """
    if planned.portal:
        # Nobody types an address from the browser.
        return
    known = [one.tenant for one in services.plan.load()]
    known += [profile.tenant for profile in services.profiles.profiles()]
    similar = similar_tenant(planned.tenant, known)
    if similar:
        sentence = _("There is no planned tenant {tenant}. Did you mean {similar}? To plan it: {command}")
        command = f"ionapi-tui plan add {planned.tenant}"
        raise UsageError(sentence.format(tenant=planned.tenant, similar=safe(similar, 80), command=command))


def portal_for(services: Services, tenant: str) -> Portal | None:
    """Return the portal of a tenant, as the plan or a profile knows it; None if neither does.

    Raises:
        RegistryError: the plan or the list of profiles cannot be read.
    """
    planned = services.plan.find(tenant)
    if planned is not None and planned.portal:
        return portal_in(planned.portal)
    profile = newest_by_tenant(services.profiles.profiles()).get(tenant)
    return portal_of(profile.gateway, profile.tenant) if profile else None


def portal_address(text: str, tenant: str) -> PlannedTenant:
    """Return the tenant and the portal that an address from the browser names.

    Args:
        text: what somebody pasted.
        tenant: whose portal it has to be; empty if the address says whose.

    Raises:
        UsageError: it is not an address of a portal, or of another tenant's.
    """
    planned = tenant_of(text)
    if not planned.portal:
        raise UsageError(_("Paste an address: the region in it cannot be guessed from the tenant."))
    if tenant and planned.tenant != tenant:
        sentence = _("This is the portal of {other}, not of {tenant}.")
        raise UsageError(sentence.format(other=planned.tenant, tenant=tenant))
    return planned


def names_for_page(services: Services, tenant: str) -> Customer:
    """Return the names that the plan knows for the hand-over page of a tenant; empty ones where it does not know any.

    Raises:
        RegistryError: the plan cannot be read.
    """
    planned = services.plan.find(tenant) or PlannedTenant(tenant_in(tenant))
    return planned.names_for_page


def added_in_words(services: Services, added: Added) -> str:
    """Return what adding tenants has changed, and how many of the new ones need no file any more.

    Raises:
        RegistryError: the list of profiles cannot be read.
    """
    said = []
    if added.new:
        said.append(n_("{n} tenant was added.", "{n} tenants were added.", len(added.new)))
        stored = newest_by_tenant(services.profiles.profiles()).keys() & set(added.new)
        if stored:
            names = ", ".join(sorted(stored))
            said.append(_("There is already a profile for {tenants}.").format(tenants=safe(names, 200)))
    if added.changed:
        completed = n_("{n} planned tenant was completed.", "{n} planned tenants were completed.", len(added.changed))
        said.append(completed)
    return " ".join(said) or _("Nothing new: everything was already planned.")


@dataclass(frozen=True)
class Unplanned:
    """Tenants that were removed from the plan."""

    planned: tuple[PlannedTenant, ...]
    guides: tuple[Progress, ...]
    """The progress in their guides, of those that were started."""


def unplan(services: Services, tenants: Collection[str]) -> Unplanned:
    """Remove tenants from the plan, all of them or none, with the progress in their guides; return what went.

    Raises:
        NotPlanned: one of them is not in the plan.
        StoreError: the plan or the progress cannot be read or written.
    """
    guides = tuple(one for one in services.progress.all() if one.tenant in tenants)
    planned = services.plan.remove(tenants)
    for tenant in tenants:
        services.progress.forget(tenant)
    return Unplanned(planned, guides)


def plan_again(services: Services, unplanned: Unplanned) -> None:
    """Bring back tenants that were removed from the plan, with the progress in their guides.

    Raises:
        StoreError: the plan or the progress cannot be read or written.
    """
    services.plan.add(unplanned.planned)
    for guide in unplanned.guides:
        services.progress.restore(guide)


def roles_request(services: Services, section: Section, assigned: Collection[str], tenant: str) -> str:
    """Return a request for the roles that are missing, for a tenant.

    Args:
        services: they know the plan.
        section: the prerequisites of the guide.
        assigned: the ids of the roles that are ticked already.
        tenant: whose guide it is; empty, or no tenant, if that is not known.

    Raises:
        RegistryError: the plan cannot be read.
    """
    planned = services.plan.find(tenant) or PlannedTenant(tenant_in(tenant))
    return request_for_roles(section, assigned, planned.tenant, planned.service_user)


def note_request(services: Services, tenant: str) -> None:
    """Record that somebody is asked for the roles of a tenant; nothing for one that is not planned.

    Raises:
        RegistryError: the plan cannot be read or written.
    """
    planned = services.plan.find(tenant)
    if planned is not None:
        services.plan.add([dataclasses.replace(planned, requested=timestamp(services.now()))])


def note_hand_over(services: Services, customer: Customer) -> None:
    """Record that somebody was sent the guide for a tenant, which is planned then; nothing without a tenant.

    What the plan knows of the tenant already stays.

    Args:
        services: they know the plan.
        customer: the names on the page.

    Raises:
        RegistryError: the plan cannot be read or written.
    """
    tenant = tenant_in(customer.tenant)
    if not tenant:
        return
    named = PlannedTenant(tenant, customer.name, service_user=customer.service_user)
    planned = named.completed(services.plan.find(tenant) or named)
    services.plan.add([dataclasses.replace(planned, awaited=timestamp(services.now()))])
