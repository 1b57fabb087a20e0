"""``plan.json``: the tenant plan, the tenants that are to get a file. There is nothing secret in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ionapi_tui.base.errors import ProfileError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.domain.portal import portal_in, tenant_in
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.list_file import ListFile, Sentences

_SENTENCES: Final = Sentences(
    unreadable=N_("The tenant plan {path} cannot be read: {why}."),
    unwritable=N_("The tenant plan {path} cannot be written: {why}."),
    unmovable=N_("The tenant plan {path} is damaged and cannot be moved: {why}."),
    damaged=N_("The tenant plan was damaged. It was moved to {path}, and a new plan starts empty."),
    newer=N_("The tenant plan was written by a newer version of ionapi-tui. Update this one."),
)


class NotPlanned(ProfileError):
    """A tenant is not in the plan."""

    def __init__(self, tenant: str) -> None:
        super().__init__(_("{tenant} is not in the tenant plan.").format(tenant=safe(tenant, 80)))


@dataclass(frozen=True)
class Added:
    """What adding tenants has changed; tenants that were there and have nothing new are in neither."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    """Those that were in the plan, and got another customer, contact, service user or portal."""


class PlanFile:
    """The tenant plan, and all changes to it."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Use the file at ``path``; nothing is read. ``clock`` returns the time, in UTC."""
        self._file = ListFile(path, "tenants", _planned, dataclasses.asdict, _SENTENCES, clock)
        # Its own: the lock of the profiles is held for as long as somebody looks for a password.
        self._lock = ProcessLock(path.with_name("plan.lock"))

    def load(self) -> tuple[PlannedTenant, ...]:
        """Return the planned tenants, in the order in which they were added.

        Raises:
            RegistryError: the plan cannot be read, is of a newer version, or is damaged. A damaged one is in
                quarantine then, and the next call succeeds.
        """
        return self._file.load()

    def examine(self) -> tuple[PlannedTenant, ...] | None:
        """Return what ``load`` returns, or None for a damaged plan, which is left where it is."""
        return self._file.examine()

    def find(self, tenant: str) -> PlannedTenant | None:
        """Return the planned tenant of that name; None if it is not in the plan. Raises what ``load`` raises."""
        return next((one for one in self.load() if one.tenant == tenant), None)

    def add(self, tenants: Iterable[PlannedTenant]) -> Added:
        """Add tenants; what is known of one that is there already is completed. Raises what ``load`` raises."""
        with self._lock.held():
            before = {one.tenant: one for one in self.load()}
            after = dict(before)
            for one in tenants:
                after[one.tenant] = after[one.tenant].completed(one) if one.tenant in after else one
            if after != before:
                self._file.save(after.values())
        new = tuple(name for name in after if name not in before)
        return Added(new, tuple(name for name, one in before.items() if after[name] != one))

    def remove(self, tenants: Collection[str]) -> tuple[PlannedTenant, ...]:
        """Remove tenants from the plan, all of them or none, and return them.

        Raises:
            NotPlanned: one of them is not in it.
            RegistryError: as ``load``.
        """
        with self._lock.held():
            before = self.load()
            missing = [name for name in tenants if name not in {one.tenant for one in before}]
            if missing:
                raise NotPlanned(missing[0])
            self._file.save(one for one in before if one.tenant not in tenants)
        return tuple(one for one in before if one.tenant in tenants)


def _planned(fields: dict[str, Any]) -> PlannedTenant:
    planned = PlannedTenant(**fields)
    if not all(isinstance(text, str) for text in dataclasses.astuple(planned)):
        raise TypeError
    # The address is opened in a browser: whoever changes the file must not lead to another site.
    portal = portal_in(planned.portal)
    if tenant_in(planned.tenant) != planned.tenant or (
        planned.portal and (portal is None or portal.address != planned.portal)
    ):
        raise ValueError
    return planned
