"""A practice tenant for the tests of the gateway."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ionapi_tui.credentials import Credentials
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.budgets import Budgets
from ionapi_tui.practice.server import PracticeTenant
from tests.samples import MARKER


@pytest.fixture(scope="session")
def shared_tenant() -> Iterator[PracticeTenant]:
    """A practice tenant without limits, for all tests of a session."""
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def tenant(shared_tenant: PracticeTenant) -> Iterator[PracticeTenant]:
    """The practice tenant, healthy and with an empty journal."""
    shared_tenant.faults.clear()
    shared_tenant.requests.clear()
    yield shared_tenant
    shared_tenant.faults.clear()


@pytest.fixture
def good(tenant: PracticeTenant) -> Credentials:
    """Credentials that work at the practice tenant."""
    return Credentials.from_document(tenant.ionapi())


@pytest.fixture
def network() -> Network:
    """The way out, in a hurry."""
    return Network(total=5.0)
