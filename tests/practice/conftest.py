"""A practice tenant for each module, healthy at the start of each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.practice.caller import Caller
from tests.samples import MARKER


@pytest.fixture(scope="module")
def module_tenant() -> Iterator[PracticeTenant]:
    """A practice tenant without limits."""
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def tenant(module_tenant: PracticeTenant) -> Iterator[PracticeTenant]:
    """The practice tenant of the module, with no fault and an empty journal."""
    module_tenant.faults.clear()
    module_tenant.requests.clear()
    yield module_tenant
    module_tenant.faults.clear()


@pytest.fixture
def caller(tenant: PracticeTenant) -> Iterator[Caller]:
    """A client with the good file."""
    with Caller(tenant.ionapi()) as caller:
        yield caller
