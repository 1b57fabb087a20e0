"""Secrets that an older version stored are bound after a verification whose token the gateway accepted, said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.domain.findings import Code
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.usecases.services import Services
from ionapi_tui.usecases.verifying import verify_all, verify_one
from tests.fixtures.tampering import unbind
from tests.ui.machine import Machine


@pytest.fixture
def machine(own_home: Path) -> Machine:
    return Machine(own_home)


def old(machine: Machine, tenant: PracticeTenant, variant: str = "good") -> Services:
    """Return the services of a machine with the profile ``practice``, stored by an older version."""
    profile = machine.store_document(tenant.ionapi(variant), "practice")
    services = machine.services()
    unbind(services.open_store(profile.store), profile.id)
    return services


async def test_it_is_bound_once_and_says_so_once(machine: Machine, tenant: PracticeTenant) -> None:
    services = old(machine, tenant)
    assert services.profiles.survey().unbound
    first = await verify_one(services.connections, "practice")
    assert [one.code for one in first.findings if one.code is Code.ADDRESSES_BOUND] == [Code.ADDRESSES_BOUND]
    assert first.ok
    assert "bound" not in first.headline
    assert services.profiles.survey().bound
    again = await verify_one(machine.services().connections, "practice")
    assert Code.ADDRESSES_BOUND not in {one.code for one in again.findings}


async def test_many_are_bound_in_one_go(machine: Machine, tenant: PracticeTenant) -> None:
    services = old(machine, tenant)
    await verify_all(services.connections, services.profiles.profiles())
    assert services.profiles.survey().bound


async def test_a_gateway_that_accepts_the_token_is_enough(machine: Machine, tenant: PracticeTenant) -> None:
    services = old(machine, tenant, "missing-role")
    verification = await verify_one(services.connections, "practice")
    assert not verification.ok
    assert services.profiles.survey().bound


@pytest.mark.parametrize("variant", ["disabled-account", "deleted-app", "refused"])
async def test_what_was_not_accepted_is_not_bound(machine: Machine, tenant: PracticeTenant, variant: str) -> None:
    services = old(machine, tenant, variant)
    await verify_one(services.connections, "practice")
    assert services.profiles.survey().unbound


async def test_until_then_it_is_usable_as_before(machine: Machine, tenant: PracticeTenant) -> None:
    services = old(machine, tenant)
    assert services.access("practice").base_url.startswith(tenant.url)
    assert services.profiles.survey().unbound
