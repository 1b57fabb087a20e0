"""The tenant plan in the app, and whose guide is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.controllers.practice import Practice
from ionapi_tui.ui.controllers.removal import undo_hint
from ionapi_tui.ui.tasks import task

if TYPE_CHECKING:
    from textual.timer import Timer

    from ionapi_tui.domain.planned_tenant import PlannedTenant


class Planning(Controller):
    """Plans tenants, starts their guides, and opens their portals."""

    def __init__(self, context: Context, navigation: Navigation, practice: Practice) -> None:
        super().__init__(context)
        self._navigation, self._practice = navigation, practice
        self._draft = ""
        """A list of tenants that was typed, and not added."""
        self._timer: Timer | None = None

    @task("plan")
    async def plan(self) -> None:
        """Ask for tenants, and add them to the plan."""
        from ionapi_tui.ui.dialogs.tenant import PlanDialog
        from ionapi_tui.usecases.planning import added_in_words

        dialog = PlanDialog(self._draft)
        planned = await self.context.ask(dialog)
        self._draft = dialog.draft if planned is None else ""
        if planned is None:
            return
        added = await in_background(lambda: self.context.services.plan.add(planned))
        self.context.reload_profiles()
        self.notify(added_in_words(self.context.services, added))

    @task("plan")
    async def unplan(self, planned: PlannedTenant) -> None:
        """Remove a tenant from the plan, after asking."""
        from ionapi_tui.ui.dialogs.tenant import ConfirmUnplan
        from ionapi_tui.usecases.planning import unplan

        if await self.context.ask(ConfirmUnplan(planned)):
            services, tenant = self.context.services, planned.tenant
            unplanned = await in_background(lambda: unplan(services, [tenant]))
            self._navigation.forget(tenant)
            self._forget_unplanned()
            self.context.reload_profiles(unplanned=unplanned, restored="")
            self._timer = self.context.app.set_timer(services.undo_seconds, self._forget_unplanned)
            removed = _("{tenant} is no longer planned.").format(tenant=tenant)
            self.notify(f"{removed} {undo_hint(services.undo_seconds)}")

    @task("plan")
    async def undo(self) -> None:
        """Plan again what was removed from the plan a moment ago."""
        from ionapi_tui.usecases.planning import plan_again

        unplanned, services = self.context.state.unplanned, self.context.services
        self._forget_unplanned()
        if unplanned is not None:
            await in_background(lambda: plan_again(services, unplanned))
            self._navigation.refresh()
            self.context.reload_profiles()
            tenants = [planned.tenant for planned in unplanned.planned]
            self.context.restored(tenants[0], ", ".join(tenants))

    def _forget_unplanned(self) -> None:
        """End the time in which a removal from the plan can be undone."""
        if self._timer is not None:
            self._timer.stop()
        self.context.update(unplanned=None)

    @task("plan")
    async def start_over(self) -> None:
        """Clear the ticks of the guide in front, after asking."""
        from ionapi_tui.ui.dialogs.tenant import ConfirmStartOver

        if await self.context.ask(ConfirmStartOver(self.context.state.tenant)):
            self._navigation.start_over()

    @task("plan")
    async def start_another(self) -> None:
        """Start the guide of another tenant, after asking which."""
        from ionapi_tui.ui.dialogs.tenant import TenantDialog

        reason = _("Each tenant has its own guide with its own progress.")
        planned = await self.context.ask(TenantDialog(_("Start the guide for which tenant?"), reason))
        if planned is not None:
            await self._remember(planned)
            self._navigation.start(planned.tenant)

    @task("plan")
    async def name_tenant(self) -> None:
        """Ask whose guide the one in front is."""
        from ionapi_tui.ui.dialogs.tenant import TenantDialog

        state = self.context.state
        if state.tenant:
            return
        reason = _("The progress is kept for each tenant, and the portal opens with one key.")
        planned = await self.context.ask(TenantDialog(_("Which tenant is this guide for?"), reason))
        if planned is not None:
            await self._remember(planned)
            self._navigation.name(planned.tenant)

    @task("portal")
    async def open_portal(self) -> None:
        """Open the portal of the tenant whose guide is in front; ask for its address where it is not known."""
        from ionapi_tui.usecases.planning import portal_for

        tenant, services = self.context.state.tenant, self.context.services
        if tenant == PRACTICE or (tenant == UNNAMED and self.context.state.practice):
            # A guide without a tenant shows the user of the practice tenant that runs, too.
            self._practice.open_portal()
            return
        portal = await in_background(lambda: portal_for(services, tenant)) if tenant else None
        address = portal.address if portal else await self._asked_address(tenant)
        if address and not services.open_address(address):
            message = _("No browser was found. The address is {url}")
            self.notify(message.format(url=address))

    async def _asked_address(self, tenant: str) -> str:
        """Return the address of a portal that somebody entered, and remember it; empty if nobody did."""
        from ionapi_tui.ui.dialogs.tenant import PortalDialog

        planned = await self.context.ask(PortalDialog(tenant))
        if planned is None:
            return ""
        await self._remember(planned)
        if not tenant:
            self._navigation.name(planned.tenant)
        return planned.portal

    async def _remember(self, planned: PlannedTenant) -> None:
        await in_background(lambda: self.context.services.plan.add([planned]))
        self.context.reload_profiles()
