"""The orders in which the board lists profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from ionapi_tui.domain.profile import ENVIRONMENTS, Profile


class Order(Enum):
    """By which column the board is sorted."""

    NAME = "name"
    TENANT = "tenant"
    ENVIRONMENT = "environment"
    APP = "app"
    CHECKED = "checked"

    @property
    def next(self) -> Order:
        """The order after this one; the first comes after the last."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


def in_order(profiles: Iterable[Profile], order: Order) -> tuple[Profile, ...]:
    """Return ``profiles`` in ``order``; those that are equal in it by name.

    Production comes first among the environments; what does not work comes first among the checks, and what was never
    checked next, because both ask for something to be done.
    """
    return tuple(sorted(sorted(profiles, key=lambda profile: profile.name), key=_KEYS[order]))


def _environment(profile: Profile) -> int:
    if profile.is_practice or profile.environment not in ENVIRONMENTS:
        return len(ENVIRONMENTS)
    return ENVIRONMENTS.index(profile.environment)


def _checked(profile: Profile) -> tuple[int, str]:
    if profile.checked is None:
        return 1, ""
    return 2 if profile.checked.ok else 0, profile.checked.at


_KEYS: dict[Order, Callable[[Profile], Any]] = {
    Order.NAME: lambda profile: profile.name,
    Order.TENANT: lambda profile: profile.tenant.casefold(),
    Order.ENVIRONMENT: _environment,
    Order.APP: lambda profile: profile.app.casefold(),
    Order.CHECKED: _checked,
}
