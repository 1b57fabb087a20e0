"""A tenant that is to get an ``.ionapi`` file: who has to do something for it, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import environment_of, local_time

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front
    from ionapi_tui.domain.handover.page import Customer
    from ionapi_tui.domain.profile import Profile


class Stage(StrEnum):
    """How far a planned tenant has come."""

    PLANNED = "planned"
    """Nothing has been done yet."""
    REQUESTED = "requested"
    """Somebody was asked for the roles."""
    WAITING = "waiting"
    """The prerequisites are met and the file is being made, or somebody was sent the guide."""
    STORED = "stored"
    """There is a profile, which was never verified."""
    VERIFIED = "verified"
    FAILING = "failing"
    """The last verification found an error."""

    @property
    def label(self) -> str:
        """What people call it."""
        return _(_LABELS[self])


_LABELS = {
    Stage.PLANNED: N_("not started"),
    Stage.REQUESTED: N_("prerequisites requested"),
    Stage.WAITING: N_("waiting for the file"),
    Stage.STORED: N_("stored"),
    Stage.VERIFIED: N_("verified"),
    Stage.FAILING: N_("failing"),
}


@dataclass(frozen=True, slots=True)
class PlannedTenant:
    """One line of the tenant plan. Nothing in it is secret; what is not known is empty."""

    tenant: str
    """Such as ``ACME_TST``, in capital letters; no two lines have the same."""
    customer: str = ""
    contact: str = ""
    """Who is asked when something has to be done in Infor."""
    service_user: str = ""
    """The Infor user that the service account will act for."""
    portal: str = ""
    """The address of its portal."""
    requested: str = ""
    """When somebody was asked for the roles, as ISO 8601 in UTC."""
    awaited: str = ""
    """When the guide was written as a page for somebody else, whose file is awaited since; as ISO 8601 in UTC."""

    @property
    def environment(self) -> str:
        """The suffix of the tenant, such as ``TST``."""
        return environment_of(self.tenant)

    def completed(self, other: PlannedTenant) -> PlannedTenant:
        """Return this line with what ``other``, of the same tenant, knows in place of what it replaces."""
        known = {
            name: text
            for name in ("customer", "contact", "service_user", "portal", "requested", "awaited")
            if (text := getattr(other, name))
        }
        return replace(self, **known)

    @property
    def removal_notice(self) -> str:
        """What removing it from the plan means."""
        said = _("The progress in its guide and what was noted about it are deleted. Nothing changes in Infor.")
        if self.awaited:
            said += " " + _("A file that comes back from its hand-over page can still be imported.")
        return said

    @property
    def names_for_page(self) -> Customer:
        """The names that go into a hand-over page."""
        from ionapi_tui.domain.handover.page import Customer

        return Customer(self.customer, self.tenant, self.service_user)

    def as_json(self) -> dict[str, str | None]:
        """Return the documented shape."""
        return {
            "tenant": self.tenant,
            "customer": self.customer or None,
            "contact": self.contact or None,
            "service_user": self.service_user or None,
            "portal": self.portal or None,
        }


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A planned tenant with what has become of it."""

    planned: PlannedTenant
    stage: Stage
    step: str = ""
    """The page of the guide that it was left on; empty if the guide was not started."""
    profile: Profile | None = None
    """The profile with its credentials."""
    ticked: bool = False
    """Whether something is ticked in its guide."""

    @property
    def stage_label(self) -> str:
        """The stage in words; ticked roles are a beginning, although nobody has been asked for anything."""
        return _("started") if self.ticked and self.stage is Stage.PLANNED else self.stage.label

    def position(self, front: Front) -> str:
        """Return where its guide was left, such as ``Step 2 of 5``; empty before the first step."""
        return "" if self.step == flow.PREREQUISITES else flow.position(front, self.step)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known of it, as labels and values; only what there is to say."""
        planned = self.planned
        known = (
            (_("Stage"), self.stage_label),
            (_("Page"), _("handed over {when}").format(when=local_time(planned.awaited)) if planned.awaited else ""),
            (_("Customer"), planned.customer),
            (_("Contact"), planned.contact),
            (_("Service user"), planned.service_user),
            (_("Portal"), planned.portal),
            (_("Profile"), self.profile.name if self.profile else ""),
        )
        return tuple((label, value) for label, value in known if value)

    @property
    def searchable(self) -> str:
        """The text that it is found by."""
        planned = self.planned
        return " ".join(
            (planned.tenant, planned.customer, planned.contact, planned.service_user, self.stage, self.stage_label)
        )

    def as_json(self) -> dict[str, str | None]:
        """Return the documented shape."""
        profile = self.profile.name if self.profile else None
        return {**self.planned.as_json(), "stage": self.stage.value, "step": self.step or None, "profile": profile}


def row_of(planned: PlannedTenant, step: str, profile: Profile | None, *, ticked: bool = False) -> PlanRow:
    """Return how far a planned tenant has come.

    Args:
        planned: it.
        step: the page that its guide was left on; empty if it was not started.
        profile: the profile of this tenant; None if there is none.
        ticked: whether something is ticked in its guide.
    """
    if profile is not None:
        checked = profile.checked
        stage = Stage.STORED if checked is None else Stage.VERIFIED if checked.ok else Stage.FAILING
    elif planned.awaited or step not in {"", flow.WELCOME, flow.PREREQUISITES}:
        stage = Stage.WAITING
    else:
        stage = Stage.REQUESTED if planned.requested else Stage.PLANNED
    return PlanRow(planned, stage, step, profile, ticked)
